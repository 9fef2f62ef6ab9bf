-- grain: one entity, quarter of end and duration, in the perimeter; unit: EUR/year excl. VAT, quarters from the one after the data's date, years; source: spend_fact, spend_buyer
with cell as (
    select
        buyer_no, date_trunc('quarter', ends_on) as quarter_on, duration_months, is_pooled_already, ends_on < $as_of as is_over,
        count(*) as n,
        -- of an unknown duration, the legal four years of a framework
        sum(case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end) as eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago, or has a successor, was replaced: it waits for no framework
    where
        is_counted
        and (
            ends_on >= ($as_of - interval 12 month)::date
            or ends_on is null and coalesce(notified_on >= ($as_of - interval 5 year)::date, true)
        )
    group by all
),
waiting as (
    select *
    from cell
    join spend_buyer using (buyer_no)
    qualify not coalesce(is_over and bool_or(not is_over) over (partition by buyer_key), false)
)
select
    buyer_key,
    4 * (year(quarter_on) - year($as_of)) + quarter(quarter_on) - quarter($as_of) - 1 as end_quarter,
    greatest(round(coalesce(duration_months, 48) / 3), 1) / 4 as duration_years,
    sum(n)::bigint as n_contracts,
    coalesce(sum(n) filter (where not is_pooled_already), 0)::bigint as n_free,
    sum(eur) as annual_eur,
    coalesce(sum(eur) filter (where is_pooled_already), 0) as pooled_eur
from waiting
group by all
order by buyer_key, end_quarter, duration_years
