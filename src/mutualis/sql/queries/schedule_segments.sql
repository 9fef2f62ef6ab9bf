-- grain: one segment of the perimeter; unit: EUR/year excl. VAT, contracts, entities; source: spend_fact
with by_buyer as (
    select
        segment,
        buyer_key,
        count(*) filter (where ends_on < $as_of) as n_over,
        sum(annual_amount_eur) filter (where ends_on < $as_of) as over_eur,
        count(*) filter (where ends_on >= $as_of) as n_running,
        sum(annual_amount_eur) filter (where ends_on >= $as_of) as running_eur,
        count(*) filter (where ends_on is null) as n_unknown,
        -- of an unknown duration, the legal four years of a framework
        sum(case when duration_months is null then amount_eur / 4 else annual_amount_eur end) filter (where ends_on is null) as unknown_eur,
        count(*) filter (where ends_on >= $as_of and ends_on < $as_of + to_months($months)) as n_ending,
        sum(annual_amount_eur) filter (where ends_on >= $as_of and ends_on < $as_of + to_months($months)) as ending_eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago, or has a successor, was replaced: it waits for no framework
    where is_counted and segment is not null and coalesce(ends_on, notified_on + interval 4 year, $as_of) >= $as_of - interval 12 month
    group by all
)
select
    segment,
    sum(coalesce(unknown_eur, 0) + case when n_running > 0 then running_eur else coalesce(over_eur, 0) end) as annual_eur,
    sum(n_unknown + case when n_running > 0 then n_running else n_over end) as n_contracts,
    count(*) as n_buyers,
    sum(n_ending) as n_ending,
    count(*) filter (where n_ending > 0) as n_buyers_ending,
    coalesce(sum(ending_eur), 0) as annual_ending_eur
from by_buyer
group by segment
order by annual_eur desc, segment
