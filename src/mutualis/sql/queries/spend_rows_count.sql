-- grain: one row for what ``spend_rows`` pages through; unit: rows, EUR excl. VAT; source: spend_sum, or spend_fact, buyer, supplier to look into the lines
with found as (
    select n_rows, amount_eur, is_counted
    from perimeter_under(
        $below, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where $search is null
    union all
    select 1, amount_eur, is_counted
    from perimeter_searched(
        $search, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where $search is not null and ($below is null or (is_counted and amount_eur < $below))
)
select
    coalesce(sum(n_rows), 0)::bigint as n_rows,
    coalesce(sum(n_rows) filter (where is_counted), 0)::bigint as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur
from found
