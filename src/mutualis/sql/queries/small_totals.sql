-- grain: one row for the perimeter; unit: EUR excl. VAT, purchases under a threshold and all; columns yearly_…: per year (F1), days: of the window (null: no date); source: spend_sum
with span as (
    from yearly_window(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
),
small as (
    select
        coalesce(sum(n_rows), 0)::bigint as n_purchases, coalesce(sum(amount_eur), 0) as spend_eur,
        coalesce(sum(n_rows) filter (where year is null or year between first_year and last_year), 0)::bigint as n_within,
        coalesce(sum(amount_eur) filter (where year is null or year between first_year and last_year), 0)::double as within_eur
    from perimeter_under(
        $threshold, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    cross join span
),
whole as (
    select coalesce(sum(n_rows), 0)::bigint as n_all, coalesce(sum(amount_eur), 0) as all_eur
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
)
select n_purchases, spend_eur, n_all, all_eur, n_within * per_year as yearly_purchases, within_eur * per_year as yearly_eur, days
from small, whole, span
