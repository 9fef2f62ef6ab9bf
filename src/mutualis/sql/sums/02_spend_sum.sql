-- grain: one year, buyer, supplier, deal, item, quarter of end and standing of an amount; unit: as spend_unit, added up; source: spend_unit, spend_buyer, spend_supplier
-- The same entity buys the same thing from the same supplier again and again: what totals read is shorter than the facts.
create or replace table spend_sum as
with summed as (
    select
        grain, year, end_quarter_on, buyer_no, supplier_no, deal_no, family, segment, item,
        is_counted, is_ceiling, amount_flag, is_pooled_already, pooling_level,
        sum(n_rows)::bigint as n_rows, sum(amount_eur) as amount_eur, sum(annual_amount_eur) as annual_amount_eur,
        sum(n_below_25k)::bigint as n_below_25k, sum(below_25k_eur) as below_25k_eur,
        sum(n_below_40k)::bigint as n_below_40k, sum(below_40k_eur) as below_40k_eur,
        sum(n_durations)::bigint as n_durations, sum(duration_months) as duration_months,
        sum(n_priced)::bigint as n_priced, sum(priced_eur) as priced_eur, sum(priced_quantity) as priced_quantity,
        -- the first of its days, and the last
        min(notified_on) as notified_on, max(last_on) as last_on
    from spend_unit
    group by all
)
select
    s.*,
    b.buyer_key, b.buyer_type, b.buyer_commune_code, b.buyer_epci_code, b.buyer_department_code, b.buyer_region_code,
    p.supplier_key, p.supplier_size, p.supplier_department_code
from summed as s
join spend_buyer as b using (buyer_no)
join spend_supplier as p using (supplier_no)
