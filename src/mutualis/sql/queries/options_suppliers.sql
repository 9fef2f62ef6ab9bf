-- grain: one supplier that is not a natural person; unit: EUR excl. VAT; source: spend
select supplier_key, any_value(supplier_name) as supplier_name, sum(amount_eur) filter (where is_counted) as spend_eur
from spend
where supplier_key is not null and not is_sole_trader
group by supplier_key
order by spend_eur desc nulls last, supplier_name
limit $limit
