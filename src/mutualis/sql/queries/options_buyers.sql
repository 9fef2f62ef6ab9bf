-- grain: one buyer; unit: EUR excl. VAT; source: spend_fact, buyer
with bought as (
    select
        buyer_key, mode(buyer_region_code) as buyer_region_code, mode(buyer_department_code) as buyer_department_code,
        coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur
    from spend_fact
    group by buyer_key
)
select buyer_key, b.buyer_name, b.buyer_type, buyer_region_code, buyer_department_code, spend_eur
from bought
join buyer as b using (buyer_key)
order by buyer_name
