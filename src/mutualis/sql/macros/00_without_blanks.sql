-- grain: one value; unit: text without the blanks around it; source: spreadsheets, copied web forms
create or replace macro without_blanks(t) as (trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239)))
