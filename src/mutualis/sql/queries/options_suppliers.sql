-- grain: one supplier that is not a natural person; unit: EUR excl. VAT; source: spend_sum, supplier
with sold as (select supplier_key, coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur from spend_sum group by supplier_key)
select supplier_key, s.supplier_name, spend_eur
from sold
join supplier as s using (supplier_key)
where not s.is_sole_trader
order by spend_eur desc, supplier_name
limit $limit
