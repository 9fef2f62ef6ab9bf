-- grain: one row of a table of spend within a perimeter, flagged and ceiling rows included; unit: EUR excl. VAT; source: spend or spend_fact
create or replace macro perimeter_of(
    source, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select *
from query_table(source)
where
    grain = grain_
    and (regions is null or buyer_region_code = any(regions))
    and (departments is null or buyer_department_code = any(departments))
    and (epcis is null or buyer_epci_code = any(epcis))
    and (communes is null or buyer_commune_code = any(communes))
    and (buyer_types is null or buyer_type = any(buyer_types))
    and (buyers is null or buyer_key = any(buyers))
    and (families is null or family = any(families))
    and (segments is null or segment = any(segments))
    and (suppliers is null or supplier_key = any(suppliers))
    and (start_on is null or notified_on >= start_on)
    and (end_on is null or notified_on <= end_on)
