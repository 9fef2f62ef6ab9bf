-- grain: one value; unit: text, null when nothing was said; source: placeholders of DECP deliveries
create or replace macro clean(t) as (
    case
        when upper(trim(t, ' "' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239))) in (
            '', 'CDL', 'MQ', 'NC', 'N/C', 'NA', 'N/A', '#N/A', 'ND', 'NR', 'NULL', 'NONE', 'NAN', 'INX NC', '-', '--',
            '[]', '{}', 'INCONNU', 'NON COMMUNIQUE', 'NON COMMUNIQUÉ', 'NON RENSEIGNE', 'NON RENSEIGNÉ', 'SANS OBJET'
        ) then null
        else trim(t, ' "' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8239))
    end
)
