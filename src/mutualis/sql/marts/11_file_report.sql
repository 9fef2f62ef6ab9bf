-- grain: one file; unit: records; source: record, file
create or replace table file_report as
select
    f.file_no, f.file_name, f.kind, f.rows_read,
    count(*) filter (where r.status = 'kept') as rows_kept,
    count(*) filter (where r.status = 'quarantined') as rows_quarantined,
    count(*) filter (where r.status = 'merged') as rows_merged,
    f.replacement_characters
from file as f
left join record as r using (file_no)
group by all
