-- grain: one contract or payment line; unit: EUR excl. VAT; source: spend
select
    spend_id, buyer_name, supplier_name, is_sole_trader, object, family, segment, cpv_code, amount_eur, is_ceiling, amount_flag,
    notified_on, ends_on, duration_months, procedure, buyer_department_code, supplier_department_code, contract_uid, source_file,
    source_row
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where
    $search is null
    or contains(lower(strip_accents(concat_ws(' ', object, buyer_name, contract_uid))), lower(strip_accents($search)))
    or (not is_sole_trader and contains(lower(strip_accents(supplier_name)), lower(strip_accents($search))))
order by amount_eur desc nulls last, spend_id
limit $limit
offset $offset
