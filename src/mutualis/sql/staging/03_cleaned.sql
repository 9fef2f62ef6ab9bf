-- grain: one raw row; unit: text on one line, null where nothing was said; source: raw
-- A table of its own: the typing that follows would expand these macros again at each use.
create or replace temp table cleaned as
select
    rowid as line_id, file_no, row_no, grain,
    clean(contract_id) as contract_id, clean(modification_id) as modification_id, clean(buyer_id) as buyer_id,
    one_line(clean(buyer_name)) as buyer_name, clean(buyer_type) as buyer_type, clean(ministry) as ministry,
    clean(buyer_commune_code) as buyer_commune_code, clean(buyer_department_code) as buyer_department_code,
    clean(buyer_region_code) as buyer_region_code, clean(supplier_id) as supplier_id,
    clean(supplier_id_type) as supplier_id_type, one_line(clean(supplier_name)) as supplier_name,
    clean(supplier_size) as supplier_size, clean(supplier_commune_code) as supplier_commune_code,
    clean(supplier_department_code) as supplier_department_code, clean(cpv_code) as cpv_code,
    clean(category_label) as category_label, one_line(clean(object)) as object, clean(amount) as amount,
    clean(current_amount) as current_amount, clean(notified_on) as notified_on,
    clean(published_on) as published_on, clean(duration_months) as duration_months, clean(ends_on) as ends_on,
    clean(nature) as nature, clean(procedure) as procedure, clean(techniques) as techniques,
    clean(framework_id) as framework_id, clean(vehicle) as vehicle, clean(offers_received) as offers_received,
    clean(lot) as lot, clean(place_code) as place_code, clean(place_type) as place_type,
    clean(social_clause) as social_clause, clean(green_clause) as green_clause, clean(quantity) as quantity,
    clean(unit) as unit, clean(unit_price) as unit_price, clean(item) as item
from raw
