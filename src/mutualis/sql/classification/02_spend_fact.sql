-- grain: one row whose segment is not its supplier's by a move by hand, or else its deal's; unit: codes; source: spend_fact, spend_deal, segment_rule
update spend_fact as f
set family = n.family, segment = n.segment
from (
    select
        spend_id,
        case when w.code is not null then w.family when r.code is not null then r.family else d.family end as family,
        case when w.code is not null then w.segment when r.code is not null then r.segment else d.segment end as segment
    from spend_fact as s
    join spend_deal as d using (deal_no)
    left join segment_rule as r on r.kind = 'supplier' and r.code = s.supplier_key and r.within = ''
    -- a supplier's lines of one segment: the one their CPV codes are in
    left join segment_rule as w on w.kind = 'supplier' and w.code = s.supplier_key and w.within = coalesce(d.segment, '-')
) as n
where f.spend_id = n.spend_id and (f.family is distinct from n.family or f.segment is distinct from n.segment)
