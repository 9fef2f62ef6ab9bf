-- grain: one place as found with its kind; unit: département and commune codes; source: found_buyer, found_supplier, ref_place
create or replace temp table place as
with found as (
    select buyer_department_code as found_place, '' as kind from found_buyer
    union
    select supplier_department_code, '' from found_supplier
    union
    select place_code, coalesce(plain(place_type), '') from found_buyer
),
read as (
    select
        found_place,
        kind,
        plain(found_place) as words,
        regexp_extract(found_place, '(?:^|[^0-9])(\d{5})(?:[^0-9]|$)', 1) as five,
        -- « 21 », « 21 - Côte-d'Or », « Côte-d'Or (21) »
        regexp_extract(upper(found_place), '^(\d{1,3}|2[AB])(?:$|[ -])', 1)
            || regexp_extract(upper(found_place), '\D\((\d{2,3}|2[AB])\)$', 1) as short_code
    from found
    where found_place is not null
),
code as (
    select
        found_place,
        kind,
        words,
        -- four digits are a postcode that lost its zero
        case when five <> '' then five when regexp_matches(found_place, '^\d{4}$') then '0' || found_place end as postcode,
        nullif(short_code, '') as short_code
    from read
)
select
    c.found_place,
    c.kind,
    case when c.kind not in ('CODE REGION', 'CODE PAYS') then coalesce(
        by_name.department_code,
        by_code.department_code,
        case
            when postcode like '200%' or postcode like '201%' then '2A'
            when postcode like '202%' or postcode like '206%' then '2B'
            when postcode like '97%' or postcode like '98%' then left(postcode, 3)
            when left(postcode, 2) between '01' and '95' then left(postcode, 2)
            when regexp_matches(upper(c.found_place), '^2[AB]\d{3}$') then upper(left(c.found_place, 2))
        end
    ) end as department_code
from code as c
left join ref_place as by_name on by_name.alias = c.words
left join ref_place as by_code on by_code.alias = lpad(c.short_code, 2, '0')
