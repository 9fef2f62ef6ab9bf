-- grain: one buyer and segment, both among the largest of the perimeter; unit: EUR excl. VAT, rows; source: spend_sum, buyer
with found as (
    select buyer_key, segment, sum(amount_eur)::double as spend_eur, sum(n_rows)::bigint as n_rows
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
    group by buyer_key, segment
),
top_buyer as (select buyer_key from found group by buyer_key order by sum(spend_eur) desc, buyer_key limit $n_buyers),
top_segment as (select segment from found group by segment order by sum(spend_eur) desc, segment limit $n_segments)
select buyer_key, buyer_name, segment, spend_eur, n_rows
from found
join top_buyer using (buyer_key)
join top_segment using (segment)
join buyer using (buyer_key)
order by buyer_key, segment
