-- grain: one size class (whole k€, the last open) in all, of one entity or of one segment of the perimeter; unit: EUR excl. VAT, purchases; source: spend_fact
with p as (
    select
        buyer_key, segment, amount_eur,
        -- a credit note belongs to the smallest class: the threshold then leaves it in
        least(greatest(floor(amount_eur / 1000), 0), $last_class)::integer as size_class
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
)
select
    case grouping(buyer_key, segment) when 3 then 'all' when 1 then 'buyer' else 'segment' end as dimension,
    case grouping(buyer_key, segment) when 1 then buyer_key when 2 then segment end as code,
    size_class,
    count(*) as n_purchases,
    sum(amount_eur) as spend_eur
from p
group by grouping sets ((size_class), (buyer_key, size_class), (segment, size_class))
order by dimension, code, size_class
