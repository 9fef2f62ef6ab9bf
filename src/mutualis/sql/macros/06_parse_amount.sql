-- grain: one value; unit: EUR, null when not a number below 10^16; source: « 14 700,00 € », « 12 k€ », « 1,2 M€ »
-- « 1.200 » is read here as 1,20: what the dot means is seen in its whole column, in staging/11_line_parted.
-- Written once: DuckDB works an expression written twice out for all rows, those that are plain numbers too.
create or replace macro parse_amount(t) as (
    coalesce(
        try_cast(t as decimal(18, 2)),
        try_cast(try_cast(number_text(t) as double) * amount_scale(t) as decimal(18, 2))
    )
)
