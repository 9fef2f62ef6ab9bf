-- grain: one nature of data, year and segment whose sums are not those of its lines, to the cent; unit: EUR, rows; source: spend_sum_fact, spend_fact
with added as (
    select
        grain, year, segment, is_counted, sum(n_rows) as n_rows, sum(amount_eur) as amount_eur, sum(annual_amount_eur) as annual_amount_eur
    from spend_sum_fact
    group by all
),
found as (
    select
        grain, year(notified_on) as year, segment, is_counted, count(*) as n_rows, sum(amount_eur) as amount_eur,
        sum(annual_amount_eur) as annual_amount_eur
    from spend_fact
    group by all
)
(from added except all from found)
union all
(from found except all from added)
