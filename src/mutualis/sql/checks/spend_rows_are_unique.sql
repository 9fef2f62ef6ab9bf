-- grain: one spend row written twice; unit: rows; source: spend
select spend_id, count(*) as n from spend group by spend_id having n > 1
