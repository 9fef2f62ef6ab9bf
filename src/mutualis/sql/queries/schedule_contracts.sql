-- grain: one contract running at the data's date, or of unknown end and notified within four years, in the perimeter; unit: EUR/year excl. VAT; source: spend_fact, spend
-- What has neither end nor date has no place on a calendar: the counters keep it.
with p as (
    select
        line_no, spend_id,
        -- of an unknown duration, the legal four years of a framework
        case when ends_on is null and duration_months is null then amount_eur / 4 else annual_amount_eur end as annual_eur
    from perimeter_facts(
        $grain, $regions, $departments, $epcis, $communes, $buyer_types, $buyers, $families, $segments, $suppliers, $start, $end
    )
    where
        is_counted
        and (
            ends_on >= $as_of and ($months is null or ends_on < ($as_of + to_months($months))::date)
            or ends_on is null and $months is null and notified_on >= ($as_of - interval 4 year)::date
        )
),
-- the texts of the few contracts shown are read after they are chosen
largest as (select line_no, spend_id, annual_eur from p order by annual_eur desc, spend_id limit $limit)
select
    spend.spend_id, buyer_key, buyer_name, segment, object, supplier_name, is_sole_trader, notified_on, ends_on, annual_eur,
    is_pooled_already, contract_uid
from largest
join spend using (line_no)
order by annual_eur desc, spend.spend_id
