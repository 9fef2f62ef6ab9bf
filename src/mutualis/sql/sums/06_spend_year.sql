-- grain: one year of a nature of data; unit: whether it holds a hundredth of the counted purchases; source: spend_sum_fact
create or replace table spend_year as
select grain, year, sum(n_rows) >= 0.01 * sum(sum(n_rows)) over (partition by grain) as is_held
from spend_sum_fact
where is_counted and year is not null
group by grain, year
