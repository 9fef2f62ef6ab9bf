-- grain: one row that may enter and shares what identifies it with another; unit: claim they share; source: line and what it names
-- A row that no other contests is kept as it is: nothing below looks at it again.
create or replace temp table claim as
with claimed as (
    select
        line_id, file_no, row_no, modification_no,
        grain = 'contract' and contract_id is not null as is_numbered,
        case
            when is_numbered then hash('n', buyer_key, contract_id)
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
),
-- without a number, the lines of one source record (co-contractors, modifications) claim together what its first version claims
record as (
    select file_no, row_no, coalesce(arg_min(claim, (coalesce(modification_no, 0), claim)), hash('r', file_no, row_no)) as claim
    from claimed
    where not is_numbered
    group by file_no, row_no
    having count(*) > 1
),
shared as (
    select line_id, coalesce(record.claim, claimed.claim) as claim
    from claimed
    left join record on not is_numbered and record.file_no = claimed.file_no and record.row_no = claimed.row_no
)
select line_id, claim from shared where claim in (select claim from shared group by claim having count(*) > 1)
