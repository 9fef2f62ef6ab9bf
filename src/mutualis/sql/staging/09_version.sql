-- grain: one row that may enter; unit: contract it belongs to, rank of its version (1 is current); source: line, contested, lot
create or replace temp table version as
with keyed as (
    select
        l.line_id, l.file_no, l.amount_eur, l.notified_on, l.published_on, l.modification_no, l.supplier_key, l.buyer_key,
        l.duration_months, l.grain,
        case
            when l.grain = 'payment' and l.contract_id is null then 'l' || l.line_id
            when l.grain = 'payment' then 'p' || hash(
                l.buyer_key, l.contract_id, l.lot, l.supplier_key, l.amount_eur, l.notified_on, l.object, l.cpv_code,
                l.category_label, l.quantity, l.unit_price_eur, l.item
            )
            when l.contract_id is null then 'h' || hash(
                l.buyer_key, l.supplier_key, l.amount_eur, l.notified_on, l.object, l.cpv_code, l.lot, l.duration_months
            )
            when c.line_id is null then 'l' || l.line_id
            when lot.first_line_id is not null then 't' || lot.first_line_id
            else 'c' || c.lot_key
        end as contract_key
    from line as l
    join verdict as v using (line_id)
    left join contested as c using (line_id)
    left join lot on c.is_tangled and lot.lot_key = c.lot_key and lot.state = c.state
    where v.reason is null
)
select
    line_id,
    contract_key,
    file_no,
    buyer_key,
    supplier_key,
    amount_eur,
    notified_on,
    hash(modification_no, notified_on, amount_eur) as state,
    row_number() over current_first as version_rank,
    first_value(line_id) over current_first as kept_line_id
from keyed
window current_first as (
    partition by contract_key
    order by
        amount_eur is null, modification_no desc nulls last, notified_on desc nulls last, published_on desc nulls last,
        file_no desc, line_id
)
