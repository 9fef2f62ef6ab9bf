-- grain: one raw row; unit: kept, merged or quarantined, with the reason; source: line, verdict, version, twin
create or replace temp table status as
select
    l.line_id, l.file_no, l.row_no,
    case when ve.reason is not null then 'quarantined' when coalesce(v.version_rank, 1) = 1 and t.line_id is null then 'kept' else 'merged' end
        as status,
    case
        when ve.reason is not null then ve.reason
        when t.line_id is not null then 'other_source'
        when coalesce(v.version_rank, 1) = 1 then null
        when v.state <> k.state then 'superseded_version'
        when v.supplier_key is distinct from k.supplier_key then 'co_contractor'
        when v.file_no <> k.file_no then 'redelivery'
        else 'exact_duplicate'
    end as reason,
    coalesce(t.kept_line_id, v.kept_line_id, l.line_id) as spend_id
from line as l
left join verdict as ve using (line_id)
left join version as v using (line_id)
left join twin as t on t.line_id = coalesce(v.kept_line_id, l.line_id)
left join version as k on v.version_rank > 1 and k.line_id = v.kept_line_id
