-- grain: one value; unit: text of a number with a point, null when not a number; source: « 14 700,00 € », 1,234.56, 1.234,56, (120,00)
create or replace macro number_text(t) as (
    case
        -- 1.0e17 must not lose its exponent; words are not numbers
        when t is null or regexp_matches(t, '^[0-9.,]+[eE][+-]?[0-9]+$') or not regexp_matches(t, '^[^A-Za-z]*[0-9]') then null
        else (case when t like '(%)' then '-' else '' end) || case
            -- the last separator met is the decimal one; a lone comma is French
            when regexp_matches(t, ',.*\.') and not regexp_matches(t, '\..*,') then regexp_replace(t, '[^0-9.-]', '', 'g')
            when contains(t, ',') and not regexp_matches(t, ',.*,') then replace(regexp_replace(t, '[^0-9,-]', '', 'g'), ',', '.')
            when regexp_matches(t, '\..*\.') or regexp_matches(t, ',.*,') then regexp_replace(t, '[^0-9-]', '', 'g')
            else regexp_replace(t, '[^0-9.-]', '', 'g')
        end
    end
)
