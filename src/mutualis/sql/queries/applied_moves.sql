-- grain: one move by hand that the version follows; unit: codes; source: segment_rule
select kind, code, segment, within from segment_rule order by kind, code, within
