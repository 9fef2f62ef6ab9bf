-- grain: one file and reason; unit: records; source: record
create or replace table file_reason as
select file_no, reason, count(*) as n_records from record where reason is not null group by file_no, reason
