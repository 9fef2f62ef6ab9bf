-- grain: one way rows name a buyer and a place of execution; unit: codes and text on one line; source: found_buyer, party, place
create or replace temp table line_buyer as
select
    row_number() over (order by buyer_words)::integer as buyer_no, buyer_words,
    b.siret as buyer_siret, b.siren as buyer_siren,
    -- « NON DISPONIBLE » or a SIRET that a spreadsheet rounded would make one firm of all those that carry it
    coalesce(case when b.has_figures then b.party_key end, 'nom:' || plain(one_line(buyer_name)), b.party_key) as buyer_key,
    one_line(buyer_name) as buyer_name,
    buyer_type as buyer_type_text, ministry, buyer_commune_code, buyer_region_code as buyer_region_text,
    coalesce(
        bp.department_code,
        case when regexp_matches(buyer_commune_code, '^[0-9][0-9AB][0-9]{3}$')
            then left(buyer_commune_code, case when buyer_commune_code like '97%' then 3 else 2 end) end
    ) as buyer_department_code,
    ep.department_code as execution_department_code,
    -- a platform's own trials, left in the flow: a test name and an invented SIRET, or its publisher, who is no public buyer
    (not coalesce(b.is_valid, false) and regexp_matches(plain(one_line(buyer_name)), '^(ESSENTIEL|.*\b(TEST|TESTS|RECETTE|DEMO)\b.*)$'))
        or coalesce(regexp_matches(plain(one_line(buyer_name)), '\bATEXO\b'), false) as is_test_buyer
from found_buyer as c
left join party as b on b.found_id = buyer_id
left join place as bp on bp.found_place = c.buyer_department_code and bp.kind = ''
left join place as ep on ep.found_place = c.place_code and ep.kind = coalesce(plain(place_type), '')
