-- grain: one raw row, typed; unit: EUR excl. VAT, days, months; source: keyed, line_buyer, line_supplier, line_deal
create or replace temp table line as
with trimmed as (
    select
        line_id, file_no, row_no, grain, buyer_words, supplier_words, deal_words,
        -- unlike the rest, it does not come back from row to row: looking at both ends costs less than trimming
        case when contract_id >= '!' and contract_id < '~' and contract_id[-1] between '!' and '~' then contract_id
            else without_blanks(contract_id) end as contract_id,
        without_blanks(columns([
            'modification_id', 'object', 'amount', 'notified_on', 'published_on', 'duration_months', 'ends_on', 'framework_id',
            'offers_received', 'lot', 'quantity', 'unit_price', 'item'
        ])) as "\0"
    from keyed
),
told as (
    select
        * replace (
            said(contract_id) as contract_id, said(object) as object, said(amount) as amount, said(notified_on) as notified_on,
            said(framework_id) as framework_id, said(lot) as lot, said(quantity) as quantity, said(unit_price) as unit_price,
            said(item) as item
        )
    from trimmed
),
typed as (
    select
        * replace (one_line(object) as object),
        parse_amount(amount) as amount_eur,
        parse_date(notified_on) as notified_day,
        parse_date(published_on) as published_day,
        round(abs(parse_months(duration_months))) as n_months
    from told
)
select
    line_id, file_no, row_no, grain, buyer_no, supplier_no, deal_no,
    contract_id, try_cast(modification_id as integer) as modification_no, object,
    amount_eur, amount_flag(amount_eur, amount, grain) as amount_flag,
    case when notified_day <= $as_of + interval 1 year then notified_day end as notified_on,
    case when published_day <= $as_of + interval 1 year then published_day end as published_on,
    notified_on is not null as has_date_text,
    case when n_months between 1 and 240 then n_months end as duration_months,
    parse_date(ends_on) as ends_on,
    is_framework and not is_call_off and framework_id is null and grain = 'contract' as is_ceiling,
    try_cast(offers_received as integer) as offers_received, lot,
    parse_number(quantity) as quantity, parse_number(unit_price) as unit_price_eur, item
from typed as t
join line_buyer using (buyer_words)
join line_supplier using (supplier_words)
join line_deal using (deal_words)
