-- grain: one year, buyer, supplier, deal, item, quarter of end, standing and size of an amount; unit: as spend_unit, added up; source: spend_unit
-- The same entity buys the same thing from the same supplier again and again: what totals read is shorter than the lines.
create or replace table spend_sum_fact as
select
    grain, year, end_quarter_on, buyer_no, supplier_no, deal_no, family, segment, item,
    is_counted, is_ceiling, amount_flag, is_pooled_already, pooling_level, size_class,
    sum(n_rows)::bigint as n_rows, sum(amount_eur) as amount_eur, sum(annual_amount_eur) as annual_amount_eur,
    sum(n_durations)::bigint as n_durations, sum(duration_months) as duration_months,
    sum(n_priced)::bigint as n_priced, sum(priced_eur) as priced_eur, sum(priced_quantity) as priced_quantity,
    -- the first of its days, and the last
    min(notified_on) as notified_on, max(last_on) as last_on
from spend_unit
group by all
