-- grain: one row for the perimeter; unit: EUR excl. VAT, rows; source: spend_fact
with p as (
    from perimeter_facts(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
)
select
    count(*) as n_rows,
    count(*) filter (where is_counted) as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur,
    coalesce(sum(annual_amount_eur) filter (where is_counted), 0) as annual_spend_eur,
    count(distinct buyer_key) as n_buyers,
    count(distinct supplier_key) as n_suppliers,
    sum(amount_eur) filter (where is_counted and supplier_size = 'PME')
        / nullif(sum(amount_eur) filter (where is_counted and supplier_size <> 'inconnu'), 0)::double as sme_share,
    sum(amount_eur) filter (where is_counted and supplier_size <> 'inconnu')
        / nullif(sum(amount_eur) filter (where is_counted), 0)::double as size_known_share,
    count(*) filter (where is_counted and amount_eur < 25000) as n_below_25k,
    coalesce(sum(amount_eur) filter (where is_counted and amount_eur < 25000), 0) as spend_below_25k_eur,
    count(*) filter (where is_counted and amount_eur < 40000) as n_below_40k,
    coalesce(sum(amount_eur) filter (where is_counted and amount_eur < 40000), 0) as spend_below_40k_eur,
    coalesce(sum(amount_eur) filter (where is_counted and is_pooled_already), 0) as pooled_spend_eur,
    count(*) filter (where is_ceiling and amount_flag = 'ok') as n_ceilings,
    coalesce(sum(amount_eur) filter (where is_ceiling and amount_flag = 'ok'), 0) as ceilings_eur,
    count(*) filter (where amount_flag <> 'ok') as n_flagged,
    count(*) filter (where buyer_department_code is null) as n_unplaced,
    count(*) filter (where family is null) as n_unclassified,
    coalesce(sum(amount_eur) filter (where is_counted and family is null), 0) as unclassified_eur,
    min(notified_on) as first_on,
    max(notified_on) as last_on
from p
