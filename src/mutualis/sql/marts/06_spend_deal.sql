-- grain: one way rows describe what is bought and how; unit: codes and text; source: line_deal, category, ref_label
create or replace table spend_deal as
with carried as (
    select
        *,
        -- « Hors UGAP », « Pas de groupement », « UGAP : non »: what is denied carries nothing
        regexp_replace(plain(vehicle), '.*\bNON$|\b(HORS|PAS|SANS|NON|AUCUNE?|NI)\b.*', '') as carrier
    from line_deal
)
select
    deal_no, l.cpv_code,
    -- what the correspondence table says; sql/classification then applies the moves by hand to the two others
    coalesce(c.family, lb.family) as indicative_family, coalesce(c.segment, lb.segment) as indicative_segment,
    indicative_family as family, indicative_segment as segment,
    procedure, nature, is_framework, is_call_off, unit,
    -- degré de mutualisation: 4 national, 3 interrégional, 2 PFRA, 1 groupement, 0 none; null: pooled, by whom is not said
    case
        when regexp_matches(carrier, '\b(UGAP|DAE|RESAH|UNIHA|INTERMINISTERIEL(LE)?|NATIONAL)\b') then 4
        when regexp_matches(carrier, '\bINTER ?REGIONAL') then 3
        when regexp_matches(carrier, '\b(PFRA|SGAR)\b') then 2
        when regexp_matches(carrier, '\bGROUPEMENT\b') then 1
        when regexp_matches(carrier, '\b(CENTRALE|OUI)\b') then null
        else 0
    end::tinyint as vehicle_level,
    -- a groupement of a few buyers may still join a wider one
    coalesce(vehicle_level >= 2, true) as is_pooled_already,
    coalesce(regexp_matches(social_text, '(?i)clause|crit|réserv'), false) as social_clause,
    coalesce(regexp_matches(green_text, '(?i)clause|crit'), false) as green_clause
from carried as l
left join category as c using (cpv_code)
left join ref_label as lb on l.cpv_code is null and lb.label = plain(category_label)
