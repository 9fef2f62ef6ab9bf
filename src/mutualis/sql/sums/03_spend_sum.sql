-- grain: one row of spend_sum_fact with its codes; unit: as spend_unit, added up; source: spend_sum_fact, spend_buyer, spend_supplier
create or replace view spend_sum as
select
    s.*,
    b.buyer_key, b.buyer_type, b.buyer_commune_code, b.buyer_epci_code, b.buyer_department_code, b.buyer_region_code,
    p.supplier_key, p.supplier_size, p.supplier_department_code
from spend_sum_fact as s
join spend_buyer as b using (buyer_no)
join spend_supplier as p using (supplier_no)
