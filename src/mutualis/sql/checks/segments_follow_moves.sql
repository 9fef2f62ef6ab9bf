-- grain: one row whose segment is neither its supplier's by a move by hand, nor its CPV's by a move, nor the indicative one; unit: codes; source: spend_fact, spend_deal, segment_rule
with told as (
    select
        f.spend_id, f.family, f.segment,
        case when c.code is not null then c.family else d.indicative_family end as deal_family,
        case when c.code is not null then c.segment else d.indicative_segment end as deal_segment,
        f.supplier_key
    from spend_fact as f
    join spend_deal as d using (deal_no)
    left join segment_rule as c on c.kind = 'cpv' and c.code = d.cpv_code
)
select t.spend_id, t.segment
from told as t
left join segment_rule as s on s.kind = 'supplier' and s.code = t.supplier_key and s.within = ''
left join segment_rule as w on w.kind = 'supplier' and w.code = t.supplier_key and w.within = coalesce(t.deal_segment, '-')
where
    t.segment is distinct from case when w.code is not null then w.segment when s.code is not null then s.segment else t.deal_segment end
    or t.family is distinct from case when w.code is not null then w.family when s.code is not null then s.family else t.deal_family end
