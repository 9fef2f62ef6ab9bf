-- grain: one way rows name a buyer and a place of execution; unit: text and codes; source: line_buyer, buyer, ref_*
create or replace table spend_buyer as
with located as (
    select
        l.* exclude (ministry, buyer_name), b.buyer_name, b.buyer_type, coalesce(l.ministry, b.ministry) as ministry,
        coalesce(rc.new_code, l.buyer_commune_code, b.siren_commune_code) as commune_code,
        coalesce(l.buyer_department_code, cm.department_code, b.siren_department_code, b.named_department_code,
            b.execution_department_code, l.execution_department_code) as department_code,
        b.named_region_code,
        case
            when coalesce(l.buyer_department_code, cm.department_code) is not null then 'acheteur'
            when b.siren_department_code is not null then 'siren'
            when b.named_department_code is not null then 'nom'
            when coalesce(b.execution_department_code, l.execution_department_code) is not null then 'exécution'
        end as buyer_place_source
    from line_buyer as l
    join buyer as b using (buyer_key)
    left join ref_recoded_commune as rc on rc.old_code = coalesce(l.buyer_commune_code, b.siren_commune_code)
    left join ref_commune as cm on cm.commune_code = coalesce(rc.new_code, l.buyer_commune_code)
)
select
    buyer_no, buyer_siret, buyer_siren, buyer_key, buyer_name, buyer_type, ministry,
    cm.commune_code as buyer_commune_code, cm.epci_code as buyer_epci_code, p.department_code as buyer_department_code,
    coalesce(dp.region_code, rg.region_code, p.named_region_code) as buyer_region_code, buyer_place_source
from located as p
left join ref_commune as cm on cm.commune_code = p.commune_code
left join ref_department as dp on dp.department_code = p.department_code
left join ref_region as rg on p.department_code is null and rg.alias = plain(p.buyer_region_text)
