-- grain: one source record; unit: kept, merged or quarantined; source: status, reject
create or replace temp view record as
select
    file_no, row_no,
    case when bool_or(status = 'kept') then 'kept' when bool_and(status = 'quarantined') then 'quarantined' else 'merged' end as status,
    case when bool_or(status = 'kept') then null when bool_and(status = 'quarantined') then arg_min(reason, line_id)
        else min(reason) filter (where status = 'merged') end as reason
from status
group by file_no, row_no
union all
select file_no, row_no, 'quarantined', reason from reject
