-- grain: one file and reason; unit: records; source: outcome
create or replace table file_reason as
select file_no, reason, sum(n_records)::bigint as n_records from outcome where reason is not null group by file_no, reason
