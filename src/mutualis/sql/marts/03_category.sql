-- grain: one CPV code of the data; unit: segment and family codes; source: ref_cpv_segment (« correspondance indicative »)
create or replace temp table category as
select
    l.cpv_code,
    arg_max(r.segment, length(r.cpv_prefix)) as segment,
    arg_max(r.family, length(r.cpv_prefix)) as family
from (select distinct cpv_code from line_deal where cpv_code is not null) as l
join ref_cpv_segment as r on starts_with(l.cpv_code, r.cpv_prefix)
group by l.cpv_code
