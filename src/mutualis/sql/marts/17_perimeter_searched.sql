-- grain: one row of perimeter_facts where words are found, all of them when there are none; unit: EUR excl. VAT; source: spend_fact, spend_buyer, spend_supplier
-- Natural persons are not searched.
create or replace macro perimeter_searched(
    search, grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as table
with
-- a number has a digit: words are not looked for in millions of numbers. Buyers whose number may begin what is searched
-- have the only rows where both parts of contract_uid are put together.
numbered as (
    select buyer_no, lower(coalesce(buyer_siret, buyer_key)) as head
    from spend_buyer
    where
        regexp_matches(search, '[0-9]')
        and (
            contains(head, lower(search))
            or list_bool_or(list_transform(range(1, length(search)), lambda n: ends_with(head, lower(left(search, n)))))
        )
)
select f.*
from perimeter_facts(
    grain_, regions, departments, epcis, communes, buyer_types, buyers, families, segments, suppliers, start_on, end_on
) as f
left join numbered using (buyer_no)
where
    search is null
    or contains(lower(strip_accents(object)), lower(strip_accents(search)))
    or (regexp_matches(search, '[0-9]') and contains(coalesce(head, '') || lower(contract_id), lower(search)))
    or buyer_no in (
        select buyer_no from spend_buyer where contains(lower(strip_accents(buyer_name)), lower(strip_accents(search)))
    )
    or supplier_no in (
        select supplier_no
        from spend_supplier
        where not is_sole_trader and contains(lower(strip_accents(supplier_name)), lower(strip_accents(search)))
    )
