-- grain: one month of the perimeter; unit: EUR excl. VAT, rows; source: spend_fact
select
    date_trunc('month', notified_on)::date as month,
    coalesce(sum(amount_eur), 0) as spend_eur,
    count(*) as n_rows,
    count(distinct buyer_key) as n_buyers,
    count(distinct supplier_key) as n_suppliers,
    sum(amount_eur) filter (where supplier_size = 'PME')
        / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double as sme_share
from perimeter_facts(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where is_counted
group by all
order by month
