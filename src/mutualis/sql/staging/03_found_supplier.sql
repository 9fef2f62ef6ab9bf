-- grain: one way rows name a supplier; unit: text, null where nothing was said; source: keyed
create or replace temp table found_supplier as
with found as (
    select distinct supplier_words, supplier_id, supplier_name, supplier_size, supplier_commune_code, supplier_department_code
    from keyed
)
select supplier_words, clean(columns(* exclude (supplier_words))) as "\0" from found
