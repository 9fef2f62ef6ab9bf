-- grain: one raw row; unit: text as found, with a key for what it says of its buyer, its supplier and its deal; source: raw
-- The same words come back from row to row: what they mean is worked out once per key, not once per row.
-- Two texts under one key would write a row twice, which the check « spend_rows_are_unique » refuses.
create or replace temp view keyed as
select
    rowid as line_id,
    *,
    hash(
        buyer_id, buyer_name, buyer_type, ministry, buyer_commune_code, buyer_department_code, buyer_region_code, place_code, place_type
    ) as buyer_words,
    hash(supplier_id, supplier_name, supplier_size, supplier_commune_code, supplier_department_code) as supplier_words,
    hash(cpv_code, category_label, nature, procedure, techniques, vehicle, social_clause, green_clause, unit) as deal_words
from raw
