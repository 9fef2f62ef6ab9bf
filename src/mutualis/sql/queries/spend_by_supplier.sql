-- grain: one supplier of the perimeter (null: unknown); unit: EUR excl. VAT, rows; source: spend_sum, supplier
with sold as (
    select
        supplier_key,
        any_value(supplier_size) as supplier_size,
        any_value(supplier_department_code) as supplier_department_code,
        coalesce(sum(amount_eur), 0) as spend_eur,
        sum(n_rows)::bigint as n_rows,
        count(distinct buyer_key) as n_buyers,
        count(distinct supplier_key) as n_suppliers,
        coalesce(sum(amount_eur) filter (where supplier_size = 'PME'), 0)
            / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double as sme_share
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
    group by supplier_key
    order by spend_eur desc, supplier_key
    limit $limit
)
select
    supplier_key, supplier_name, coalesce(is_sole_trader, false) as is_sole_trader, s.supplier_size, s.supplier_department_code,
    spend_eur, n_rows, n_buyers, n_suppliers, sme_share
from sold as s
left join supplier as n using (supplier_key)
order by spend_eur desc, supplier_key
