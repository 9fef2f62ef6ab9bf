-- grain: one way rows name a supplier; unit: text and codes; source: line_supplier, supplier
create or replace table spend_supplier as
select
    supplier_no, l.supplier_siret, l.supplier_siren, supplier_key, s.supplier_name,
    coalesce(s.supplier_size, 'inconnu') as supplier_size,
    coalesce(l.supplier_department_code, s.supplier_department_code) as supplier_department_code,
    coalesce(s.is_sole_trader, false) as is_sole_trader
from line_supplier as l
left join supplier as s using (supplier_key)
