-- grain: one value; unit: text on one line, HTML entities read; source: objects copied from web forms
create or replace macro one_line(t) as (
    case
        when contains(t, '&') or regexp_matches(t, '[\s\x{00a0}]{2}|[\n\r\t]')
        then trim(regexp_replace(html_text(t), '[\s\x{00a0}]+', ' ', 'g'))
        else t
    end
)
