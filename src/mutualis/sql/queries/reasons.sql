-- grain: one reason; unit: records; source: file_reason, ref_reason
select r.code, r.status, r.label, r.remedy, coalesce(sum(f.n_records), 0)::bigint as n_records
from ref_reason as r
left join file_reason as f on f.reason = r.code
group by all
having n_records > 0
order by r.status, n_records desc
