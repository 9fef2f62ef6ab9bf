-- grain: one value of a dimension of the perimeter (null: unknown); unit: EUR excl. VAT, rows, shares; source: spend_sum
with p as not materialized (
    select
        *,
        case $by
            when 'region' then buyer_region_code
            when 'department' then buyer_department_code
            when 'epci' then buyer_epci_code
            when 'commune' then buyer_commune_code
            when 'family' then family
            when 'segment' then segment
            when 'buyer_type' then buyer_type
            else error('spend_by: unknown dimension ' || $by)
        end as code
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
),
by_supplier as (
    select code, supplier_key, sum(amount_eur)::double as eur from p where supplier_key is not null group by all
),
concentration as (
    select code, sum(eur * eur) / nullif(sum(eur) * sum(eur), 0) as supplier_hhi, count(*) as n_suppliers
    from by_supplier
    where eur > 0
    group by code
),
-- no row of a kind is a share of 0; a share is unknown (null) where nothing is known
money as (
    select
        code,
        sum(amount_eur) as spend_eur,
        sum(n_rows)::bigint as n_rows,
        count(distinct buyer_key) as n_buyers,
        coalesce(sum(amount_eur) filter (where supplier_size = 'PME'), 0)
            / nullif(sum(amount_eur) filter (where supplier_size <> 'inconnu'), 0)::double as sme_share,
        -- an entity or a supplier without a known region is neither within nor outside
        coalesce(sum(amount_eur) filter (where r.region_code = buyer_region_code), 0)
            / nullif(sum(amount_eur) filter (where r.region_code is not null and buyer_region_code is not null), 0)::double as local_share,
        coalesce(sum(amount_eur) filter (where size_class < 4), 0) / nullif(sum(amount_eur), 0)::double as small_share
    from p
    left join ref_department as r on r.department_code = p.supplier_department_code
    group by code
)
select m.*, coalesce(c.n_suppliers, 0) as n_suppliers, c.supplier_hhi
from money as m
left join concentration as c on c.code is not distinct from m.code
order by spend_eur desc, code
