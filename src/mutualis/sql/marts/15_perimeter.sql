-- grain: one contract or payment line of a perimeter, flagged and ceiling rows included; unit: EUR excl. VAT; source: spend
create or replace macro perimeter(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
from perimeter_of(
    'spend', grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
)
