-- grain: one buyer of the perimeter of a scenario; unit: text; source: spend_sum, buyer
with bought as (
    select
        buyer_key, buyer_department_code as department_code, buyer_region_code as region_code, buyer_epci_code as epci_code,
        buyer_commune_code as commune_code, sum(n_rows) as n
    from perimeter_sums($grain, $regions, null, null, null, null, null, null, null, null, $start, $end)
    where is_counted and family is not null
    group by all
),
told as (unpivot bought on department_code, region_code, epci_code, commune_code into name level value code),
-- where it buys most often, when one SIREN buys in several places
place as (
    select buyer_key, level, arg_min(code, (-n, code)) as code
    from (select buyer_key, level, code, sum(n) as n from told group by all)
    group by buyer_key, level
)
select
    buyer_key, buyer_name, buyer_type,
    max(code) filter (where level = 'department_code') as department_code,
    max(code) filter (where level = 'region_code') as region_code,
    max(code) filter (where level = 'epci_code') as epci_code,
    max(code) filter (where level = 'commune_code') as commune_code
from (select distinct buyer_key from bought)
join buyer using (buyer_key)
left join place using (buyer_key)
group by buyer_key, buyer_name, buyer_type
order by buyer_key
