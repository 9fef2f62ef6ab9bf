-- grain: one row of spend_sum within a perimeter, and one line of each year that the perimeter cuts; unit: as spend_unit; source: spend_sum, spend_unit
-- What can be added up is read here: the same rows as perimeter_facts, far fewer of them, exact to the day.
create or replace macro perimeter_sums(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
select *
from perimeter_of(
    'spend_sum', grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, null, null
)
where
    (start_on is null or year > year(start_on::date - 1))
    and (end_on is null or year < year(end_on::date + 1))
union all by name
select *
from perimeter_of(
    'spend_unit', grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
)
where
    (start_on is not null and year(start_on::date) = year(start_on::date - 1) and notified_on < make_date(year(start_on::date) + 1, 1, 1))
    or (end_on is not null and year(end_on::date) = year(end_on::date + 1) and notified_on >= make_date(year(end_on::date), 1, 1))
