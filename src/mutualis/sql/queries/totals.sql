-- grain: one row for the perimeter; unit: EUR excl. VAT, rows; source: spend_sum
with p as (
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
)
select
    coalesce(sum(n_rows), 0)::bigint as n_rows,
    coalesce(sum(n_rows) filter (where is_counted), 0)::bigint as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur,
    coalesce(sum(annual_amount_eur) filter (where is_counted), 0) as annual_spend_eur,
    count(distinct buyer_key) as n_buyers,
    count(distinct supplier_key) as n_suppliers,
    sum(amount_eur) filter (where is_counted and supplier_size = 'PME')
        / nullif(sum(amount_eur) filter (where is_counted and supplier_size <> 'inconnu'), 0)::double as sme_share,
    sum(amount_eur) filter (where is_counted and supplier_size <> 'inconnu')
        / nullif(sum(amount_eur) filter (where is_counted), 0)::double as size_known_share,
    coalesce(sum(n_rows) filter (where is_counted and size_class < 4), 0)::bigint as n_below_25k,
    coalesce(sum(amount_eur) filter (where is_counted and size_class < 4), 0) as spend_below_25k_eur,
    coalesce(sum(n_rows) filter (where is_counted and size_class < 5), 0)::bigint as n_below_40k,
    coalesce(sum(amount_eur) filter (where is_counted and size_class < 5), 0) as spend_below_40k_eur,
    coalesce(sum(amount_eur) filter (where is_counted and is_pooled_already), 0) as pooled_spend_eur,
    coalesce(sum(n_rows) filter (where is_ceiling and amount_flag = 'ok'), 0)::bigint as n_ceilings,
    coalesce(sum(amount_eur) filter (where is_ceiling and amount_flag = 'ok'), 0) as ceilings_eur,
    coalesce(sum(n_rows) filter (where amount_flag <> 'ok'), 0)::bigint as n_flagged,
    coalesce(sum(n_rows) filter (where buyer_department_code is null), 0)::bigint as n_unplaced,
    coalesce(sum(n_rows) filter (where family is null), 0)::bigint as n_unclassified,
    coalesce(sum(amount_eur) filter (where is_counted and family is null), 0) as unclassified_eur,
    min(notified_on) as first_on,
    max(last_on) as last_on
from p
