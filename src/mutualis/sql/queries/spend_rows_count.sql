-- grain: one row for what ``spend_rows`` pages through; unit: rows, EUR excl. VAT; source: spend_fact, buyer, supplier
select
    count(*) as n_rows,
    count(*) filter (where is_counted) as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur
from perimeter_searched(
    $search, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where $below is null or (is_counted and amount_eur < $below)
