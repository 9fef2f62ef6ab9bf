-- grain: one row of perimeter_facts where words are found, all of them when there are none; unit: EUR excl. VAT; source: spend_fact, buyer, supplier
-- Natural persons are not searched.
create or replace macro perimeter_searched(
    search, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
with
-- buyers whose number may begin what is searched: the only rows where both parts of contract_uid are put together
numbered as (
    select buyer_no, lower(coalesce(buyer_siret, buyer_key)) as head
    from spend_buyer
    where
        contains(head, lower(search))
        or list_bool_or(list_transform(range(1, length(search)), lambda n: ends_with(head, lower(left(search, n)))))
)
select f.*
from perimeter_facts(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as f
left join numbered using (buyer_no)
where
    search is null
    or contains(lower(strip_accents(object)), lower(strip_accents(search)))
    or contains(lower(contract_id), lower(search))
    or contains(head || lower(contract_id), lower(search))
    or buyer_key in (
        select buyer_key from buyer where contains(lower(strip_accents(buyer_name)), lower(strip_accents(search)))
    )
    or supplier_key in (
        select supplier_key
        from supplier
        where not is_sole_trader and contains(lower(strip_accents(supplier_name)), lower(strip_accents(search)))
    )
