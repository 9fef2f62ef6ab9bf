-- grain: one value; unit: day as J/M/A, the first of the month when no day is said; source: « févr. 2023 », « lundi 4 février 2019 »
create or replace macro french_month(t) as (
    coalesce(nullif(regexp_extract(plain(t), '\b(\d{1,2})(?:ER)? [A-Z]+ \d+$', 1), ''), '1') || '/'
    || list_position(
        ['JAN', 'FEV', 'MAR', 'AVR', 'MAI', 'JUIN', 'JUIL', 'AOU', 'SEP', 'OCT', 'NOV', 'DEC'],
        regexp_extract(plain(t), '\b(JAN|FEV|MAR|AVR|MAI|JUIN|JUIL|AOU|SEP|OCT|NOV|DEC)[A-Z]* \d+$', 1)
    ) || '/' || regexp_extract(plain(t), '(\d{4}|\d{2})$')
)
