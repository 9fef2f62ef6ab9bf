-- grain: one segment of the perimeter; unit: EUR excl. VAT, shares of spend; source: spend_sum
-- few rows stand for many, grouped by numbers (by texts it takes twice as long): all that follows is summed from them
with found as (
    select
        segment, supplier_no, buyer_region_code, is_pooled_already, pooling_level, sum(amount_eur)::double as eur, sum(n_rows) as n_rows
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted and segment is not null
    group by all
),
cell as (
    select f.*, supplier_key, supplier_size, r.region_code as supplier_region_code
    from found as f
    join spend_supplier as s using (supplier_no)
    left join ref_department as r on r.department_code = s.supplier_department_code
),
family as (select distinct family, segment from ref_cpv_segment),
supplier as (
    select segment, supplier_key, sum(eur) as eur, row_number() over (partition by segment order by sum(eur) desc, supplier_key) as place
    from cell
    where supplier_key is not null
    group by segment, supplier_key
    having sum(eur) > 0
),
concentration as (
    select
        segment, count(*) as n_suppliers, sum(eur * eur) / (sum(eur) * sum(eur)) as supplier_hhi,
        sum(eur) filter (where place <= 10) / sum(eur) as top10_share, sum(eur) filter (where place = 1) / sum(eur) as top1_share
    from supplier
    group by segment
)
select
    c.segment, any_value(f.family) as family, sum(c.eur) as spend_eur, sum(c.n_rows)::bigint as n_rows,
    coalesce(any_value(h.n_suppliers), 0) as n_suppliers, any_value(h.supplier_hhi) as supplier_hhi,
    any_value(h.top10_share) as top10_share, any_value(h.top1_share) as top1_share,
    -- no row of a kind is a share of 0; a share is unknown (null) where nothing is known
    coalesce(sum(c.eur) filter (where c.supplier_size = 'PME'), 0) / nullif(sum(c.eur) filter (where c.supplier_size <> 'inconnu'), 0) as sme_share,
    coalesce(sum(c.eur) filter (where supplier_region_code = buyer_region_code), 0)
        / nullif(sum(c.eur) filter (where supplier_region_code is not null and buyer_region_code is not null), 0) as local_share,
    -- not the sum of the levels: a groupement is one, and a central body whose level is not known is none
    coalesce(sum(c.eur) filter (where c.is_pooled_already), 0) as pooled_eur,
    coalesce(sum(c.eur) filter (where c.pooling_level = 0), 0) as level_0,
    coalesce(sum(c.eur) filter (where c.pooling_level = 1), 0) as level_1,
    coalesce(sum(c.eur) filter (where c.pooling_level = 2), 0) as level_2,
    coalesce(sum(c.eur) filter (where c.pooling_level = 3), 0) as level_3,
    coalesce(sum(c.eur) filter (where c.pooling_level = 4), 0) as level_4,
    coalesce(sum(c.eur) filter (where c.pooling_level is null), 0) as level_unknown
from cell as c
left join concentration as h using (segment)
join family as f using (segment)
group by c.segment
order by spend_eur desc, c.segment
