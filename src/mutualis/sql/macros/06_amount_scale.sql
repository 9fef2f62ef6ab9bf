-- grain: one amount as found; unit: euros in the unit that follows its figures; source: « 45 k€ », « 1,2 M€ », « 2,5 millions d'euros »
create or replace macro amount_scale(t) as (
    case
        when regexp_matches(t, '(?i)[0-9\s\x{a0}\x{202f}]k ?(€|e|$)') then 1e3
        when regexp_matches(t, '(?i)[0-9][\s\x{a0}\x{202f}]?(m ?(€|eur)|millions?\b)') then 1e6
        when regexp_matches(t, '(?i)[0-9][\s\x{a0}\x{202f}]?(md|mrd|milliards?\b)') then 1e9
        else 1
    end
)
