-- grain: one file whose records read are not kept + quarantined + merged; unit: records; source: file_report
select * from file_report where rows_read <> rows_kept + rows_quarantined + rows_merged
