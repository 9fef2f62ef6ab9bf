-- grain: one buyer of the perimeter of a scenario; unit: text; source: spend
select
    buyer_key,
    any_value(buyer_name) as buyer_name,
    any_value(buyer_type) as buyer_type,
    -- where it buys most often, when one SIREN buys in several places
    mode(buyer_department_code) as department_code,
    mode(buyer_region_code) as region_code,
    mode(buyer_epci_code) as epci_code,
    mode(buyer_commune_code) as commune_code
from perimeter($grain, $regions, null, null, null, null, null, null, null, null, $start, $end)
where is_counted and family is not null
group by buyer_key
order by buyer_key
