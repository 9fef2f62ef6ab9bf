-- grain: one row for the perimeter; unit: EUR excl. VAT, rows; source: spend_sum
with p as not materialized (
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
),
-- a few hundred rows: each figure below is summed from them
cell as (
    select
        is_counted, is_ceiling, is_pooled_already, amount_flag, supplier_size, size_class,
        buyer_department_code is null as is_unplaced, family is null as is_unclassified,
        sum(n_rows)::bigint as n, sum(amount_eur) as eur, sum(annual_amount_eur) as annual_eur,
        min(notified_on) as first_on, max(last_on) as last_on
    from p
    group by all
),
named as (select count(distinct buyer_key) as n_buyers, count(distinct supplier_key) as n_suppliers from p)
select
    coalesce(sum(n), 0)::bigint as n_rows,
    coalesce(sum(n) filter (where is_counted), 0)::bigint as n_counted,
    coalesce(sum(eur) filter (where is_counted), 0) as spend_eur,
    coalesce(sum(annual_eur) filter (where is_counted), 0) as annual_spend_eur,
    any_value(n_buyers) as n_buyers,
    any_value(n_suppliers) as n_suppliers,
    coalesce(sum(eur) filter (where is_counted and supplier_size = 'PME'), 0)
        / nullif(sum(eur) filter (where is_counted and supplier_size <> 'inconnu'), 0)::double as sme_share,
    coalesce(sum(eur) filter (where is_counted and supplier_size <> 'inconnu'), 0)
        / nullif(sum(eur) filter (where is_counted), 0)::double as size_known_share,
    coalesce(sum(n) filter (where is_counted and size_class < 4), 0)::bigint as n_below_25k,
    coalesce(sum(eur) filter (where is_counted and size_class < 4), 0) as spend_below_25k_eur,
    coalesce(sum(n) filter (where is_counted and size_class < 5), 0)::bigint as n_below_40k,
    coalesce(sum(eur) filter (where is_counted and size_class < 5), 0) as spend_below_40k_eur,
    coalesce(sum(eur) filter (where is_counted and is_pooled_already), 0) as pooled_spend_eur,
    coalesce(sum(n) filter (where is_ceiling and amount_flag = 'ok'), 0)::bigint as n_ceilings,
    coalesce(sum(eur) filter (where is_ceiling and amount_flag = 'ok'), 0) as ceilings_eur,
    coalesce(sum(n) filter (where amount_flag <> 'ok'), 0)::bigint as n_flagged,
    coalesce(sum(n) filter (where is_unplaced), 0)::bigint as n_unplaced,
    coalesce(sum(n) filter (where is_unclassified), 0)::bigint as n_unclassified,
    coalesce(sum(eur) filter (where is_counted and is_unclassified), 0) as unclassified_eur,
    min(first_on) as first_on,
    max(last_on) as last_on
-- on an empty perimeter too
from named
left join cell on true
