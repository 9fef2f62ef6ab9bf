-- grain: one way rows describe what is bought and how; unit: codes and text; source: line_deal, category, ref_label
create or replace table spend_deal as
select
    deal_no, l.cpv_code, coalesce(c.family, lb.family) as family, coalesce(c.segment, lb.segment) as segment,
    procedure, nature, is_framework, nature_plain = 'MARCHE SUBSEQUENT' as is_call_off, unit,
    regexp_matches(plain(vehicle), '\b(UGAP|DAE|PFRA|RESAH|UNIHA|CENTRALE|INTERMINISTERIEL|OUI)\b') as is_pooled_already,
    coalesce(regexp_matches(social_text, '(?i)clause|crit|réserv'), false) as social_clause,
    coalesce(regexp_matches(green_text, '(?i)clause|crit'), false) as green_clause
from line_deal as l
left join category as c using (cpv_code)
left join ref_label as lb on l.cpv_code is null and lb.label = plain(category_label)
