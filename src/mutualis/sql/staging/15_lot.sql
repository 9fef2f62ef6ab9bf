-- grain: one state (version, date, amount) of a number that may name several contracts; unit: smallest line of its contract; source: contested
-- States that share a supplier are versions of one contract; states that share none are distinct lots. The same rule parts what two
-- establishments call by one number, unless its object, or the establishment itself, is the same from one state to another.
-- Contracts of one number that come to one price to the cent, while neither object nor lot tells them apart, are one: its supplier
-- changed, or the price of a whole operation stands beside each of its lots.
create or replace temp table lot as
with recursive
doubtful as (
    select
        line_id, lot_key, state,
        unnest([
            hash('record', file_no, row_no),
            case
                when not (is_tangled or is_of_several_buyers) then hash('number')
                else hash('supplier', supplier_key, case when max(n_amounts) over (partition by lot_key, supplier_key) > 1 then amount_eur end)
            end,
            case when not is_tangled and words is not null then hash('object', words) end,
            case when not is_tangled and buyer_siret is not null then hash('buyer', buyer_siret) end
        ]) as tie
    from (
        select *, count(distinct amount_eur) over (partition by lot_key, supplier_key, file_no, modification_no, notified_on)
            as n_amounts
        from contested
        where is_tangled or is_of_several_buyers or is_split
    )
),
node as (select lot_key, state, tie, min(line_id) as line_id from doubtful where tie is not null group by all),
component(lot_key, state, first_line_id) using key (lot_key, state) as (
    select lot_key, state, min(line_id) from node group by all
    union
    select there.lot_key, there.state, min(component.first_line_id)
    from component
    join node as here on here.lot_key = component.lot_key and here.state = component.state
    join node as there on there.lot_key = here.lot_key and there.tie = here.tie
    join recurring.component as known on known.lot_key = there.lot_key and known.state = there.state
    where component.first_line_id < known.first_line_id
    group by all
),
current_price as (
    select first_line_id, subject_key, case when amount_flag = 'ok' then hash(amount_eur) else first_line_id end as price
    from component
    join contested using (lot_key, state)
    qualify row_number() over (
        partition by first_line_id
        order by amount_eur is null, modification_no desc nulls last, notified_on desc nulls last, file_no desc, line_id
    ) = 1
),
merged as (select first_line_id, min(first_line_id) over (partition by subject_key, price) as contract_line_id from current_price)
select lot_key, state, contract_line_id as first_line_id
from component
join merged using (first_line_id)
