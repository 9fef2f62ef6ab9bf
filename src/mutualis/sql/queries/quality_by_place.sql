-- grain: one grain, region and département; unit: EUR excl. VAT, rows; source: spend_fact
select
    grain, buyer_region_code, buyer_department_code, count(*) as n_rows,
    count(*) filter (where is_counted) as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur,
    count(*) filter (where is_ceiling and amount_flag = 'ok') as n_ceilings,
    coalesce(sum(amount_eur) filter (where is_ceiling and amount_flag = 'ok'), 0) as ceilings_eur,
    count(*) filter (where amount_flag <> 'ok') as n_flagged
from spend_fact
group by all
order by all
