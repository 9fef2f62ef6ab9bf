-- grain: one contract row whose number is shared by several rows; unit: signature that tells lots apart; source: line, claim
create or replace temp table contested as
with shared as (
    select
        l.line_id, l.file_no, l.modification_no, l.amount_eur, l.notified_on, supplier_key,
        buyer_key || '/' || contract_id as contract_number,
        coalesce(left(plain(object), 60), coalesce(cpv_code, '') || ' ' || coalesce(offers_received::varchar, ''))
            || ' ' || coalesce(lot, '') as signature
    from line as l
    join claim using (line_id)
    join line_buyer using (buyer_no)
    join line_supplier using (supplier_no)
    join line_deal using (deal_no)
    where grain = 'contract' and contract_id is not null
),
-- two objects under one number in one delivery and one version are two lots; over time, a rewording
split as (
    select contract_number
    from shared
    group by contract_number, file_no, modification_no
    having count(distinct signature) > 1
),
keyed as (
    select
        shared.*,
        contract_number || case when contract_number in (select contract_number from split) then '#' || signature else '' end
            as lot_key,
        hash(modification_no, notified_on, amount_eur) as state
    from shared
)
select
    *,
    max(n_states) over (partition by lot_key) > 1 as is_tangled
from (
    select *, count(distinct state) over (partition by lot_key, file_no, modification_no) as n_states from keyed
)
