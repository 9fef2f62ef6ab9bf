-- grain: one buyer département and supplier of the perimeter; unit: EUR excl. VAT; source: spend_sum
select
    buyer_department_code, supplier_key, any_value(supplier_name) as supplier_name, sum(amount_eur)::double as spend_eur,
    count(distinct buyer_key) as n_buyers
from perimeter_sums(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
join supplier using (supplier_key)
where is_counted and buyer_department_code is not null
group by buyer_department_code, supplier_key
having spend_eur > 0
order by spend_eur desc, buyer_department_code, supplier_key
