-- grain: one way rows describe what is bought and how; unit: codes and text; source: found_deal, known_procedure
create or replace temp table line_deal as
select
    row_number() over (order by deal_words)::integer as deal_no, deal_words, parse_cpv(cpv_code) as cpv_code, category_label,
    nature, plain(nature) as nature_plain, pr.procedure,
    coalesce(plain(nature) like 'ACCORD CADRE%' or upper(techniques) like '%ACCORD-CADRE%', false) as is_framework,
    coalesce(plain(nature) = 'MARCHE SUBSEQUENT', false) as is_call_off,
    vehicle, social_clause as social_text, green_clause as green_text, unit
from found_deal as c
left join known_procedure as pr on pr.found_procedure = c.procedure
