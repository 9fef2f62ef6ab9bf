-- grain: one family, segment and CPV code of the perimeter (null: unknown); unit: EUR excl. VAT, rows; source: spend_sum, spend_deal
with p as (
    select family, segment, deal_no, sum(amount_eur) as eur, sum(n_rows) as n
    from perimeter_sums(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where is_counted
    group by all
)
select p.family, p.segment, cpv_code, sum(eur) as spend_eur, sum(n)::bigint as n_rows
from p
join spend_deal using (deal_no)
group by all
order by spend_eur desc, p.family, p.segment, cpv_code
