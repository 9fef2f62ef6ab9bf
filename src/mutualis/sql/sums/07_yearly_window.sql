-- grain: one row, the days over which what a perimeter buys is brought to a year (F1); unit: days, times a year; source: spend_sum, spend_year, dataset
-- The period chosen; else from the first purchase of the first year that holds a hundredth of the purchases, to the data's
-- date: one row dated 1995 must not stretch the window by thirty years (docs/adr/0009-annee.md).
create or replace macro yearly_window(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
with bought as (
    select year, min(notified_on) as first_on, sum(n_rows) >= 0.01 * sum(sum(n_rows)) over () as is_held
    from perimeter_sums(grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on)
    where is_counted and year is not null and start_on is null
    group by year
),
span as (
    select
        -- fewer than a hundred purchases cannot tell a stray one: all those of the data do
        coalesce(start_on::date, min(first_on) filter (where b.is_held and k.is_held), min(first_on) filter (where b.is_held)) as starts_on,
        (select least(coalesce(end_on::date, as_of), as_of) from dataset) as ends_on
    from bought as b
    join spend_year as k on k.grain = grain_ and k.year = b.year
)
select
    starts_on, ends_on, year(starts_on) as first_year, year(ends_on) as last_year,
    -- without any date there is no window: what is known is taken for a year's
    case when starts_on is not null then greatest(date_diff('day', starts_on, ends_on) + 1, 1) end as days, coalesce(365.25::double / days, 1) as per_year
from span
