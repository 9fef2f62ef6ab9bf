-- grain: one row of a table of spend within a perimeter, flagged and ceiling rows included; unit: EUR excl. VAT; source: spend or spend_fact
-- list_position, asked once per distinct value of a block: list_contains would be compared with each row, three times as long
create or replace macro perimeter_of(
    source, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select *
from query_table(source)
where
    grain = grain_
    and (regions is null or list_position(regions, buyer_region_code) > 0)
    and (departments is null or list_position(departments, buyer_department_code) > 0)
    and (epcis is null or list_position(epcis, buyer_epci_code) > 0)
    and (communes is null or list_position(communes, buyer_commune_code) > 0)
    and (buyer_types is null or list_position(buyer_types, buyer_type) > 0)
    and (buyers is null or list_position(buyers, buyer_key) > 0)
    and (families is null or list_position(families, family) > 0)
    and (segments is null or list_position(segments, segment) > 0)
    and (suppliers is null or list_position(suppliers, supplier_key) > 0)
    and (start_on is null or notified_on >= start_on)
    and (end_on is null or notified_on <= end_on)
