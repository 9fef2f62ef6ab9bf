-- grain: one file, outcome and reason; unit: records; source: status, record
create or replace temp table outcome as
select file_no, status, reason, count(*) as n_records from record group by all
union all
select file_no, 'kept', null, count(distinct row_no) from status where status = 'kept' group by file_no
