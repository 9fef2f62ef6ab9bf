-- grain: one buyer in one commune; unit: EUR excl. VAT; source: spend_sum, buyer
with placed as (
    select
        buyer_key, buyer_commune_code, any_value(buyer_department_code) as buyer_department_code,
        sum(amount_eur) as spend_eur, sum(n_rows)::bigint as n_rows
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and buyer_commune_code is not null
    group by buyer_key, buyer_commune_code
    order by spend_eur desc, buyer_key
    limit $limit
)
select buyer_key, buyer_name, buyer_type, buyer_commune_code, buyer_department_code, spend_eur, n_rows
from placed
join buyer using (buyer_key)
order by spend_eur desc, buyer_key
