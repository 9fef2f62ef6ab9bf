-- grain: one month of the perimeter (null: no date); unit: EUR excl. VAT, rows; source: spend_fact
-- by day first: a month is worked out once per day, not once per row
with by_day as (
    select notified_on, sum(amount_eur) as eur, count(*) as n
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
    group by notified_on
)
select date_trunc('month', notified_on)::date as month, coalesce(sum(eur), 0) as spend_eur, sum(n)::bigint as n_rows
from by_day
group by all
order by month
