-- grain: one row of a table of spend within a perimeter, flagged and ceiling rows included; unit: EUR excl. VAT; source: spend or spend_fact
create or replace macro perimeter_of(
    source, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select *
from query_table(source)
where
    grain = grain_
    and (regions is null or list_contains(regions, buyer_region_code))
    and (departments is null or list_contains(departments, buyer_department_code))
    and (epcis is null or list_contains(epcis, buyer_epci_code))
    and (communes is null or list_contains(communes, buyer_commune_code))
    and (buyer_types is null or list_contains(buyer_types, buyer_type))
    and (buyers is null or list_contains(buyers, buyer_key))
    and (families is null or list_contains(families, family))
    and (segments is null or list_contains(segments, segment))
    and (suppliers is null or list_contains(suppliers, supplier_key))
    and (start_on is null or notified_on >= start_on)
    and (end_on is null or notified_on <= end_on)
