-- grain: one value; unit: day, null when it is none of these; source: home-made files, spreadsheets
create or replace macro unusual_date(t) as (
    case
        when not regexp_matches(t, '[0-9]') then null
        when regexp_matches(t, '^(19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}') then try_cast(left(t, 10) as date)
        when regexp_matches(t, '^\d{1,2}/\d{1,2}/\d{4}') then try_strptime(regexp_extract(t, '^[\d/]+'), '%d/%m/%Y')
        when regexp_matches(t, '^\d{1,2}[/.-]\d{1,2}[/.-]\d{2}( .*)?$') then try_strptime(translate(regexp_extract(t, '^[^ ]+'), '.-', '//'), '%d/%m/%y')
        when regexp_matches(t, '^\d{8}$') then try_strptime(t, '%Y%m%d')
        when regexp_matches(t, '^(19|20)\d{2}(\.0)?$') then try_strptime(left(t, 4), '%Y')
        when regexp_matches(t, '^\d{1,2}/\d{4}$') then try_strptime(t, '%m/%Y')
        when regexp_matches(t, '^\d{4}-\d{2}$') then try_strptime(t, '%Y-%m')
        -- a spreadsheet's serial day
        when regexp_matches(t, '^[3-6]\d{4}(\.\d+)?$') then timestamp '1899-12-30' + to_days(left(t, 5)::integer)
        when regexp_matches(t, '[[:alpha:]é][. -]+\d{2,4}$') then try_strptime(french_month(t), ['%d/%m/%y', '%d/%m/%Y'])
    end::date
)
