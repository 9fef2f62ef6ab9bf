-- grain: one procedure as found; unit: the closed list, else « Autre »; source: found_deal, ref_procedure
create or replace temp table known_procedure as
select found.procedure as found_procedure, coalesce(r.procedure, 'Autre') as procedure
from (select distinct procedure from found_deal) as found
left join ref_procedure as r on r.alias = plain(found.procedure)
where found.procedure is not null
