-- grain: one buyer (SIREN, else its name); unit: text; source: line, line_buyer, ref_place, ref_region
create or replace table buyer as
with used as (select buyer_no, count(*) as n_lines, min(line_id) as first_line from line group by buyer_no),
told as (
    unpivot (
        select
            buyer_key, n_lines, first_line, buyer_type_text, ministry, execution_department_code, buyer_name,
            -- a name that names someone
            case when not regexp_matches(plain(buyer_name), '^(BUDGET|VILLE|COMMUNE|MAIRIE)( (PRINCIPAL|ANNEXE|GENERAL|[0-9]+))*$')
                then buyer_name end as own_name
        from line_buyer
        join used using (buyer_no)
    )
    on own_name, buyer_name, buyer_type_text, ministry, execution_department_code into name field value words
),
-- the most frequent, the first met when there are two
common as (
    select buyer_key, field, arg_max(words, (n_lines, -first_line)) as words
    from (select buyer_key, field, words, sum(n_lines) as n_lines, min(first_line) as first_line from told group by all)
    group by all
),
named as (
    select
        l.buyer_key, l.buyer_siren,
        coalesce(
            max(words) filter (where field = 'own_name'),
            max(words) filter (where field = 'buyer_name') || ' (SIREN ' || l.buyer_siren || ')',
            max(words) filter (where field = 'buyer_name'), 'SIREN ' || l.buyer_siren, l.buyer_key
        ) as buyer_name,
        max(words) filter (where field = 'buyer_type_text') as buyer_type_text,
        max(words) filter (where field = 'ministry') as ministry,
        max(words) filter (where field = 'execution_department_code') as execution_department_code
    from (select distinct buyer_key, buyer_siren from line_buyer where buyer_key is not null) as l
    left join common using (buyer_key)
    group by l.buyer_key, l.buyer_siren
),
words as (select *, plain(buyer_name) as n, coalesce(plain(buyer_type_text), '') as c from named),
known_place as (
    select alias, {department: department_code, region: null} as codes from ref_place
    union all
    select alias, {department: null, region: region_code} from ref_region where regexp_matches(alias, '[A-Z]')
),
-- a service of the State, of a région or of a département ends with the name of its place: « DDT de la Nièvre », « DREAL PACA », « DDPP 25 »
named_place as (
    select buyer_key, arg_max(codes, length(alias)) as named_at
    from words
    join known_place on ends_with(n, ' ' || alias)
    where regexp_matches(n, '^(PREFECTURE|SOUS PREFECTURE|SGAR|SGCD?|SECRETARIAT GENERAL COMMUN|DDTM?|DDETS(PP)?|DDCS(PP)?|DDPP|DDFIP|DRFIP|DSDEN|DREAL|DRAC|DREETS|DIRECCTE|DRAAF|DRAJES|DEAL|UDAP|ARS|SDIS|RECTORAT|(REGION )?ACADEMI(E|QUE)|REGION|DEPARTEMENT|CONSEIL (DEPARTEMENTAL|REGIONAL|GENERAL)|DIRECTION (DEPARTEMENTALE|REGIONALE))\b')
    group by buyer_key
)
select
    buyer_key, buyer_siren, buyer_name, ministry, execution_department_code,
    case
        when n like 'PREFECTURE%' or n like 'SGAR%' or n like 'SOUS PREFECTURE%' or c like '%PREFECTURE%' then 'prefecture'
        when n like 'RECTORAT%' or n like '%ACADEMIE%' or c like '%RECTORAT%' then 'education'
        when regexp_matches(n, '^(COUR D APPEL|TRIBUNAL|TRIBUNAUX|MAISON D ARRET|CENTRE DE DETENTION|CENTRE PENITENTIAIRE|MAISON CENTRALE|DIRECTION INTERREGIONALE DES SERVICES PENITENTIAIRES|DISP |DIRECTION INTERREGIONALE DE LA PROTECTION JUDICIAIRE)')
            or c = 'JUSTICE' then 'justice'
        when n like 'UNIVERSITE%' or c like 'UNIVERSITE%' then 'university'
        when regexp_matches(n, '\b(CHU|CHRU|CH|CENTRE HOSPITALIER|HOPITAL|HOPITAUX|ASSISTANCE PUBLIQUE|EHPAD|GHT)\b') or c like '%HOPITAL%'
            then 'hospital'
        when c like '%SERVICE DECONCENTRE%' or regexp_matches(n, '^(DDT|DDTM|DDETS|DDPP|DREAL|DRAC|DREETS|DRFIP|DDFIP|DRAAF|DIR |DIRM|DISP|DIRECTION (DEPARTEMENTALE|REGIONALE|INTERREGIONALE|INTERDEPARTEMENTALE|ZONALE))')
            then 'state_service'
        when regexp_matches(c, 'COMMUNE|DEPARTEMENT|REGION|GROUPEMENT|COLLECTIVITE') or regexp_matches(buyer_siren, '^2[0-5]')
            or regexp_matches(n, '^(COMMUNE|VILLE|MAIRIE|COMMUNAUTE|METROPOLE|CONSEIL (DEPARTEMENTAL|REGIONAL)|DEPARTEMENT|SYNDICAT|REGION)\b')
            then 'local_authority'
        when regexp_matches(c, 'ETABLISSEMENT PUBLIC|OPERATEUR') or regexp_matches(buyer_siren, '^(13|18|19)') then 'public_body'
        when c = 'ETAT' or regexp_matches(buyer_siren, '^(11|12|17)') then 'state_service'
        when regexp_matches(buyer_siren, '^26') then 'local_authority'
        else 'other'
    end as buyer_type,
    -- a territorial SIREN says its place: 2t DD NNNN K, commune DD + last three digits of NNNN
    case when regexp_matches(buyer_siren, '^(17|19|2[1-6])(0[1-9]|1[0-9]|2[1-9]|[3-8][0-9]|9[0-5])') then substr(buyer_siren, 3, 2)
        when regexp_matches(buyer_siren, '^(17|19|2[1-6])97') then substr(buyer_siren, 3, 3) end as siren_department_code,
    case when regexp_matches(buyer_siren, '^21(0[1-9]|1[0-9]|2[1-9]|[3-8][0-9]|9[0-5])') then substr(buyer_siren, 3, 2) || substr(buyer_siren, 6, 3) end
        as siren_commune_code,
    named_at.department as named_department_code, named_at.region as named_region_code
from words
left join named_place using (buyer_key)
