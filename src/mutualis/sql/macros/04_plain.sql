-- grain: one value; unit: capitals without accent nor punctuation, to compare names and objects
create or replace macro plain(t) as (trim(regexp_replace(upper(strip_accents(t)), '[^A-Z0-9]+', ' ', 'g')))
