-- grain: one segment of the perimeter; unit: EUR/year excl. VAT, contracts, entities; source: spend
with by_buyer as (
    select
        segment,
        buyer_key,
        count(*) as n,
        -- of an unknown duration, the legal four years of a framework
        sum(case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end) as eur,
        count(*) filter (where ends_on >= $as_of and ends_on < $as_of + to_months($months)) as n_ending,
        sum(annual_amount_eur) filter (where ends_on >= $as_of and ends_on < $as_of + to_months($months)) as ending_eur
    from perimeter(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago was replaced since: it waits for no framework
    where is_counted and segment is not null and coalesce(ends_on, notified_on + interval 4 year, $as_of) >= $as_of - interval 12 month
    group by all
)
select
    segment,
    sum(eur) as annual_eur,
    sum(n) as n_contracts,
    count(*) as n_buyers,
    sum(n_ending) as n_ending,
    count(*) filter (where n_ending > 0) as n_buyers_ending,
    coalesce(sum(ending_eur), 0) as annual_ending_eur
from by_buyer
group by segment
order by annual_eur desc, segment
