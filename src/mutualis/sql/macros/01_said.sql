-- grain: one value without blanks; unit: text, null when nothing was said; source: « CDL » not communicated, « MQ » missing (DECP)
create or replace macro said(t) as (
    case
        when upper(t) in (
            '', 'CDL', 'MQ', 'NC', 'N/C', 'NA', 'N/A', '#N/A', 'ND', 'NR', 'NULL', 'NONE', 'NAN', 'INX NC', '-', '--', '[]', '{}',
            'INCONNU', 'NON COMMUNIQUE', 'NON COMMUNIQUÉ', 'NON RENSEIGNE', 'NON RENSEIGNÉ', 'SANS OBJET', 'NON DISPONIBLE', 'NÉANT', 'NEANT',
            'N.C.', 'N.D.', 'N.R.', '?'
        ) then null
        else t
    end
)
