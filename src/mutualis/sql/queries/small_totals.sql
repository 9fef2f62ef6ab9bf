-- grain: one row for the perimeter; unit: EUR excl. VAT, purchases under a threshold and all; source: spend_sum
with small as (
    select coalesce(sum(n_rows), 0)::bigint as n_purchases, coalesce(sum(amount_eur), 0) as spend_eur
    from perimeter_under(
        $threshold, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
),
whole as (
    select coalesce(sum(n_rows), 0)::bigint as n_all, coalesce(sum(amount_eur), 0) as all_eur
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
)
select * from small, whole
