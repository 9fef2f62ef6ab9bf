-- grain: one way rows describe what is bought and how; unit: text, null where nothing was said; source: keyed
create or replace temp table found_deal as
with found as (
    select distinct
        deal_words, cpv_code, category_label, nature, procedure, techniques, vehicle, social_clause, green_clause, unit
    from keyed
)
select deal_words, clean(columns(* exclude (deal_words))) as "\0" from found
