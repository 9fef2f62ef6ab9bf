-- grain: one contract or payment line; unit: EUR excl. VAT; source: spend_line, spend_buyer, spend_supplier, spend_deal, file
create or replace view spend as
select
    f.line_no, f.spend_id, f.grain, file.kind as source, f.file_no, file.file_name as source_file, f.source_row,
    b.buyer_siret, b.buyer_siren, f.buyer_key, b.buyer_name, f.buyer_type, b.ministry,
    f.buyer_commune_code, f.buyer_epci_code, f.buyer_department_code, f.buyer_region_code, b.buyer_place_source,
    s.supplier_siret, s.supplier_siren, f.supplier_key, s.supplier_name, f.supplier_size, f.supplier_department_code, s.is_sole_trader,
    d.cpv_code, f.family, f.segment,
    f.amount_eur, f.annual_amount_eur, f.is_ceiling, f.amount_flag, f.is_counted,
    f.notified_on, f.date_flag, f.duration_months, f.ends_on, f.ends_on_is_known,
    coalesce(b.buyer_siret, f.buyer_key) || f.contract_id as contract_uid, f.object,
    d.procedure, d.nature, d.is_framework, f.offers_received, f.lot, f.is_pooled_already, f.pooling_level, d.social_clause, d.green_clause,
    d.unit, f.quantity, f.unit_price_eur, f.item, f.n_suppliers
from spend_line as f
join spend_buyer as b using (buyer_no)
join spend_supplier as s using (supplier_no)
join spend_deal as d using (deal_no)
join file using (file_no)
