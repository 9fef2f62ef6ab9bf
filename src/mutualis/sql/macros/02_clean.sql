-- grain: one value; unit: text without blanks around it, null when nothing was said; source: macros without_blanks, said
create or replace macro clean(t) as (said(without_blanks(t)))
