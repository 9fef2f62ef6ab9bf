-- grain: one nature of data, segment today, segment of their CPV codes ('-': none) and segment to be, of the lines of a CPV code or a supplier; unit: EUR excl. VAT, rows; source: spend_sum, spend_deal, segment_rule
-- As sql/classification would do with one more move, to $after ($after null: as they are).
with rule as (
    select kind, code, within, segment from segment_rule
    where $after is null or (kind, code, within) <> ($kind, $code, $within)
    union all
    select $kind, $code, $within, $after where $after is not null
),
line as (
    select f.grain, f.supplier_key, f.segment, f.n_rows, if(f.is_counted, f.amount_eur, null) as eur, coalesce(c.segment, d.indicative_segment, '-') as origin
    from spend_sum as f
    join spend_deal as d using (deal_no)
    left join rule as c on c.kind = 'cpv' and c.code = d.cpv_code
    where case $kind when 'cpv' then d.cpv_code = $code else f.supplier_key = $code end
)
select
    l.grain, l.segment, l.origin, coalesce(w.segment, s.segment, nullif(l.origin, '-')) as next_segment,
    sum(l.n_rows)::bigint as n_rows, coalesce(sum(l.eur), 0) as spend_eur
from line as l
left join rule as s on s.kind = 'supplier' and s.code = l.supplier_key and s.within = ''
left join rule as w on w.kind = 'supplier' and w.code = l.supplier_key and w.within = l.origin
group by l.grain, l.segment, l.origin, next_segment
order by l.grain, spend_eur desc, l.segment, l.origin, next_segment
