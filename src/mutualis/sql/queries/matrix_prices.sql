-- grain: one buyer and segment of the perimeter where a quantity is known; unit: price index (100: what the perimeter pays for the same items); source: spend_sum, spend_deal
with priced as (
    select buyer_key, p.segment, item, coalesce(unit, 'unité') as unit, sum(priced_eur)::double as eur, sum(priced_quantity) as quantity
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    ) as p
    join spend_deal using (deal_no)
    where is_counted and p.segment is not null and n_priced > 0
    group by all
),
price as (select item, unit, sum(eur) / sum(quantity) as mean_price from priced group by item, unit)
select buyer_key, segment, 100 * sum(eur) / nullif(sum(quantity * mean_price), 0) as price_index
from priced
join price using (item, unit)
group by buyer_key, segment
order by buyer_key, segment
