-- grain: one buyer (SIREN, else its name); unit: text; source: line
create or replace table buyer as
with named as (
    select
        buyer_key, any_value(buyer_siren) as buyer_siren,
        -- the most frequent name that names anyone
        coalesce(
            mode(buyer_name) filter (where not regexp_matches(plain(buyer_name), '^(BUDGET|VILLE|COMMUNE|MAIRIE)( (PRINCIPAL|ANNEXE|GENERAL|[0-9]+))*$')),
            mode(buyer_name) || ' (SIREN ' || any_value(buyer_siren) || ')', mode(buyer_name), 'SIREN ' || any_value(buyer_siren), buyer_key
        ) as buyer_name,
        mode(buyer_type_text) as buyer_type_text,
        mode(ministry) as ministry,
        mode(execution_department_code) as execution_department_code
    from line
    where buyer_key is not null
    group by buyer_key
),
words as (select *, plain(buyer_name) as n, coalesce(plain(buyer_type_text), '') as c from named)
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
        as siren_commune_code
from words
