-- grain: one grain, region and département; unit: EUR excl. VAT, rows; source: spend_sum
select
    grain, buyer_region_code, buyer_department_code, sum(n_rows)::bigint as n_rows,
    coalesce(sum(n_rows) filter (where is_counted), 0)::bigint as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur,
    coalesce(sum(n_rows) filter (where is_ceiling and amount_flag = 'ok'), 0)::bigint as n_ceilings,
    coalesce(sum(amount_eur) filter (where is_ceiling and amount_flag = 'ok'), 0) as ceilings_eur,
    coalesce(sum(n_rows) filter (where amount_flag <> 'ok'), 0)::bigint as n_flagged
from spend_sum
group by all
order by all
