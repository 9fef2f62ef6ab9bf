-- grain: one value; unit: text on one line, HTML entities read; source: objects copied from web forms
create or replace macro one_line(t) as (
    case
        when contains(t, '&') or contains(t, '  ') or contains(t, chr(10)) or contains(t, chr(13)) or contains(t, chr(9)) or contains(t, chr(160))
        then trim(regexp_replace(html_text(t), '[\s\x{00a0}]+', ' ', 'g'))
        else t
    end
)
