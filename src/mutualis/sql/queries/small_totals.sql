-- grain: one row for the perimeter; unit: EUR excl. VAT, purchases under a threshold and all; source: spend_fact
with p as not materialized (
    select amount_eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
),
-- two plain readings cost less than filtered sums
small as (select count(*) as n_purchases, coalesce(sum(amount_eur), 0) as spend_eur from p where amount_eur < $threshold),
whole as (select count(*) as n_all, coalesce(sum(amount_eur), 0) as all_eur from p)
select * from small, whole
