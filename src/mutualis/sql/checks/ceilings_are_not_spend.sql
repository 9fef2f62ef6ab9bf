-- grain: one spend row counted though it is a ceiling or flagged; unit: EUR; source: spend
select spend_id, amount_eur, amount_flag from spend where is_counted and (is_ceiling or amount_flag <> 'ok')
