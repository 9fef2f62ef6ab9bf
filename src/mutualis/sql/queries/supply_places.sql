-- grain: one size of supplier, buyer département and supplier département (null: unknown); unit: EUR excl. VAT, rows; source: spend_sum
select
    supplier_size, buyer_department_code, supplier_department_code, sum(amount_eur)::double as spend_eur, sum(n_rows)::bigint as n_rows
from perimeter_sums(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted and supplier_key is not null
group by all
order by spend_eur desc, supplier_size, buyer_department_code, supplier_department_code
