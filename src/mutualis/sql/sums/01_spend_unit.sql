-- grain: one contract or payment line, as spend_sum adds it up; unit: EUR excl. VAT, rows, months, units; source: spend_fact
create or replace view spend_unit as
select
    grain, year(notified_on)::smallint as year, date_trunc('quarter', ends_on)::date as end_quarter_on,
    buyer_no, buyer_key, buyer_type, buyer_commune_code, buyer_epci_code, buyer_department_code, buyer_region_code,
    supplier_no, supplier_key, supplier_size, supplier_department_code, deal_no, family, segment, item,
    is_counted, is_ceiling, amount_flag, is_pooled_already, pooling_level,
    1 as n_rows, amount_eur, annual_amount_eur,
    (amount_eur < 25000)::integer as n_below_25k, case when amount_eur < 25000 then amount_eur end as below_25k_eur,
    (amount_eur < 40000)::integer as n_below_40k, case when amount_eur < 40000 then amount_eur end as below_40k_eur,
    (duration_months is not null)::integer as n_durations, duration_months,
    -- what has a price: an item, in a known quantity
    (item is not null and quantity > 0 and amount_eur > 0)::integer as n_priced,
    case when n_priced = 1 then amount_eur end as priced_eur, case when n_priced = 1 then quantity end as priced_quantity,
    notified_on, notified_on as last_on
from spend_fact
