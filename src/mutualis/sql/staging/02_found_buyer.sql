-- grain: one way rows name a buyer and a place of execution; unit: text, null where nothing was said; source: keyed
create or replace temp table found_buyer as
with found as (
    select distinct
        buyer_words, buyer_id, buyer_name, buyer_type, ministry, buyer_commune_code, buyer_department_code, buyer_region_code,
        place_code, place_type
    from keyed
)
select buyer_words, clean(columns(* exclude (buyer_words))) as "\0" from found
