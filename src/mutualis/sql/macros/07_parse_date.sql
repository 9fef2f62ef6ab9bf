-- grain: one value; unit: day, null outside 1990-2100 (year 0218 is not repaired); source: DECP and home-made exports
create or replace macro parse_date(t) as (
    case
        when t is null then null
        else nullif(
            greatest(
                coalesce(
                    -- « 3/2/23 » is not a day of the year 3, nor of the year 23
                    nullif(
                        greatest(
                            coalesce(
                                try_cast(left(t, 10) as date),
                                try_strptime(left(t, 10), ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y', '%Y/%m/%d'])::date
                            ),
                            date '0099-12-31'
                        ),
                        date '0099-12-31'
                    ),
                    try_strptime(regexp_extract(t, '^\d{1,2}/\d{1,2}/\d{4}'), '%d/%m/%Y')::date,
                    try_strptime(translate(regexp_extract(t, '^\d{1,2}([/.-])\d{1,2}[/.-]\d{2}$'), '.-', '//'), '%d/%m/%y')::date,
                    try_strptime(regexp_extract(t, '^\d{8}$'), '%Y%m%d')::date,
                    try_strptime(regexp_extract(t, '^(19|20)\d{2}$'), '%Y')::date,
                    try_strptime(regexp_extract(t, '^\d{1,2}/\d{4}$'), '%m/%Y')::date,
                    try_strptime(regexp_extract(t, '^\d{4}-\d{2}$'), '%Y-%m')::date,
                    -- a spreadsheet's serial day
                    date '1899-12-30' + try_cast(regexp_extract(t, '^([3-6]\d{4})(\.\d+)?$', 1) as integer),
                    try_strptime(french_month(t), ['%d/%m/%y', '%d/%m/%Y'])::date
                ),
                date '1989-12-31'
            ),
            date '1989-12-31'
        )
    end
)
