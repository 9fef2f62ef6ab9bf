-- grain: one row of perimeter, without the words that stand beside its figures: what totals read; unit: EUR excl. VAT; source: spend_line
create or replace macro perimeter_facts(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
from perimeter_of(
    'spend_line', grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
)
