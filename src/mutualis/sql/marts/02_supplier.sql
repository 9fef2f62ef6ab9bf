-- grain: one supplier (SIREN, else its name); unit: text; source: line, line_supplier, ref_first_name
create or replace table supplier as
with used as (select supplier_no, count(*) as n_lines, min(line_id) as first_line from line group by supplier_no),
told as (
    unpivot (
        select supplier_key, n_lines, first_line, supplier_name, supplier_size_text, supplier_department_code
        from line_supplier
        join used using (supplier_no)
    )
    on supplier_name, supplier_size_text, supplier_department_code into name field value words
),
-- the most frequent, the first met when there are two
common as (
    select supplier_key, field, arg_max(words, (n_lines, -first_line)) as words
    from (select supplier_key, field, words, sum(n_lines) as n_lines, min(first_line) as first_line from told group by all)
    group by all
),
named as (
    select
        l.supplier_key, l.supplier_siren,
        max(words) filter (where field = 'supplier_name') as supplier_name,
        max(words) filter (where field = 'supplier_size_text') as size_text,
        max(words) filter (where field = 'supplier_department_code') as supplier_department_code
    from (select distinct supplier_key, supplier_siren from line_supplier where supplier_key is not null) as l
    left join common using (supplier_key)
    group by l.supplier_key, l.supplier_siren
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
    -- a natural person: said so, or a first name beside one or two words, no company form and no trade
    regexp_matches(n, '^(M|MR|MME|MLLE|MONSIEUR|MADAME|MADEMOISELLE|MAITRE) [A-Z]{2}|\b(ENTREPRISE INDIVIDUELLE|ENTREPRENEUR INDIVIDUEL|AUTO ENTREPRENEUR|MICRO ENTREPRENEUR)\b|^EI | EI$')
    or (
        len(string_split(n, ' ')) between 2 and 3
        and list_has_any([string_split(n, ' ')[1], string_split(n, ' ')[-1]], (select list(first_name) from ref_first_name))
        and not regexp_matches(n, '\b(SARL|SAS|SASU|SA|EURL|SNC|SCOP|SCP|SELARL|ETS|ETABLISSEMENTS|ASSOCIATION|GROUPE|SOCIETE|CABINET|ENTREPRISE|TRANSPORTS?|GARAGE|FILS|FRERES|SCI|GIE|ATELIERS?|ARCHITECTURE|ARCHITECTES?|BTP|TP|FRANCE|HOTEL|RESTAURANT|AMBULANCES?|SAINT|VILLE|COMMUNE|COLLEGE|LYCEE|SOC|ET)\b')
        and not regexp_matches(n, '\b(CONSTRUC|BATIMENT|MACONN|COUVERT|TOITURE|CHARPENT|MENUIS|SERRUR|METAL|PLOMB|THERMI|CHAUFF|CLIMATI|ELECTRI|PEINT|CARREL|ISOLATION|TERRASS|TRAVAUX|PAYSAG|ESPACES|ENVIRONN|NETTOY|PROPRETE|INGENIER|CONSEIL|CONSULT|FORMATION|INFORMATI|SERVICE|EXPLOIT|ENTREPRISES|SPORTS|IMPRIM|MEDIC|AUTO|SELAS|AVOCAT|COMMUNICAT|TECHNOLOG|LABORATOIRE|LIBRAIR|PAPETER|POMPES|RAVAL|ETANCH|DEMOLI|TRAITEUR|ECHAFAUD|ORGANISATION|ASCENSEUR|ESCALIER|CARROSS|CARS|EVENEMENT|ENTRETIEN|AGENCE)')
    ) as is_sole_trader
from words
