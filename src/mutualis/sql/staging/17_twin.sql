-- grain: one contract that another file already brought under another number; unit: line kept for it, whether it is a framework's ceiling; source: line, version, verdict
create or replace temp table twin as
with current_line as (
    select
        l.line_id, l.file_no, l.is_ceiling,
        hash(buyer_key, supplier_key, l.amount_eur, l.notified_on, left(plain(l.object), 20)) as likeness
    from line as l
    join line_buyer using (buyer_no)
    join line_supplier using (supplier_no)
    anti join verdict using (line_id)
    anti join (select line_id from version where version_rank > 1) as superseded using (line_id)
    where
        l.grain = 'contract' and l.amount_flag = 'ok' and supplier_key is not null
        and l.notified_on is not null and l.object is not null
        and (select count(*) > 1 from file)
),
first_file as (
    select likeness, min(file_no) as file_no, arg_min(line_id, file_no) as kept_line_id
    from current_line
    group by likeness
    having count(distinct file_no) > 1
)
select c.line_id, f.kept_line_id, c.is_ceiling
from current_line as c
join first_file as f on f.likeness = c.likeness and f.file_no < c.file_no
