-- grain: one record set aside; unit: text as found; source: status, reject, line
create or replace table quarantine as
with aside as (
    select s.file_no, s.row_no, arg_min(s.reason, line_id) as reason, min(line_id) as line_id
    from status as s
    semi join (select file_no, row_no from status where status = 'quarantined') as q using (file_no, row_no)
    group by s.file_no, s.row_no
    having bool_and(s.status = 'quarantined')
    union all
    select file_no, row_no, reason, null from reject
)
select
    f.file_name, a.row_no, coalesce(x.column_name, nullif(r.column_name, '')) as column_name,
    coalesce(
        x.value,
        case r.column_name
            when 'amount' then raw.amount
            when 'buyer_id' then raw.buyer_id
            when 'buyer_name' then raw.buyer_name
            when 'nature' then raw.nature
        end
    ) as value,
    a.reason, r.label, r.remedy, l.amount_eur, raw.object
from aside as a
join file as f using (file_no)
left join ref_reason as r on r.code = a.reason
left join line as l using (line_id)
left join raw on raw.rowid = a.line_id
left join reject as x on a.line_id is null and x.file_no = a.file_no and x.row_no = a.row_no
order by f.file_no, a.row_no
