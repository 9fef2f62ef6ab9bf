-- grain: one family, segment and CPV code of the perimeter (null: unknown); unit: EUR excl. VAT, rows; source: spend
select family, segment, cpv_code, sum(amount_eur) as spend_eur, count(*) as n_rows
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted
group by family, segment, cpv_code
order by spend_eur desc, family, segment, cpv_code
