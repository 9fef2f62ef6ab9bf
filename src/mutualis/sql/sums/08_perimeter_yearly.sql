-- grain: one counted row of perimeter_sums within the yearly window, what has no date too; unit: as spend_unit, and per_year, what brings a sum to a year; source: spend_sum, spend_unit
-- What is before the window, or after the data's date, is not divided by it.
create or replace macro perimeter_yearly(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select s.*, w.per_year
from perimeter_sums(grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on) as s
cross join yearly_window(grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on) as w
where s.is_counted and (s.year is null or s.year between w.first_year and w.last_year)
