-- grain: one segment of the perimeter; unit: EUR/year excl. VAT, contracts, entities; source: spend_fact, spend_buyer
with cell as (
    select
        segment, buyer_no,
        ends_on < $as_of as is_over,
        ends_on < ($as_of + to_months($months))::date as is_over_then,
        count(*) as n,
        -- of an unknown duration, the legal four years of a framework
        sum(case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end) as eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago, or has a successor, was replaced: it waits for no framework
    where
        is_counted
        and segment is not null
        and (
            ends_on >= ($as_of - interval 12 month)::date
            or ends_on is null and coalesce(notified_on >= ($as_of - interval 5 year)::date, true)
        )
    group by all
),
by_buyer as (
    select
        segment, buyer_key, n, eur, is_over, not is_over and is_over_then as is_ending,
        bool_or(not is_over) over (partition by segment, buyer_key) as is_followed
    from cell
    join spend_buyer using (buyer_no)
)
select
    segment,
    coalesce(sum(eur), 0) as annual_eur,
    sum(n) as n_contracts,
    count(distinct buyer_key) as n_buyers,
    coalesce(sum(n) filter (where is_ending), 0) as n_ending,
    count(distinct buyer_key) filter (where is_ending) as n_buyers_ending,
    coalesce(sum(eur) filter (where is_ending), 0) as annual_ending_eur
from by_buyer
where not coalesce(is_over and is_followed, false)
group by segment
order by annual_eur desc, segment
