-- grain: one raw row; unit: text on one line, null where nothing was said; source: raw
-- A view: its values are read straight from the compressed raw rows, where a repeated text is cleaned once.
create or replace temp view cleaned as
with trimmed as (
    select rowid as line_id, file_no, row_no, grain, without_blanks(columns(* exclude (file_no, row_no, grain))) as "\0"
    from raw
),
told as (
    select line_id, file_no, row_no, grain, said(columns(* exclude (line_id, file_no, row_no, grain))) as "\0"
    from trimmed
)
select * replace (one_line(buyer_name) as buyer_name, one_line(supplier_name) as supplier_name, one_line(object) as object)
from told
