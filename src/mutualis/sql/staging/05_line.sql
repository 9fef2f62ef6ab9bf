-- grain: one raw row, typed; unit: EUR excl. VAT, days, months; source: cleaned, party, place, known_procedure
create or replace temp table line as
with typed as (
    select
        *,
        parse_amount(amount) as amount_eur,
        parse_date(notified_on) as notified_day,
        parse_date(published_on) as published_day,
        parse_date(ends_on) as end_day,
        round(abs(parse_number(duration_months))) as n_months,
        plain(nature) as nature_plain,
        coalesce(upper(techniques), '') as techniques_upper,
        coalesce(plain(place_type), '') as place_kind
    from cleaned
)
select
    line_id, file_no, row_no, t.grain, contract_id, try_cast(modification_id as integer) as modification_no,
    b.siret as buyer_siret, b.siren as buyer_siren, coalesce(b.is_valid, false) as buyer_id_is_valid,
    coalesce(b.party_key, 'nom:' || plain(buyer_name)) as buyer_key, buyer_name, buyer_type as buyer_type_text, ministry,
    buyer_commune_code, buyer_region_code as buyer_region_text,
    coalesce(bp.department_code, left(buyer_commune_code, case when buyer_commune_code like '97%' then 3 else 2 end))
        as buyer_department_code,
    ep.department_code as execution_department_code,
    s.siret as supplier_siret, s.siren as supplier_siren,
    coalesce(s.party_key, 'nom:' || plain(supplier_name)) as supplier_key, supplier_name, upper(supplier_size) as supplier_size_text,
    coalesce(sp.department_code, left(supplier_commune_code, case when supplier_commune_code like '97%' then 3 else 2 end))
        as supplier_department_code,
    parse_cpv(cpv_code) as cpv_code, category_label, object,
    amount_eur, amount_flag(amount_eur, amount, t.grain) as amount_flag,
    case when notified_day <= $as_of + interval 1 year then notified_day end as notified_on,
    case when published_day <= $as_of + interval 1 year then published_day end as published_on,
    notified_on is not null as has_date_text,
    case when n_months between 1 and 240 then n_months end as duration_months,
    end_day as ends_on,
    nature_plain, nature, pr.procedure,
    coalesce(nature_plain like 'ACCORD CADRE%' or techniques_upper like '%ACCORD-CADRE%', false) as is_framework,
    coalesce(nature_plain = 'MARCHE SUBSEQUENT', false) or framework_id is not null as is_call_off,
    vehicle, try_cast(offers_received as integer) as offers_received, lot,
    social_clause as social_text, green_clause as green_text,
    parse_number(quantity) as quantity, unit, parse_number(unit_price) as unit_price_eur, item
from typed as t
left join party as b on b.found_id = buyer_id
left join party as s on s.found_id = supplier_id
left join place as bp on bp.found_place = t.buyer_department_code and bp.kind = ''
left join place as sp on sp.found_place = t.supplier_department_code and sp.kind = ''
left join known_procedure as pr on pr.found_procedure = t.procedure
left join place as ep on ep.found_place = t.place_code and ep.kind = place_kind
