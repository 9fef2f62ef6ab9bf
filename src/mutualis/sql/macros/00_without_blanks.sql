-- grain: one value; unit: text without the blanks around it; source: spreadsheets, copied web forms
-- Most values begin and end with a plain character, and looking at two costs less than trimming.
create or replace macro without_blanks(t) as (
    case
        when t >= '!' and t < '~' and t[-1] between '!' and '~' then t
        else trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239))
    end
)
