-- grain: one row for the perimeter; unit: contracts, EUR/year excl. VAT of what is counted as spend; source: spend_fact
with by_day as (
    select
        ends_on,
        count(*) as n,
        count(*) filter (where is_ceiling) as n_ceilings,
        sum(annual_amount_eur) filter (where is_counted) as eur,
        sum(amount_eur) filter (where is_counted) as whole_eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    group by ends_on
)
select
    coalesce(sum(n), 0) as n_contracts,
    coalesce(sum(n_ceilings), 0) as n_ceilings,
    coalesce(sum(n) filter (where ends_on >= $as_of and ends_on < $as_of + interval 6 month), 0) as n_6,
    coalesce(sum(eur) filter (where ends_on >= $as_of and ends_on < $as_of + interval 6 month), 0) as annual_6_eur,
    coalesce(sum(n) filter (where ends_on >= $as_of and ends_on < $as_of + interval 12 month), 0) as n_12,
    coalesce(sum(eur) filter (where ends_on >= $as_of and ends_on < $as_of + interval 12 month), 0) as annual_12_eur,
    coalesce(sum(n) filter (where ends_on >= $as_of and ends_on < $as_of + interval 24 month), 0) as n_24,
    coalesce(sum(eur) filter (where ends_on >= $as_of and ends_on < $as_of + interval 24 month), 0) as annual_24_eur,
    coalesce(sum(n) filter (where ends_on < $as_of), 0) as n_over,
    coalesce(sum(n) filter (where ends_on < $as_of and ends_on >= $as_of - interval 12 month), 0) as n_over_lately,
    -- amounts per year of contracts that followed one another do not add up: of the last ones alone
    coalesce(sum(eur) filter (where ends_on < $as_of and ends_on >= $as_of - interval 12 month), 0) as annual_over_lately_eur,
    coalesce(sum(n) filter (where ends_on is null), 0) as n_unknown,
    -- of an unknown duration there is no amount per year
    coalesce(sum(whole_eur) filter (where ends_on is null), 0) as unknown_eur
from by_day
