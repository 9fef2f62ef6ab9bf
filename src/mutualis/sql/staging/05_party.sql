-- grain: one identifier as found, buyer's or supplier's; unit: SIRET (14) and SIREN (9) as text; source: found_buyer, found_supplier
create or replace temp table party as
with found as (
    select buyer_id as found_id from found_buyer
    union
    select supplier_id from found_supplier
),
written as (
    select
        found_id,
        -- a spreadsheet's 8.0268496900016E+13 has every figure; its 8,02685E+13 has lost them, for all firms that begin alike
        case when regexp_matches(found_id, '^[0-9][.,]?[0-9]*[eE]\+?[0-9]+$')
            then case when length(regexp_replace(found_id, '[eE].*|[.,]', '', 'g')) > 9
                then try_cast(try_cast(replace(found_id, ',', '.') as decimal(20, 0)) as varchar) else '' end
            else found_id
        end as text
    from found
    where found_id is not null
),
digits as (
    select
        found_id,
        regexp_replace(regexp_replace(text, '\.0+$', ''), '[^0-9]', '', 'g') as d,
        regexp_matches(found_id, '^[ ]*FR[ 0-9]+$') and length(regexp_replace(found_id, '[^0-9]', '', 'g')) = 11 as is_vat
    from written
),
padded as (
    select
        found_id, d,
        case
            when is_vat then right(d, 9)
            -- a spreadsheet ate the leading zeros: the Luhn key tells
            when length(d) in (12, 13) and luhn_sum(lpad(d, 14, '0')) % 10 = 0 then lpad(d, 14, '0')
            when length(d) = 8 and luhn_sum(lpad(d, 9, '0')) % 10 = 0 then lpad(d, 9, '0')
            when length(d) in (9, 14) and d <> repeat('0', length(d)) then d
        end as code
    from digits
)
select
    found_id,
    case when length(code) = 14 then code end as siret,
    left(code, 9) as siren,
    -- La Poste numbers its offices outside the Luhn rule
    coalesce(luhn_sum(code) % 10 = 0 or left(code, 9) = '356000000', false) as is_valid,
    coalesce(left(code, 9), 'id:' || plain(found_id)) as party_key,
    d <> '' as has_figures
from padded
