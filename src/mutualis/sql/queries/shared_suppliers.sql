-- grain: one supplier, those with the most buyers and the largest of those with several; spend_rank, among the latter (null: not one, or a person who is not shown); columns all_… are the whole perimeter's, on each row; unit: EUR excl. VAT, rows; source: spend_sum
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
top10 as (select sum(spend_eur) as all_top10_eur from (select spend_eur from sums order by spend_eur desc limit 10)),
ranked as (
    select
        s.*, n.* exclude (supplier_key, supplier_siren),
        n_buyers > 1 and spend_eur > 0 and ($persons or not n.is_sole_trader) as is_large,
        row_number() over (order by n_buyers desc, spend_eur desc, supplier_key) as place,
        case when is_large then row_number() over (partition by is_large order by spend_eur desc, supplier_key) end as spend_rank
    from sums as s
    join supplier as n using (supplier_key)
)
select ranked.* exclude (is_large, place), whole.*, top10.*
from ranked
cross join whole
cross join top10
where place <= $limit or spend_rank <= $n_largest
order by place
