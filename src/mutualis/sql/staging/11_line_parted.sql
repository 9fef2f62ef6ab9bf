-- grain: one amount whose only mark stands before exactly three figures (« 1.200 », « 12,345 € »); unit: EUR; source: raw, file, line
-- Euros have two decimals: in a column where a mark always stands before three figures, it parts thousands. It is the decimal mark where some
-- amounts have finer decimals (1234.567, 0.200) or come from a program (45155.0); where others have cents (980.25), « 1.200 » may mean either: ambiguous, in no total.
create or replace temp table line_parted as
with written as (
    select raw.rowid as line_id, file_no, without_blanks(amount) as amount
    from raw
    join file using (file_no)
    where file.kind = 'generic' and (contains(amount, '.') or contains(amount, ','))
),
parted as (
    select *, case when contains(amount, '.') then '.' else ',' end as mark
    from written
    where regexp_matches(amount, '^[^0-9A-Za-z.,]*[1-9][0-9]{0,2}[.,][0-9]{3}[^0-9.,]*$') and amount_scale(amount) = 1
),
seen as (
    select file_no, mark, translate(amount, mark || case mark when '.' then ',' else '.' end, '.#') as amount
    from written
    join (select distinct file_no, mark from parted) using (file_no)
),
usage as (
    select
        file_no, mark,
        bool_or(regexp_matches(amount, '(^|[^0-9])0\.[0-9]{3}|[0-9]{4}\.[0-9]{3}|[\s\x{a0}\x{202f}][0-9]{3}\.[0-9]{3}|\.[0-9]{4}|\.0$')) as is_fine,
        bool_or(regexp_matches(amount, '^[^.]*\.[0-9]{1,2}[^0-9.]*$')) as has_cents
    from seen
    group by file_no, mark
)
select line_id, has_cents as is_ambiguous, parse_amount(replace(amount, mark, '')) as amount_eur, line.grain
from parted
join usage using (file_no, mark)
join line using (line_id)
where not is_fine
