-- grain: one way rows name a supplier; unit: codes and text on one line; source: found_supplier, party, place
create or replace temp table line_supplier as
select
    row_number() over (order by supplier_words)::integer as supplier_no, supplier_words, s.siret as supplier_siret, s.siren as supplier_siren,
    coalesce(s.party_key, 'nom:' || plain(one_line(supplier_name))) as supplier_key, one_line(supplier_name) as supplier_name,
    upper(supplier_size) as supplier_size_text,
    coalesce(sp.department_code, left(supplier_commune_code, case when supplier_commune_code like '97%' then 3 else 2 end))
        as supplier_department_code
from found_supplier as c
left join party as s on s.found_id = supplier_id
left join place as sp on sp.found_place = c.supplier_department_code and sp.kind = ''
