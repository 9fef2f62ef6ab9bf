-- grain: one file; unit: records; source: outcome, file
create or replace table file_report as
select
    f.file_no, f.file_name, f.kind, f.rows_read,
    coalesce(sum(n_records) filter (where o.status = 'kept'), 0)::bigint as rows_kept,
    coalesce(sum(n_records) filter (where o.status = 'quarantined'), 0)::bigint as rows_quarantined,
    coalesce(sum(n_records) filter (where o.status = 'merged'), 0)::bigint as rows_merged,
    f.replacement_characters
from file as f
left join outcome as o using (file_no)
group by all
