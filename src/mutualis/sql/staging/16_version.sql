-- grain: one row of a shared claim; unit: contract it belongs to, rank of its version (1 is current); source: line, claim, contested, lot
create or replace temp table version as
with keyed as (
    select
        l.line_id, l.file_no, l.amount_eur, l.notified_on, l.published_on, l.modification_no, s.supplier_key,
        case
            when c.line_id is null then 'r' || claim.claim
            when lot.first_line_id is not null then 't' || lot.first_line_id
            else 'c' || c.lot_key
        end as contract_key
    from line as l
    join claim using (line_id)
    join line_supplier as s using (supplier_no)
    left join contested as c using (line_id)
    left join lot on lot.lot_key = c.lot_key and lot.state = c.state
),
numbered as (
    select
        *,
        -- a source without modification numbers brings a version that comes after those notified before it
        coalesce(
            modification_no, max(modification_no) over (partition by contract_key order by notified_on range unbounded preceding), 0
        ) as version_no
    from keyed
)
select
    line_id,
    file_no,
    supplier_key,
    notified_on,
    hash(modification_no, notified_on, amount_eur) as state,
    row_number() over current_first as version_rank,
    first_value(line_id) over current_first as kept_line_id
from numbered
window current_first as (
    partition by contract_key
    order by
        amount_eur is null, version_no desc, notified_on desc nulls last, published_on desc nulls last,
        file_no desc, line_id
)
