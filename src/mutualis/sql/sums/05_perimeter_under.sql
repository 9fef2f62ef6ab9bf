-- grain: one row of perimeter_sums, of what is counted under a threshold (null: everything); unit: EUR excl. VAT; source: spend_sum, spend_unit
-- The usual thresholds are those of size_class; under another, lines are read.
create or replace macro perimeter_under(
    threshold, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select *
from perimeter_sums(grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on)
where threshold is null or (is_counted and size_class < list_position([1000.0, 5000, 10000, 25000, 40000]::double[], threshold::double))
union all by name
select *
from perimeter_of(
    'spend_unit', grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
)
where list_position([1000.0, 5000, 10000, 25000, 40000]::double[], threshold::double) is null and is_counted and amount_eur < threshold
