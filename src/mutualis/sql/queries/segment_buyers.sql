-- grain: one buyer, segment and region of the perimeter; unit: EUR/year excl. VAT (F1), rows; source: spend_sum
with cell as (
    select
        segment, any_value(family) as family, coalesce(buyer_region_code, '') as region_code, buyer_key, sum(amount_eur) as eur,
        -- what a central body, the DAE or a PFRA already carries is not to be pooled again
        coalesce(sum(amount_eur) filter (where not is_pooled_already), 0) as own, sum(n_rows)::bigint as n_rows, min(notified_on) as first_on
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
    group by segment, region_code, buyer_key
),
span as (
    select
        date_diff('day', coalesce($start, (select min(first_on) from cell), as_of), least(coalesce($end, as_of), as_of)) + 1 as days
    from dataset
)
select
    segment, family, region_code, buyer_key, eur::double * 365.25 / greatest(days, 1) as spend_eur,
    own::double * 365.25 / greatest(days, 1) as own_eur, n_rows
from cell, span
where eur > 0
order by segment, region_code, buyer_key
