-- grain: one buyer and segment, both among the largest of the perimeter; unit: EUR excl. VAT, rows, price index (100: what the perimeter pays for the same items); source: spend_sum, spend_deal, buyer
with p as not materialized (
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
),
priced as (
    select buyer_key, p.segment, item, coalesce(unit, '') as unit, sum(priced_eur)::double as eur, sum(priced_quantity) as quantity
    from p
    join spend_deal using (deal_no)
    where n_priced > 0
    group by all
),
price as (select item, unit, sum(eur) / sum(quantity) as mean_price from priced group by item, unit),
compared as (
    select buyer_key, segment, 100 * sum(eur) / nullif(sum(quantity * mean_price), 0) as price_index
    from priced
    join price using (item, unit)
    group by buyer_key, segment
),
found as (
    select buyer_key, segment, sum(amount_eur)::double as spend_eur, sum(n_rows)::bigint as n_rows
    from p
    group by buyer_key, segment
),
top_buyer as (select buyer_key from found group by buyer_key order by sum(spend_eur) desc, buyer_key limit $n_buyers),
top_segment as (select segment from found group by segment order by sum(spend_eur) desc, segment limit $n_segments)
select buyer_key, buyer_name, segment, spend_eur, n_rows, price_index
from found
join top_buyer using (buyer_key)
join top_segment using (segment)
join buyer using (buyer_key)
left join compared using (buyer_key, segment)
order by buyer_key, segment
