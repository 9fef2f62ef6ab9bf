-- grain: one value; unit: EUR, null when not a number below 10^16; source: « 14 700,00 € », « 12 k€ »
create or replace macro parse_amount(t) as (
    coalesce(
        try_cast(t as decimal(18, 2)),
        try_cast(number_text(t) as decimal(18, 2)) * (case when regexp_matches(t, '(?i)[0-9 ]k ?(€|eur)') then 1000 else 1 end)
    )
)
