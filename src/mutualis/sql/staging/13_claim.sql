-- grain: one row that may enter and shares what identifies it with another; unit: claim they share; source: line and what it names
-- A row that no other contests is kept as it is: nothing below looks at it again.
create or replace temp table claim as
with claimed as (
    select
        line_id,
        case
            when grain = 'contract' and contract_id is not null then hash('n', buyer_key, contract_id)
            when grain = 'contract' then hash(
                'h', buyer_key, supplier_key, amount_eur, notified_on, object, cpv_code, lot, duration_months
            )
            when contract_id is not null then hash(
                'p', buyer_key, contract_id, lot, supplier_key, amount_eur, notified_on, object, cpv_code, category_label, quantity,
                unit_price_eur, item
            )
        end as claim
    from line
    join line_buyer using (buyer_no)
    join line_supplier using (supplier_no)
    join line_deal using (deal_no)
    anti join verdict using (line_id)
)
select line_id, claim from claimed where claim in (select claim from claimed group by claim having count(*) > 1)
