-- grain: one value; unit: as written, all decimals kept; source: quantities, unit prices, durations
create or replace macro parse_number(t) as (coalesce(try_cast(t as double), try_cast(number_text(t) as double)))
