-- grain: one month of the perimeter (null: no date); unit: EUR excl. VAT, rows; source: spend_fact
select date_trunc('month', notified_on)::date as month, coalesce(sum(amount_eur), 0) as spend_eur, count(*) as n_rows
from perimeter_facts(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted
group by all
order by month
