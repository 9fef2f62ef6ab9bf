-- grain: one item and unit, and one buyer of it; the items with the largest spend; unit: EUR excl. VAT per unit, units, units/year not yet pooled (F1); source: spend_sum, spend_deal, buyer
-- F1: the window of all that is bought, with a quantity or not
with span as (
    from yearly_window(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
),
found as (
    select
        item, coalesce(unit, 'unité') as unit, buyer_key, any_value(p.segment) as segment, sum(n_priced)::bigint as n_rows,
        sum(priced_eur)::double as spend_eur, sum(priced_quantity) as quantity,
        -- what a shared vehicle already carries is not to be aligned again
        coalesce(
            sum(priced_quantity) filter (where not p.is_pooled_already and (year is null or year between first_year and last_year)), 0
        ) * any_value(per_year) as yearly_quantity
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    ) as p
    join spend_deal using (deal_no)
    cross join span
    where is_counted and n_priced > 0
    group by item, coalesce(unit, 'unité'), buyer_key
),
largest as (select item, unit from found group by item, unit order by sum(spend_eur) desc, item, unit limit $n_items)
select
    item, unit, segment, buyer_key, buyer_name, n_rows, spend_eur, quantity, spend_eur / quantity as price_eur, yearly_quantity
from found
join largest using (item, unit)
join buyer using (buyer_key)
order by item, unit, price_eur, buyer_key
