-- grain: one buyer of the perimeter; unit: EUR excl. VAT, rows; source: spend_sum, buyer
with p as not materialized (
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
),
-- where it buys most often, when one SIREN buys in several places
placed as (
    select buyer_key, arg_min(code, (-n, code)) as buyer_department_code
    from (select buyer_key, buyer_department_code as code, sum(n_rows) as n from p where code is not null group by all)
    group by buyer_key
),
bought as (
    select
        buyer_key,
        coalesce(sum(amount_eur), 0) as spend_eur,
        sum(n_rows)::bigint as n_rows,
        count(distinct supplier_key) as n_suppliers,
        coalesce(sum(amount_eur) filter (where supplier_size = 'PME'), 0)
            / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double as sme_share
    from p
    group by buyer_key
)
select
    buyer_key, buyer_name, buyer_type, buyer_department_code, spend_eur, n_rows, 1::bigint as n_buyers, n_suppliers, sme_share
from bought
join buyer using (buyer_key)
left join placed using (buyer_key)
order by spend_eur desc, buyer_key
