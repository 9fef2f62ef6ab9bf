-- grain: one value; unit: CPV code of 8 digits; source: Regulation (EC) 213/2008; divisions 03 and 09 lose their zero in spreadsheets
create or replace macro parse_cpv(t) as (
    case
        when t is null then null
        when regexp_matches(t, '^\d{8}$') then t
        when regexp_matches(t, '\d{8}') then regexp_extract(t, '\d{8}')
        when regexp_matches(t, '^[39]\d{6}(-\d)?$') then '0' || left(t, 7)
        when regexp_matches(t, '^\d{2,7}(-\d)?$') then rpad(regexp_extract(t, '^\d+'), 8, '0')
        else null
    end
)
