-- grain: one contract row whose number is shared by several rows; unit: what tells lots apart; source: line, claim
create or replace temp table contested as
with shared as (
    select
        l.line_id, l.file_no, l.row_no, l.modification_no, l.amount_eur, l.amount_flag, l.notified_on, supplier_key, buyer_siret,
        left(plain(object), 60) as words,
        buyer_key || '/' || contract_id as contract_number,
        coalesce(words, cpv_code, '') || ' ' || coalesce(lot, '') as subject,
        subject || case when words is null then ' ' || coalesce(offers_received::varchar, '') else '' end as signature
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
marked as (select *, contract_number in (select contract_number from split) as is_split from shared),
keyed as (
    select
        *,
        contract_number || case when is_split then '#' || signature else '' end as lot_key,
        hash(modification_no, notified_on, amount_eur) as state
    from marked
)
select
    * exclude (contract_number, signature, n_states),
    max(n_states) over (partition by lot_key) > 1 as is_tangled,
    -- establishments of one firm number their contracts each on its own
    coalesce(min(buyer_siret) over (partition by lot_key) <> max(buyer_siret) over (partition by lot_key), false) as is_of_several_buyers,
    hash(contract_number, case when is_split then subject end) as subject_key
from (
    select *, count(distinct state) over (partition by lot_key, file_no, modification_no) as n_states from keyed
)
