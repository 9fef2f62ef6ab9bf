-- grain: one grain; unit: rows, EUR as found; source: spend_fact
select
    grain,
    count(*) filter (where amount_flag = 'absurd') as absurd,
    count(*) filter (where amount_flag = 'sentinel') as sentinel,
    count(*) filter (where amount_flag = 'zero') as zero,
    count(*) filter (where amount_flag = 'missing') as missing,
    count(*) filter (where amount_flag = 'ambiguous') as ambiguous,
    coalesce(sum(amount_eur) filter (where amount_flag <> 'ok'), 0) as flagged_eur,
    count(*) filter (where buyer_department_code is null) as unknown_places,
    count(*) filter (where family is null) as unknown_categories,
    count(*) filter (where not ends_on_is_known) as unknown_ends,
    count(*) filter (where date_flag in ('invalid', 'missing')) as unknown_dates,
    count(*) filter (where date_flag = 'from_publication') as dated_by_publication
from spend_fact
group by grain
order by grain
