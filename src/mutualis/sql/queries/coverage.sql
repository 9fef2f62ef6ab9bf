-- grain: one grain of data; unit: rows and shares of rows where a field is known, first and last day of what is counted; source: spend_fact
select
    grain, count(*) as n_rows, min(notified_on) filter (where is_counted) as first_on,
    max(notified_on) filter (where is_counted) as last_on,
    count(buyer_department_code) / count(*)::double as placed_share,
    count(family) / count(*)::double as classified_share,
    count(notified_on) / count(*)::double as dated_share,
    count(*) filter (where ends_on_is_known) / count(*)::double as ends_on_share,
    count(supplier_key) / count(*)::double as supplier_share,
    count(*) filter (where supplier_size <> 'inconnu') / count(*)::double as size_share,
    count(supplier_department_code) / count(*)::double as supplier_place_share,
    count(quantity) / count(*)::double as unit_price_share,
    count(object) / count(*)::double as object_share
from spend_fact
group by grain
order by grain
