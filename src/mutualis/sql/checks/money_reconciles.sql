-- grain: one file whose kept amounts differ from its spend rows, to the cent; unit: EUR; source: line, status, spend
with kept as (
    select l.file_no, sum(l.amount_eur) as kept_eur
    from line as l
    join status as s on s.line_id = l.line_id and s.status = 'kept'
    group by l.file_no
),
spent as (select file_no, sum(amount_eur) as spend_eur from spend group by file_no)
select * from kept full join spent using (file_no) where kept_eur is distinct from spend_eur
