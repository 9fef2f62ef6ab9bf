-- grain: one buyer; unit: EUR excl. VAT; source: spend
select
    buyer_key, any_value(buyer_name) as buyer_name, any_value(buyer_type) as buyer_type,
    mode(buyer_region_code) as buyer_region_code, mode(buyer_department_code) as buyer_department_code,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur
from spend
group by buyer_key
order by buyer_name
