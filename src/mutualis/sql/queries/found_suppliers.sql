-- grain: one supplier whose name or number holds the words searched, natural persons only if $persons; unit: EUR excl. VAT of one nature of data; source: spend_sum, supplier
select s.supplier_key, s.supplier_name, coalesce(sum(f.amount_eur) filter (where f.is_counted and f.grain = $grain), 0) as spend_eur
from supplier as s
join spend_sum as f using (supplier_key)
where
    (not s.is_sole_trader or $persons)
    and ($search is null or starts_with(s.supplier_key, $search) or contains(lower(strip_accents(s.supplier_name)), lower(strip_accents($search))))
group by s.supplier_key, s.supplier_name
order by spend_eur desc, supplier_name, supplier_key
limit $limit
