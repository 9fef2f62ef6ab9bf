-- grain: one segment of the perimeter; unit: EUR/year excl. VAT, contracts, entities; source: spend_fact
with p as (
    select
        segment, buyer_key,
        -- of an unknown duration, the legal four years of a framework
        case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end as eur,
        case
            when ends_on is null then 'unknown'
            when ends_on < $as_of then 'over'
            when ends_on < $as_of + to_months($months) then 'ending'
            else 'running'
        end as state
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago, or has a successor, was replaced: it waits for no framework
    where is_counted and segment is not null and coalesce(ends_on, notified_on + interval 4 year, $as_of) >= $as_of - interval 12 month
),
by_state as (select segment, buyer_key, state, count(*) as n, sum(eur) as eur from p group by all),
by_buyer as (
    select *, bool_or(state in ('ending', 'running')) over (partition by segment, buyer_key) as is_followed
    from by_state
)
select
    segment,
    coalesce(sum(eur), 0) as annual_eur,
    sum(n) as n_contracts,
    count(distinct buyer_key) as n_buyers,
    coalesce(sum(n) filter (where state = 'ending'), 0) as n_ending,
    count(distinct buyer_key) filter (where state = 'ending') as n_buyers_ending,
    coalesce(sum(eur) filter (where state = 'ending'), 0) as annual_ending_eur
from by_buyer
where state <> 'over' or not is_followed
group by segment
order by annual_eur desc, segment
