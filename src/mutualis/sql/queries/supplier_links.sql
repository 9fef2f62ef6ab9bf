-- grain: one supplier and buyer département of the perimeter, the $n_places largest (null: all the others together); unit: EUR excl. VAT; source: spend_sum, supplier
with cell as (
    select buyer_department_code, supplier_key, buyer_key, sum(amount_eur)::double as eur
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and buyer_department_code is not null and supplier_key is not null
    group by all
),
largest as (
    select buyer_department_code as place from cell group by place order by sum(eur) desc, place limit $n_places
),
-- an entity that buys in several of the others is one of them
link as (
    select place as buyer_department_code, supplier_key, sum(eur) as spend_eur, count(distinct buyer_key) as n_buyers
    from cell
    left join largest on place = buyer_department_code
    group by place, supplier_key
    having sum(eur) > 0
)
select buyer_department_code, supplier_key, supplier_name, spend_eur, n_buyers
from link
join supplier using (supplier_key)
order by spend_eur desc, buyer_department_code, supplier_key
