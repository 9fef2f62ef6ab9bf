-- grain: one file whose kept records do not make one spend row each; unit: rows; source: file_report, spend_fact
-- Several rows of one record are its co-contractors or its modifications: a contract, or a lot, has a record of its own.
with spent as (select file_no, count(*) as n_spend from spend_fact group by file_no)
select file_no, file_name, rows_kept, n_spend from file_report left join spent using (file_no) where coalesce(n_spend, 0) <> rows_kept
