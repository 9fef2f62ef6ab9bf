-- grain: one supplier of the perimeter; unit: EUR excl. VAT, rows; source: spend
select
    supplier_key,
    any_value(supplier_name) as supplier_name,
    bool_or(is_sole_trader) as is_sole_trader,
    any_value(supplier_size) as supplier_size,
    any_value(supplier_department_code) as supplier_department_code,
    coalesce(sum(amount_eur), 0) as spend_eur,
    count(*) as n_rows,
    count(distinct buyer_key) as n_buyers,
    count(distinct supplier_key) as n_suppliers,
    sum(amount_eur) filter (where supplier_size = 'PME')
        / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double as sme_share
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted
group by all
order by spend_eur desc, supplier_key
limit $limit
