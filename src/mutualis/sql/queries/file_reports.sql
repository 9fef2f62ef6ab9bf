-- grain: one source file; unit: records; source: file_report, file_reason
select
    f.file_name, f.kind, f.rows_read, f.rows_kept, f.rows_quarantined, f.rows_merged, f.replacement_characters,
    coalesce(
        (select list((r.reason, r.n_records) order by r.n_records desc) from file_reason as r where r.file_no = f.file_no), []
    ) as reasons
from file_report as f
order by f.file_no
