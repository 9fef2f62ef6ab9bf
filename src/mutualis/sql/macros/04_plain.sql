-- grain: one value; unit: capitals without accent nor punctuation; source: names and objects to compare
create or replace macro plain(t) as (trim(regexp_replace(upper(strip_accents(t)), '[^A-Z0-9]+', ' ', 'g')))
