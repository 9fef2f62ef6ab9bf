-- grain: one source record of which nothing is kept; unit: merged or quarantined, with the reason; source: status, reject
create or replace temp view record as
with aside as (
    from status where status <> 'kept'
)
select
    file_no, row_no, case when bool_and(status = 'quarantined') then 'quarantined' else 'merged' end as status,
    case when bool_and(status = 'quarantined') then arg_min(reason, line_id) else min(reason) filter (where status = 'merged') end as reason
from aside
anti join (select file_no, row_no from status where status = 'kept') as kept using (file_no, row_no)
group by file_no, row_no
union all
select file_no, row_no, 'quarantined', reason from reject
