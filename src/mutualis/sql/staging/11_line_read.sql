-- grain: one amount of line_parted; unit: EUR; source: line_parted
update line
set
    amount_eur = p.amount_eur,
    amount_flag = case when p.is_ambiguous then 'ambiguous' else amount_flag(p.amount_eur, '', p.grain) end
from line_parted as p
where p.line_id = line.line_id
