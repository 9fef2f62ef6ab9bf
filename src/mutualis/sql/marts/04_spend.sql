-- grain: one contract or payment line; unit: EUR excl. VAT; source: line, status, contract, buyer, supplier, category
create or replace table spend as
with kept as (
    select
        l.* exclude (duration_months, notified_on),
        coalesce(c.notified_on, l.notified_on) as own_notified_on,
        coalesce(l.duration_months, c.duration_months) as own_duration_months,
        greatest(coalesce(c.n_suppliers, 1), 1)::integer as n_suppliers
    from line as l
    join status as s on s.line_id = l.line_id and s.status = 'kept'
    left join contract as c on c.spend_id = l.line_id
),
dated as (
    select
        *,
        coalesce(own_notified_on, published_on) as notified_on,
        case
            when own_notified_on is not null then 'ok'
            when published_on is not null then 'from_publication'
            when has_date_text then 'invalid'
            else 'missing'
        end as date_flag,
        is_framework and not is_call_off and grain = 'contract' as is_ceiling
    from kept
),
located as (
    select
        d.*,
        b.buyer_name as common_buyer_name, b.buyer_type, coalesce(d.ministry, b.ministry) as common_ministry,
        coalesce(rc.new_code, d.buyer_commune_code, b.siren_commune_code) as commune_code,
        coalesce(d.buyer_department_code, cm.department_code, b.siren_department_code, b.execution_department_code,
            d.execution_department_code) as department_code,
        case
            when coalesce(d.buyer_department_code, cm.department_code) is not null then 'acheteur'
            when b.siren_department_code is not null then 'siren'
            when coalesce(b.execution_department_code, d.execution_department_code) is not null then 'exécution'
        end as buyer_place_source
    from dated as d
    join buyer as b using (buyer_key)
    left join ref_recoded_commune as rc on rc.old_code = coalesce(d.buyer_commune_code, b.siren_commune_code)
    left join ref_commune as cm on cm.commune_code = coalesce(rc.new_code, d.buyer_commune_code)
)
select
    p.line_id as spend_id, p.grain, f.kind as source, p.file_no, f.file_name as source_file, p.row_no as source_row,
    p.buyer_siret, p.buyer_siren, p.buyer_key, p.common_buyer_name as buyer_name, p.buyer_type, p.common_ministry as ministry,
    cm.commune_code as buyer_commune_code, cm.epci_code as buyer_epci_code, p.department_code as buyer_department_code,
    coalesce(dp.region_code, rg.region_code) as buyer_region_code, p.buyer_place_source,
    p.supplier_siret, p.supplier_siren, p.supplier_key, s.supplier_name, coalesce(s.supplier_size, 'inconnu') as supplier_size,
    coalesce(p.supplier_department_code, s.supplier_department_code) as supplier_department_code,
    coalesce(s.is_sole_trader, false) as is_sole_trader,
    p.cpv_code, coalesce(c.family, lb.family) as family, coalesce(c.segment, lb.segment) as segment,
    p.amount_eur,
    case when p.amount_flag <> 'ok' then null when p.grain = 'contract' and p.own_duration_months > 12
        then (p.amount_eur * 12 / p.own_duration_months)::decimal(18, 2) else p.amount_eur end as annual_amount_eur,
    p.is_ceiling, p.amount_flag, p.amount_flag = 'ok' and not p.is_ceiling as is_counted,
    p.notified_on, p.date_flag, p.own_duration_months as duration_months,
    coalesce(p.ends_on, (p.notified_on + to_months(p.own_duration_months::integer))::date) as ends_on,
    coalesce(p.ends_on is not null or (p.notified_on is not null and p.own_duration_months is not null), false) as ends_on_is_known,
    coalesce(p.buyer_siret, p.buyer_key) || p.contract_id as contract_uid, p.object,
    p.procedure, p.nature, p.is_framework, p.offers_received, p.lot,
    coalesce(p.supplier_siren = '776056467' or regexp_matches(plain(p.vehicle), '\b(UGAP|DAE|PFRA|RESAH|UNIHA|CENTRALE|INTERMINISTERIEL|OUI)\b'), false)
        as is_pooled_already,
    -- degré de mutualisation: 4 national, 3 interrégional, 2 PFRA, 1 groupement, 0 none; null: pooled, by whom is not said
    case
        when p.supplier_siren = '776056467' or regexp_matches(plain(p.vehicle), '\b(UGAP|DAE|RESAH|UNIHA|INTERMINISTERIEL|NATIONAL)\b') then 4
        when regexp_matches(plain(p.vehicle), '\bINTER ?REGIONAL') then 3
        when regexp_matches(plain(p.vehicle), '\b(PFRA|SGAR)\b') then 2
        when regexp_matches(plain(p.vehicle), '\bGROUPEMENT\b') or (p.object ilike '%groupement de commande%') then 1
        when regexp_matches(plain(p.vehicle), '\b(CENTRALE|OUI)\b') then null
        else 0
    end::tinyint as pooling_level,
    coalesce(regexp_matches(p.social_text, '(?i)clause|crit|réserv'), false) as social_clause,
    coalesce(regexp_matches(p.green_text, '(?i)clause|crit'), false) as green_clause,
    p.unit, p.quantity, coalesce(p.unit_price_eur, p.amount_eur::double / nullif(p.quantity, 0)) as unit_price_eur, p.item,
    p.n_suppliers
from located as p
join file as f using (file_no)
left join supplier as s using (supplier_key)
left join category as c using (cpv_code)
left join ref_label as lb on p.cpv_code is null and lb.label = plain(p.category_label)
left join ref_commune as cm on cm.commune_code = p.commune_code
left join ref_department as dp on dp.department_code = p.department_code
left join ref_region as rg on p.department_code is null and rg.alias = plain(p.buyer_region_text)
