-- grain: one supplier that is not a natural person; unit: EUR excl. VAT; source: spend_sum, supplier
with sold as (select supplier_key, sum(amount_eur) filter (where is_counted) as spend_eur from spend_sum group by supplier_key)
select supplier_key, s.supplier_name, spend_eur
from sold
join supplier as s using (supplier_key)
where not s.is_sole_trader
order by spend_eur desc nulls last, supplier_name
limit $limit
