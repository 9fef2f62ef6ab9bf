-- grain: one way rows name a supplier; unit: codes and text on one line; source: found_supplier, party, place
create or replace temp table line_supplier as
select
    row_number() over (order by supplier_words)::integer as supplier_no, supplier_words, s.siret as supplier_siret, s.siren as supplier_siren,
    -- « NON DISPONIBLE » or a SIRET that a spreadsheet rounded would make one firm of all those that carry it
    coalesce(case when s.has_figures then s.party_key end, 'nom:' || plain(one_line(supplier_name)), s.party_key) as supplier_key,
    one_line(supplier_name) as supplier_name,
    upper(supplier_size) as supplier_size_text,
    coalesce(
        sp.department_code,
        case when regexp_matches(supplier_commune_code, '^[0-9][0-9AB][0-9]{3}$')
            then left(supplier_commune_code, case when supplier_commune_code like '97%' then 3 else 2 end) end
    ) as supplier_department_code
from found_supplier as c
left join party as s on s.found_id = supplier_id
left join place as sp on sp.found_place = c.supplier_department_code and sp.kind = ''
