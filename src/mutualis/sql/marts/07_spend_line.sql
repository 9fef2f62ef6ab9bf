-- grain: one contract or payment line, and where it stands in the table (line_no): the fewest blocks are read to find it again; unit: EUR excl. VAT; source: spend_fact
create or replace view spend_line as
select rowid as line_no, *
from spend_fact
