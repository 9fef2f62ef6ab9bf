-- grain: one counted contract or payment line of one supplier, those with a price first, then the largest; unit: EUR excl. VAT, EUR/month, EUR/unit; source: spend
select
    buyer_key, buyer_name, buyer_department_code, object, segment, item, unit, quantity, unit_price_eur, amount_eur::double as amount_eur,
    duration_months, amount_eur::double / nullif(duration_months, 0) as monthly_eur, notified_on, ends_on
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted and supplier_key = $supplier
order by unit_price_eur is null and duration_months is null, amount_eur desc, spend_id
limit $limit
