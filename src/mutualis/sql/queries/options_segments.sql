-- grain: one segment of the correspondence table; unit: labels; source: ref_cpv_segment
select distinct family, family_label, segment, segment_label from ref_cpv_segment order by family_label, segment_label
