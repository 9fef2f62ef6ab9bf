-- grain: one file, outcome and reason; unit: records; source: record
create or replace temp table outcome as
select file_no, status, reason, count(*) as n_records from record group by all
