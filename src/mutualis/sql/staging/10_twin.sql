-- grain: one contract that another file already brought under another number; unit: line kept for it; source: version, line
create or replace temp table twin as
with current_line as (
    select
        v.line_id, v.contract_key, v.file_no,
        hash(v.buyer_key, v.supplier_key, v.amount_eur, v.notified_on, left(plain(l.object), 20)) as likeness
    from version as v
    join line as l using (line_id)
    where
        v.version_rank = 1 and l.grain = 'contract' and l.amount_flag = 'ok' and v.supplier_key is not null
        and v.notified_on is not null and l.object is not null
        and (select count(distinct file_no) > 1 from raw)
),
first_file as (
    select likeness, min(file_no) as file_no, arg_min(line_id, file_no) as kept_line_id
    from current_line
    group by likeness
    having count(distinct file_no) > 1
)
select c.contract_key, f.kept_line_id
from current_line as c
join first_file as f on f.likeness = c.likeness and f.file_no < c.file_no
