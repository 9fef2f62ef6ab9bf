-- grain: one segment of the perimeter of a scenario; unit: shares, EUR/year excl. VAT; source: spend_sum
with cell as (
    select
        -- lines known by their family alone are a segment of their own
        coalesce(segment, family) as segment, family, supplier_key, buyer_key, supplier_size,
        sum(amount_eur) as amount_eur, sum(annual_amount_eur) as annual_amount_eur, sum(n_rows) as n_rows, any_value(per_year) as per_year
    from perimeter_yearly($grain, $regions, null, null, null, null, null, null, null, null, $start, $end)
    where family is not null
    group by all
),
known as (
    select coalesce(sum(amount_eur) filter (where supplier_size = 'PME'), 0) / nullif(sum(amount_eur), 0)::double as sme_share
    from cell
    where supplier_size <> 'inconnu'
),
-- what one buyer buys from one supplier stands for a contract where the data only has payments
deal as (
    select
        segment, supplier_key, sum(amount_eur)::double as eur,
        case $grain when 'contract' then sum(annual_amount_eur)::double else sum(amount_eur)::double * any_value(per_year) end as yearly_eur,
        case $grain when 'contract' then sum(n_rows) else 1 end as n_contracts
    from cell
    group by segment, supplier_key, buyer_key
),
supplier as (select segment, sum(eur) as eur from deal where supplier_key is not null group by segment, supplier_key having sum(eur) > 0),
concentration as (select segment, sum(eur * eur) / (sum(eur) * sum(eur)) as supplier_hhi from supplier group by segment),
contract as (select segment, sum(yearly_eur) / sum(n_contracts) as mean_contract_eur from deal group by segment)
select
    s.segment,
    any_value(s.family) as family,
    -- no SME is a share of 0: the perimeter's own stands only for a segment of which no size is known
    coalesce(
        coalesce(sum(amount_eur) filter (where supplier_size = 'PME'), 0) / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double,
        any_value(k.sme_share), 0
    ) as sme_share,
    greatest(coalesce(any_value(c.mean_contract_eur), 0), 0) as mean_contract_eur,
    coalesce(any_value(h.supplier_hhi), 0) as supplier_hhi
from cell as s
join contract as c using (segment)
left join concentration as h using (segment)
cross join known as k
group by s.segment
order by s.segment
