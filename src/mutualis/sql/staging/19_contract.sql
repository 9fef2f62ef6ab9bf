-- grain: one contract brought by several rows; unit: first notification, number of suppliers, whether a row says that it is a framework's ceiling; source: version, line
create or replace temp table contract as
select
    v.kept_line_id as spend_id,
    min(v.notified_on) as notified_on,
    count(distinct v.supplier_key) filter (where v.state = k.state) as n_suppliers,
    arg_min(l.duration_months, v.version_rank) filter (where l.duration_months is not null) as duration_months,
    bool_or(l.is_ceiling) as is_ceiling
from version as v
join line as l using (line_id)
join version as k on k.line_id = v.kept_line_id
where v.kept_line_id in (select kept_line_id from version where version_rank = 2)
group by v.kept_line_id
