-- grain: one value; unit: EUR, null when not a number below 10^16; source: « 14 700,00 € », 1,234.56, 1.234,56, (120,00), 12 k€
create or replace macro parse_amount(t) as (
    coalesce(
        try_cast(t as decimal(18, 2)),
        case
            -- past 10^16, not a number to strip of its exponent; words are not numbers
            when t is null or regexp_matches(t, '^[0-9.,]+[eE][+-]?[0-9]+$') or not regexp_matches(t, '^[^A-Za-z]*[0-9]') then null
            else try_cast(
                case
                    -- the last separator met is the decimal one; a lone comma is French
                    when regexp_matches(t, ',.*\.') and not regexp_matches(t, '\..*,') then regexp_replace(t, '[^0-9.-]', '', 'g')
                    when contains(t, ',') and not regexp_matches(t, ',.*,')
                        then replace(regexp_replace(t, '[^0-9,-]', '', 'g'), ',', '.')
                    when regexp_matches(t, '\..*\.') or regexp_matches(t, ',.*,') then regexp_replace(t, '[^0-9-]', '', 'g')
                    else regexp_replace(t, '[^0-9.-]', '', 'g')
                end as decimal(18, 2)
            )
            * (case when t like '(%)' then -1 else 1 end)
            * (case when regexp_matches(t, '(?i)[0-9 ]k ?(€|eur)') then 1000 else 1 end)
        end
    )
)
