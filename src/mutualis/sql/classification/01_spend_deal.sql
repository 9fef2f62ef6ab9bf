-- grain: one way rows describe what is bought, whose segment is not what the moves by hand say; unit: codes; source: spend_deal, segment_rule
update spend_deal as d
set family = n.family, segment = n.segment
from (
    select
        deal_no,
        case when r.code is null then s.indicative_family else r.family end as family,
        case when r.code is null then s.indicative_segment else r.segment end as segment
    from spend_deal as s
    left join segment_rule as r on r.kind = 'cpv' and r.code = s.cpv_code
) as n
where d.deal_no = n.deal_no and (d.family is distinct from n.family or d.segment is distinct from n.segment)
