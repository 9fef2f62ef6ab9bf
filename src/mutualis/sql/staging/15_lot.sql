-- grain: one state (version, date, amount) of a tangled number; unit: smallest line of its contract; source: contested
-- States that share a supplier are versions of one contract; states that share none are distinct lots.
create or replace temp table lot as
with recursive
tangled as (
    select
        line_id, lot_key, state,
        hash(lot_key, supplier_key, case when max(n_amounts) over (partition by lot_key, supplier_key) > 1 then amount_eur end) as tie
    from (
        select *, count(distinct amount_eur) over (partition by lot_key, supplier_key, file_no, modification_no, notified_on)
            as n_amounts
        from contested
        where is_tangled
    )
),
node as (select lot_key, state, tie, min(line_id) as line_id from tangled group by all),
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
)
select * from component
