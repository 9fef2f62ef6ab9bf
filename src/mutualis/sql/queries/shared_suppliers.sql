-- grain: one supplier, those with the most buyers first; columns all_… are the whole perimeter's, on each row; unit: EUR excl. VAT, rows; source: spend_sum
with pair as (
    select supplier_key, buyer_key, sum(n_rows) as n_rows, sum(amount_eur)::double as eur
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and supplier_key is not null
    group by supplier_key, buyer_key
),
sums as (
    select
        supplier_key, sum(eur) as spend_eur, sum(n_rows)::bigint as n_rows, count(*) as n_buyers,
        max(eur) / nullif(sum(eur), 0) as first_buyer_share
    from pair
    group by supplier_key
),
whole as (
    select
        count(*) as all_suppliers, count(*) filter (where n_buyers > 1) as all_shared,
        coalesce(sum(spend_eur), 0) as all_eur, coalesce(sum(spend_eur) filter (where n_buyers > 1), 0) as all_shared_eur,
        coalesce(sum(spend_eur * spend_eur) filter (where spend_eur > 0) / nullif(sum(spend_eur) filter (where spend_eur > 0) ** 2, 0), 0) as all_hhi
    from sums
),
top10 as (select sum(spend_eur) as all_top10_eur from (select spend_eur from sums order by spend_eur desc limit 10))
select s.*, n.supplier_name, n.is_sole_trader, n.supplier_size, n.supplier_department_code, whole.*, top10.*
from (from sums order by n_buyers desc, spend_eur desc, supplier_key limit $limit) as s
join supplier as n using (supplier_key)
cross join whole
cross join top10
order by s.n_buyers desc, s.spend_eur desc, s.supplier_key
