-- grain: one spend row written twice; unit: rows; source: spend_fact
select spend_id, count(*) as n from spend_fact group by spend_id having n > 1
