-- grain: one contract or payment line; unit: EUR excl. VAT; source: spend_fact, buyer, supplier, and spend for the rows shown
with found as (
    select
        line_no, spend_id,
        -- what no total counts, absurd amounts first of all, comes after what counts
        $sort = 'counted_desc' and not is_counted as is_after,
        case $sort
            when 'counted_desc' then -amount_eur::double
            when 'amount_desc' then -amount_eur::double
            when 'amount_asc' then amount_eur::double
            when 'date_desc' then -epoch(notified_on)
            when 'date_asc' then epoch(notified_on)
            when 'ends_asc' then epoch(ends_on)
            when 'buyer' then null
            when 'supplier' then null
            when 'object' then null
            else error('spend_rows: unknown order ' || $sort)
        end as by_figure,
        -- a hidden name must not be guessed from its rank
        case $sort
            when 'buyer' then buyer_name
            when 'supplier' then case when not is_sole_trader then supplier_name end
            when 'object' then object
        end as by_word
    from perimeter_searched(
        $search, $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    ) as f
    -- names are joined for the orders that need them
    left join buyer as b on $sort = 'buyer' and b.buyer_key = f.buyer_key
    left join supplier as s on $sort = 'supplier' and s.supplier_key = f.supplier_key
    -- what is not counted is no small purchase
    where $below is null or (is_counted and amount_eur < $below)
),
-- late materialisation: only the rows shown are read in full
page as (
    select * from found order by is_after, by_figure nulls last, by_word nulls last, spend_id limit $limit offset $offset
)
select
    spend.spend_id, buyer_name, supplier_name, is_sole_trader, object, family, segment, cpv_code, amount_eur, is_ceiling, amount_flag,
    notified_on, ends_on, duration_months, procedure, buyer_department_code, supplier_department_code, contract_uid, unit,
    quantity, unit_price_eur, source_file, source_row
from page
join spend using (line_no)
order by is_after, by_figure nulls last, by_word nulls last, spend.spend_id
