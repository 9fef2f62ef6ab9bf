-- grain: one contract with other than one kept row; unit: rows; source: status
select spend_id, count(*) filter (where status = 'kept') as n_kept
from status
where status <> 'quarantined'
group by spend_id
having n_kept <> 1
