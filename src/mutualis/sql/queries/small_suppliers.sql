-- grain: one supplier of purchases under a threshold, the largest; unit: EUR excl. VAT, purchases; source: spend_fact, supplier
with ranked as (
    select supplier_key, count(*) as n_purchases, sum(amount_eur) as spend_eur, count(*) over () as n_suppliers
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and amount_eur < $threshold and supplier_key is not null
    group by supplier_key
    order by spend_eur desc, supplier_key
    limit $limit
)
select r.*, s.supplier_name, coalesce(s.is_sole_trader, false) as is_sole_trader
from ranked as r
left join supplier as s using (supplier_key)
order by spend_eur desc, supplier_key
