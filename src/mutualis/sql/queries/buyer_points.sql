-- grain: one buyer in one commune; unit: EUR excl. VAT; source: spend
select
    buyer_key,
    any_value(buyer_name) as buyer_name,
    any_value(buyer_type) as buyer_type,
    buyer_commune_code,
    any_value(buyer_department_code) as buyer_department_code,
    sum(amount_eur) as spend_eur,
    count(*) as n_rows
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted and buyer_commune_code is not null
group by buyer_key, buyer_commune_code
order by spend_eur desc, buyer_key
limit $limit
