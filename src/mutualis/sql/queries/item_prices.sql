-- grain: one item and unit, and one buyer of it; the items with the largest spend; unit: EUR excl. VAT per unit, units, units/year not yet pooled (F1); source: spend
with p as (
    select item, coalesce(unit, 'unité') as unit, segment, buyer_key, buyer_name, quantity, amount_eur::double as eur, is_pooled_already
    from perimeter(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and item is not null and quantity > 0 and amount_eur > 0
),
-- F1: the window of all that is bought, with a quantity or not
began as (
    select min(notified_on) as on_day
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
),
span as (
    select date_diff('day', coalesce($start, on_day, as_of), least(coalesce($end, as_of), as_of)) + 1 as days
    from dataset, began
),
found as (
    select
        item, unit, buyer_key, any_value(segment) as segment, any_value(buyer_name) as buyer_name, count(*) as n_rows,
        sum(eur) as spend_eur, sum(quantity) as quantity,
        -- what a shared vehicle already carries is not to be aligned again
        coalesce(sum(quantity) filter (where not is_pooled_already), 0) as own_quantity
    from p
    group by item, unit, buyer_key
),
largest as (select item, unit from found group by item, unit order by sum(spend_eur) desc, item, unit limit $n_items)
select
    item, unit, segment, buyer_key, buyer_name, n_rows, spend_eur, quantity, spend_eur / quantity as price_eur,
    own_quantity * 365.25 / greatest(days, 1) as yearly_quantity
from found
join largest using (item, unit)
cross join span
order by item, unit, price_eur, buyer_key
