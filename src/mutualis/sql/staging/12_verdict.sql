-- grain: one raw row that may not enter; unit: reason of quarantine; source: line, line_buyer, line_supplier, line_deal
create or replace temp table verdict as
select
    line_id,
    case
        when nature_plain like '%CONCESSION%' or nature_plain like 'DELEGATION DE SERVICE%' or nature_plain like 'AFFERMAGE%'
            then 'concession'
        when buyer_key is null and supplier_key is null and notified_on is null and amount_eur is not null then 'total_line'
        when buyer_key is null then 'no_buyer'
        when is_test_buyer then 'test_buyer'
        when
            amount_eur is null and amount_flag = 'missing' and supplier_key is null
            -- a heading between rows, « SERVICES », has an object at most
            and (object is null or (contract_id is null and not has_date_text))
            then 'empty_row'
    end as reason
from line
join line_buyer using (buyer_no)
join line_supplier using (supplier_no)
join line_deal using (deal_no)
where reason is not null
