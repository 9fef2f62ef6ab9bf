-- grain: one segment in one region (null: unknown), over the last twelve months of the perimeter; unit: EUR excl. VAT, purchases under a threshold; source: spend_fact, spend_buyer, spend_supplier
with p as (
    select buyer_no, supplier_no, segment, is_pooled_already, amount_eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where
        is_counted
        and amount_eur < $threshold
        and notified_on > (least(coalesce($end, $as_of), $as_of) - interval 12 month)::date
        and notified_on <= least(coalesce($end, $as_of), $as_of)
),
-- many alike before they are told apart: counting distinct names is dear
deal as (
    select buyer_no, supplier_no, segment, is_pooled_already, count(*) as n, sum(amount_eur) as eur
    from p
    group by all
)
select
    b.buyer_region_code as region_code,
    segment,
    sum(n) as n_purchases,
    sum(eur) as spend_eur,
    -- what UGAP, DAE or PFRA supply already is no purchase to absorb
    coalesce(sum(n) filter (where not is_pooled_already), 0) as n_free,
    coalesce(sum(eur) filter (where not is_pooled_already), 0) as free_eur,
    count(distinct b.buyer_key) filter (where not is_pooled_already) as n_buyers,
    count(distinct s.supplier_key) filter (where not is_pooled_already) as n_suppliers
from deal
join spend_buyer as b using (buyer_no)
join spend_supplier as s using (supplier_no)
group by all
order by free_eur desc, region_code, segment
