-- grain: one record set aside; unit: text as found; source: quarantine
select file_name, row_no, column_name, value, reason, label, remedy from quarantine order by file_name, row_no
