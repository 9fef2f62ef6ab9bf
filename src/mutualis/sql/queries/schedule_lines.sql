-- grain: one entity, quarter of end and duration, in the perimeter; unit: EUR/year excl. VAT, quarters from the one after the data's date, years; source: spend
with p as (
    select
        *,
        -- of an unknown duration, the legal four years of a framework
        case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end as eur
    from perimeter(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    -- what ended over a year ago was replaced since: it waits for no framework
    where is_counted and coalesce(ends_on, notified_on + interval 4 year, $as_of) >= $as_of - interval 12 month
)
select
    buyer_key,
    4 * (year(ends_on) - year($as_of)) + quarter(ends_on) - quarter($as_of) - 1 as end_quarter,
    greatest(round(coalesce(duration_months, 48) / 3), 1) / 4 as duration_years,
    count(*) as n_contracts,
    sum(eur) as annual_eur,
    coalesce(sum(eur) filter (where is_pooled_already), 0) as pooled_eur
from p
group by all
order by buyer_key, end_quarter, duration_years
