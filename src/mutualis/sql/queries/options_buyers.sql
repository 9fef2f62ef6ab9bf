-- grain: one buyer; unit: EUR excl. VAT; source: spend_sum, buyer
with bought as (
    select
        buyer_key, buyer_region_code, buyer_department_code, sum(n_rows) as n,
        sum(amount_eur) filter (where is_counted) as eur
    from spend_sum
    group by all
),
told as (unpivot bought on buyer_region_code, buyer_department_code into name level value code),
-- where it buys most often, when one SIREN buys in several places
place as (
    select buyer_key, level, arg_min(code, (-n, code)) as code
    from (select buyer_key, level, code, sum(n) as n from told group by all)
    group by buyer_key, level
)
select
    buyer_key, b.buyer_name, b.buyer_type,
    any_value(code) filter (where level = 'buyer_region_code') as buyer_region_code,
    any_value(code) filter (where level = 'buyer_department_code') as buyer_department_code,
    any_value(spend_eur) as spend_eur
from (select buyer_key, coalesce(sum(eur), 0) as spend_eur from bought group by buyer_key)
join buyer as b using (buyer_key)
left join place using (buyer_key)
group by buyer_key, b.buyer_name, b.buyer_type
order by b.buyer_name
