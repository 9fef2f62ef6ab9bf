-- grain: one buyer, segment and region of the perimeter; unit: EUR/year excl. VAT (F1); source: spend_sum
-- grouped by numbers first, then by texts: to group so many rows by texts takes twice as long
with found as (
    select
        segment, buyer_no, sum(amount_eur) as eur,
        -- what a central body, the DAE or a PFRA already carries is not to be pooled again
        coalesce(sum(amount_eur) filter (where not is_pooled_already), 0) as own, any_value(per_year) as per_year
    from perimeter_yearly(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where segment is not null
    group by segment, buyer_no
),
cell as (
    select
        segment, coalesce(buyer_region_code, '') as region_code, buyer_key,
        sum(eur)::double * any_value(per_year) as spend_eur, sum(own)::double * any_value(per_year) as own_eur
    from found
    join spend_buyer using (buyer_no)
    group by segment, region_code, buyer_key
)
from cell
where spend_eur > 0
order by segment, region_code, buyer_key
