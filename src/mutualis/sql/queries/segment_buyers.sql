-- grain: one buyer, segment and region of the perimeter; unit: EUR/year excl. VAT (F1), rows; source: spend_sum
with p as (
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
),
span as (
    select
        date_diff('day', coalesce($start, (select min(notified_on) from p), as_of), least(coalesce($end, as_of), as_of)) + 1 as days
    from dataset
)
select
    segment, family, coalesce(buyer_region_code, '') as region_code, buyer_key,
    sum(amount_eur)::double * 365.25 / greatest(any_value(days), 1) as spend_eur,
    -- what a central body, the DAE or a PFRA already carries is not to be pooled again
    coalesce(sum(amount_eur) filter (where not is_pooled_already), 0)::double * 365.25 / greatest(any_value(days), 1) as own_eur,
    sum(n_rows)::bigint as n_rows
from p, span
group by segment, family, region_code, buyer_key
having sum(amount_eur) > 0
order by segment, region_code, buyer_key
