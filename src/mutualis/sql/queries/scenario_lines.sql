-- grain: one buyer, segment and quarter of end, in the perimeter of a scenario; unit: EUR/year excl. VAT (F1), quarters from the one after the data's date, years, procedures/year; source: spend_sum
select
    buyer_key,
    coalesce(segment, family) as segment,
    4 * (year(end_quarter_on) - year(as_of)) + quarter(end_quarter_on) - quarter(as_of) - 1 as end_quarter,
    sum(amount_eur)::double * any_value(per_year) as spend_eur,
    -- credit notes may outweigh one of the parts
    least(greatest(coalesce(sum(amount_eur) filter (where not is_pooled_already) / nullif(sum(amount_eur), 0)::double, 0), 0), 1) as addressable,
    -- of a contract of unknown duration: the legal four years of a framework; a payment binds no one
    coalesce(sum(duration_months) / nullif(sum(n_durations), 0) / 12, case grain when 'contract' then 4 else 1 end) as duration_years,
    coalesce(sum(n_rows) filter (where grain = 'contract' and not is_pooled_already), 0)::bigint * any_value(per_year) as procedures_per_year
from perimeter_yearly($grain, $regions, null, null, null, null, null, null, null, null, $start, $end)
cross join dataset
where family is not null
group by buyer_key, coalesce(segment, family), end_quarter, grain
having sum(amount_eur) > 0
order by segment, buyer_key, end_quarter
