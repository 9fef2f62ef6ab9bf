-- grain: one length; unit: months, null when not a number; source: « 24 », « 24 mois », « 4 ans », « 90 jours »
create or replace macro parse_months(t) as (
    coalesce(
        try_cast(t as double),
        parse_number(t) * case
            when regexp_matches(t, '(?i)[0-9]\s?ans?\b') then 12
            when regexp_matches(t, '(?i)[0-9]\s?(j|jours?)\b') then 12 / 365
            when regexp_matches(t, '(?i)[0-9]\s?sem') then 12 / 52
            else 1
        end
    )
)
