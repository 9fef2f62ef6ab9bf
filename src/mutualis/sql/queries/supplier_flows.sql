-- grain: one buyer département and supplier département; unit: EUR excl. VAT; source: spend_sum
select buyer_department_code, supplier_department_code, sum(amount_eur) as spend_eur, sum(n_rows)::bigint as n_rows
from perimeter_sums(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted and buyer_department_code is not null and supplier_department_code is not null
group by all
order by spend_eur desc, buyer_department_code, supplier_department_code
