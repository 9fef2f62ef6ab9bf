-- grain: one buyer of the perimeter; unit: EUR excl. VAT, rows; source: spend
select
    buyer_key,
    any_value(buyer_name) as buyer_name,
    any_value(buyer_type) as buyer_type,
    mode(buyer_department_code) as buyer_department_code,
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
order by spend_eur desc, buyer_key
