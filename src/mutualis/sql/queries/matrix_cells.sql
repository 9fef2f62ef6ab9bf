-- grain: one buyer and segment, both among the largest of the perimeter; unit: EUR excl. VAT, rows, price index (100: what the perimeter pays for the same items); source: spend
with p as (
    select
        buyer_key, buyer_name, segment, amount_eur::double as eur,
        if(quantity > 0 and amount_eur > 0, item || ' | ' || coalesce(unit, ''), null) as priced_item, quantity
    from perimeter(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
),
cell as (
    select
        buyer_key, segment, priced_item, any_value(buyer_name) as buyer_name,
        sum(eur) as eur, count(*) as n_rows, sum(quantity) filter (where priced_item is not null) as quantity
    from p
    group by buyer_key, segment, priced_item
),
price as (
    select priced_item, sum(eur) / sum(quantity) as mean_price from cell where priced_item is not null group by priced_item
),
found as (
    select
        buyer_key, segment, any_value(buyer_name) as buyer_name, sum(eur) as spend_eur, sum(n_rows)::bigint as n_rows,
        100 * sum(eur) filter (where priced_item is not null) / nullif(sum(quantity * mean_price), 0) as price_index
    from cell
    left join price using (priced_item)
    group by buyer_key, segment
),
top_buyer as (select buyer_key from found group by buyer_key order by sum(spend_eur) desc, buyer_key limit $n_buyers),
top_segment as (select segment from found group by segment order by sum(spend_eur) desc, segment limit $n_segments)
select buyer_key, buyer_name, segment, spend_eur, n_rows, price_index
from found
join top_buyer using (buyer_key)
join top_segment using (segment)
order by buyer_key, segment
