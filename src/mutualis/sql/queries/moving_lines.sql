-- grain: one nature of data and segment of a CPV code's or a supplier's lines, all perimeters together; unit: EUR excl. VAT, rows; source: spend_fact, spend_deal
select f.grain, f.segment, count(*) as n_rows, sum(f.amount_eur) filter (where f.is_counted) as spend_eur
from spend_fact as f
join spend_deal as d using (deal_no)
where case $kind when 'cpv' then d.cpv_code = $code else f.supplier_key = $code end
group by f.grain, f.segment
order by f.grain, spend_eur desc nulls last, f.segment
