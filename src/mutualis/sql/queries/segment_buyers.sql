-- grain: one buyer, segment and region of the perimeter; unit: EUR/year excl. VAT (F1), rows; source: spend_sum
with cell as (
    select
        segment, any_value(family) as family, coalesce(buyer_region_code, '') as region_code, buyer_key, sum(amount_eur) as eur,
        -- what a central body, the DAE or a PFRA already carries is not to be pooled again
        coalesce(sum(amount_eur) filter (where not is_pooled_already), 0) as own, sum(n_rows)::bigint as n_rows, any_value(per_year) as per_year
    from perimeter_yearly(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where segment is not null
    group by segment, region_code, buyer_key
)
select
    segment, family, region_code, buyer_key, eur::double * per_year as spend_eur, own::double * per_year as own_eur, n_rows
from cell
where eur > 0
order by segment, region_code, buyer_key
