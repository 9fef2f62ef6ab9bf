-- grain: one entity, segment, supplier (under a threshold) or size class (all) of the perimeter, the largest; unit: EUR excl. VAT, purchases; source: spend_fact, supplier
with p as (
    select
        amount_eur,
        case $by
            when 'buyer' then buyer_key
            when 'segment' then segment
            when 'supplier' then supplier_key
            when 'size' then case
                when amount_eur < 1000 then '0'
                when amount_eur < 5000 then '1'
                when amount_eur < 10000 then '5'
                when amount_eur < 25000 then '10'
                when amount_eur < 40000 then '25'
                else '40'
            end
            else error('small_split: unknown dimension ' || $by)
        end as code
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and ($by = 'size' or amount_eur < $threshold)
),
ranked as (
    select code, count(*) as n_purchases, sum(amount_eur) as spend_eur, count(*) over () as n_codes
    from p
    group by code
    order by spend_eur desc, code
    limit $limit
)
select r.*, s.supplier_name, coalesce(s.is_sole_trader, false) as is_sole_trader
from ranked as r
left join supplier as s on $by = 'supplier' and s.supplier_key = r.code
order by spend_eur desc, code
