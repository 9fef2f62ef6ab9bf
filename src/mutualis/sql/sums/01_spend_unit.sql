-- grain: one contract or payment line, as spend_sum adds it up; unit: EUR excl. VAT, rows, months, units; source: spend_fact
create or replace view spend_unit as
select
    grain, year(notified_on)::smallint as year, date_trunc('quarter', ends_on)::date as end_quarter_on,
    buyer_no, buyer_key, buyer_type, buyer_commune_code, buyer_epci_code, buyer_department_code, buyer_region_code,
    supplier_no, supplier_key, supplier_size, supplier_department_code, deal_no, family, segment, item,
    is_counted, is_ceiling, amount_flag, is_pooled_already, pooling_level,
    -- how many it reaches of 1, 5, 10, 25 and 40 k€
    (amount_eur >= 1000)::tinyint + (amount_eur >= 5000)::tinyint + (amount_eur >= 10000)::tinyint
        + (amount_eur >= 25000)::tinyint + (amount_eur >= 40000)::tinyint as size_class,
    1 as n_rows, amount_eur, annual_amount_eur,
    (duration_months is not null)::integer as n_durations, duration_months,
    -- what has a price: an item, in a known quantity
    (item is not null and quantity > 0 and amount_eur > 0)::integer as n_priced,
    case when n_priced = 1 then amount_eur end as priced_eur, case when n_priced = 1 then quantity end as priced_quantity,
    notified_on, notified_on as last_on
from spend_fact
