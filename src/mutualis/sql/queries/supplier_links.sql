-- grain: one buyer département and supplier, of the largest suppliers with several buyers; unit: EUR excl. VAT; source: spend_sum
with cell as (
    select buyer_department_code, buyer_key, supplier_key, sum(amount_eur)::double as eur
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and supplier_key is not null and buyer_department_code is not null
    group by buyer_department_code, buyer_key, supplier_key
),
shared as (
    select supplier_key, any_value(n.supplier_name) as supplier_name
    from cell
    join supplier as n using (supplier_key)
    where $persons or not n.is_sole_trader
    group by supplier_key
    having count(distinct buyer_key) > 1 and sum(eur) > 0
    order by sum(eur) desc, supplier_key
    limit $limit
)
select
    buyer_department_code, supplier_key, any_value(supplier_name) as supplier_name, sum(eur) as spend_eur,
    count(distinct buyer_key) as n_buyers
from cell
join shared using (supplier_key)
group by buyer_department_code, supplier_key
having sum(eur) > 0
order by spend_eur desc, buyer_department_code, supplier_key
