-- grain: one family, type of buyer or buyer département of the perimeter (null: unknown), in one reading; unit: EUR excl. VAT, rows; source: spend_sum
with split as (
    select
        family, buyer_type, buyer_department_code, grouping(family, buyer_type, buyer_department_code) as left_out,
        sum(amount_eur) as spend_eur, sum(n_rows)::bigint as n_rows
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
    group by grouping sets ((family), (buyer_type), (buyer_department_code))
)
select
    case left_out when 3 then 'family' when 5 then 'buyer_type' else 'department' end as dimension,
    case left_out when 3 then family when 5 then buyer_type else buyer_department_code end as code,
    spend_eur, n_rows
from split
order by dimension, spend_eur desc, code
