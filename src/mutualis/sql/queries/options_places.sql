-- grain: one département, EPCI or commune where something was bought; unit: code; source: spend_sum
select distinct case $level when 'department' then buyer_department_code when 'epci' then buyer_epci_code when 'commune' then buyer_commune_code end as code
from spend_sum
where code is not null
order by code
