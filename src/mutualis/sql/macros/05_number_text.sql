-- grain: one value; unit: text of a number with a point, '' when not a number; source: « 14 700,00 € », 1,234.56, 1.234,56, (120,00), 120,00-
create or replace macro number_text(t) as (
    case when t like '(%)' or regexp_matches(t, '^[^0-9]*[-−]|[0-9]\s?[-−]\s?(€|EUR)?$') then '-' else '' end || case
        -- the last separator met is the decimal one; a lone comma is French
        when regexp_matches(t, ',.*\.') and not regexp_matches(t, '\..*,') then regexp_replace(number_part(t), '[^0-9.]', '', 'g')
        when contains(t, ',') and not regexp_matches(t, ',.*,') then replace(regexp_replace(number_part(t), '[^0-9,]', '', 'g'), ',', '.')
        when regexp_matches(t, '\..*\.') or regexp_matches(t, ',.*,') then regexp_replace(number_part(t), '[^0-9]', '', 'g')
        else regexp_replace(number_part(t), '[^0-9.]', '', 'g')
    end
)
