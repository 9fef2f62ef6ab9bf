-- grain: one contract or payment line; unit: EUR excl. VAT; source: line, status, contract, twin, spend_buyer, spend_supplier, spend_deal
-- What totals filter and sum stands here; the words of a buyer, a supplier or a deal stand once in its own table.
create or replace table spend_fact as
with kept as (
    select
        -- a source that leaves a framework's nature out does not make its ceiling spend
        l.* exclude (duration_months, notified_on)
            replace (l.is_ceiling or coalesce(c.is_ceiling, false) or l.line_id in (select kept_line_id from twin where is_ceiling) as is_ceiling),
        coalesce(c.notified_on, l.notified_on) as own_notified_on,
        coalesce(l.duration_months, c.duration_months) as duration_months,
        greatest(coalesce(c.n_suppliers, 1), 1)::integer as n_suppliers
    from line as l
    anti join (select line_id from status where status <> 'kept') as aside using (line_id)
    left join contract as c on c.spend_id = l.line_id
),
dated as (
    select
        *,
        coalesce(own_notified_on, published_on) as notified_on,
        case
            when own_notified_on is not null then 'ok'
            when published_on is not null then 'from_publication'
            when has_date_text then 'invalid'
            else 'missing'
        end as date_flag
    from kept
)
select
    line_id as spend_id, grain, file_no, row_no as source_row, buyer_no, supplier_no, deal_no,
    b.buyer_key, b.buyer_type, b.buyer_commune_code, b.buyer_epci_code, b.buyer_department_code, b.buyer_region_code,
    s.supplier_key, s.supplier_size, s.supplier_department_code, d.family, d.segment,
    amount_eur,
    case when amount_flag <> 'ok' then null when grain = 'contract' and duration_months > 12
        then (amount_eur * 12 / duration_months)::decimal(18, 2) else amount_eur end as annual_amount_eur,
    is_ceiling, amount_flag, amount_flag = 'ok' and not is_ceiling as is_counted,
    notified_on, date_flag, duration_months,
    coalesce(ends_on, (notified_on + to_months(duration_months::integer))::date) as ends_on,
    coalesce(p.ends_on is not null or (notified_on is not null and duration_months is not null), false) as ends_on_is_known,
    contract_id, object, offers_received, lot,
    coalesce(s.supplier_siren = '776056467', false) or coalesce(d.is_pooled_already, false) as is_pooled_already,
    case when s.supplier_siren = '776056467' then 4 when d.vehicle_level = 0 and object ilike '%groupement de commande%' then 1
        else d.vehicle_level end::tinyint as pooling_level,
    quantity, coalesce(unit_price_eur, amount_eur::double / nullif(quantity, 0)) as unit_price_eur, item, n_suppliers
from dated as p
join spend_buyer as b using (buyer_no)
join spend_supplier as s using (supplier_no)
join spend_deal as d using (deal_no)
