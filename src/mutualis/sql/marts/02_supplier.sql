-- grain: one supplier (SIREN, else its name); unit: text; source: line, ref_first_name
create or replace table supplier as
with named as (
    select
        supplier_key,
        any_value(supplier_siren) as supplier_siren,
        mode(supplier_name) as supplier_name,
        mode(supplier_size_text) as size_text,
        mode(supplier_department_code) as supplier_department_code
    from line
    where supplier_key is not null
    group by supplier_key
),
words as (select *, coalesce(plain(supplier_name), '') as n from named)
select
    supplier_key, supplier_siren, coalesce(supplier_name, 'SIREN ' || supplier_siren, supplier_key) as supplier_name,
    case
        when size_text in ('PME', 'ETI', 'GE') then size_text
        when size_text in ('TPE', 'MICRO', 'MICROENTREPRISE', 'MIC') then 'PME'
        when size_text in ('GRANDE ENTREPRISE') then 'GE'
        else 'inconnu'
    end as supplier_size,
    supplier_department_code,
    -- a natural person: said so, or a first name beside one or two words and no company form
    regexp_matches(n, '^(M|MR|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE|MAITRE) [A-Z]{2}|\b(ENTREPRISE INDIVIDUELLE|ENTREPRENEUR INDIVIDUEL|AUTO ENTREPRENEUR|MICRO ENTREPRENEUR)\b|^EI | EI$')
    or (
        len(string_split(n, ' ')) between 2 and 3
        and list_has_any([string_split(n, ' ')[1], string_split(n, ' ')[-1]], (select list(first_name) from ref_first_name))
        and not regexp_matches(n, '\b(SARL|SAS|SASU|SA|EURL|SNC|SCOP|SCP|SELARL|ETS|ETABLISSEMENTS|ASSOCIATION|GROUPE|SOCIETE|CABINET|ENTREPRISE|TRANSPORTS?|GARAGE|FILS|FRERES|SCI|GIE|ATELIERS?|ARCHITECTURE|ARCHITECTES?|BTP|TP|FRANCE|HOTEL|RESTAURANT|AMBULANCES?|SAINT|VILLE|COMMUNE|COLLEGE|LYCEE)\b')
    ) as is_sole_trader
from words
