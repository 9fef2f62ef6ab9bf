-- grain: one row for what ``spend_rows`` pages through; unit: rows, EUR excl. VAT; source: spend
select
    count(*) as n_rows,
    count(*) filter (where is_counted) as n_counted,
    coalesce(sum(amount_eur) filter (where is_counted), 0) as spend_eur
from perimeter(
    $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
)
where
    $search is null
    or contains(lower(strip_accents(object)), lower(strip_accents($search)))
    or contains(lower(contract_uid), lower($search))
    or buyer_key in (
        select buyer_key from buyer where contains(lower(strip_accents(buyer_name)), lower(strip_accents($search)))
    )
    or supplier_key in (
        select supplier_key
        from supplier
        where not is_sole_trader and contains(lower(strip_accents(supplier_name)), lower(strip_accents($search)))
    )
