-- grain: one supplier among those asked, that the version knows; unit: text; source: supplier
select supplier_key, supplier_name, is_sole_trader from supplier where list_contains($codes, supplier_key) order by supplier_key
