-- grain: one amount; unit: ok, absurd, sentinel, zero, missing (staging/11_line_read adds ambiguous); source: thresholds of ours, see docs/glossary.md
create or replace macro amount_flag(amount, source_text, grain) as (
    case
        when amount is null and source_text is null then 'missing'
        when amount is null then (case when regexp_matches(source_text, '\d{16}|[eE]\+?\d') then 'absurd' else 'missing' end)
        when amount = 0 then 'zero'
        when regexp_matches(trunc(abs(amount))::varchar, '^(9{6,}|1{6,}|1234567\d*)(\.0+)?$') then 'sentinel'
        when abs(amount) >= 1000000000 then 'absurd'
        when grain = 'contract' and amount <= 1 then 'absurd'
        else 'ok'
    end
)
