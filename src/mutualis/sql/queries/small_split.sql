-- grain: one entity, segment, supplier (under a threshold) or size class (all) of the perimeter, the largest; unit: EUR excl. VAT, purchases; source: spend_sum, supplier
with p as (
    select
        n_rows,
        amount_eur,
        case $by
            when 'buyer' then buyer_key
            when 'segment' then segment
            when 'supplier' then supplier_key
            else error('small_split: unknown dimension ' || $by)
        end as code
    from perimeter_under(
        $threshold, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where $by <> 'size'
),
split as (
    select code, sum(n_rows)::bigint as n_purchases, sum(amount_eur) as spend_eur from p group by code
    union all
    select ['0', '1', '5', '10', '25', '40'][size_class + 1], sum(n_rows)::bigint, sum(amount_eur)
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where $by = 'size' and is_counted
    group by size_class
),
ranked as (
    select *, count(*) over () as n_codes from split order by spend_eur desc, code limit $limit
)
select r.*, s.supplier_name, coalesce(s.is_sole_trader, false) as is_sole_trader
from ranked as r
left join supplier as s on $by = 'supplier' and s.supplier_key = r.code
order by spend_eur desc, code
