-- grain: one row whose segment is neither its supplier's by a move by hand, nor its CPV's by a move, nor the indicative one; unit: codes; source: spend_fact, spend_deal, segment_rule
select f.spend_id, f.segment
from spend_fact as f
join spend_deal as d using (deal_no)
left join segment_rule as c on c.kind = 'cpv' and c.code = d.cpv_code
left join segment_rule as s on s.kind = 'supplier' and s.code = f.supplier_key
where
    f.segment is distinct from case when s.code is not null then s.segment when c.code is not null then c.segment else d.indicative_segment end
    or f.family is distinct from case when s.code is not null then s.family when c.code is not null then c.family else d.indicative_family end
