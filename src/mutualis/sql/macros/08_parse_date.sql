-- grain: one value; unit: day, null outside 1990-2100 (year 0218 is not repaired); source: DECP and home-made exports
-- The usual writing is told by comparing texts: DuckDB works out twice what stands within « nullif ».
create or replace macro parse_date(t) as (
    case
        when t is null then null
        when t >= '1990' and t < '2100' and t like '____-__-__%' then try_cast(left(t, 10) as date)
        else nullif(
            greatest(
                case
                    when (t like '__/__/____%' or t like '__-__-____%' or t like '__.__.____%') and t[9] <> ' '
                        then try_strptime(left(t, 10), ['%d/%m/%Y', '%d-%m-%Y', '%d.%m.%Y'])::date
                    else unusual_date(t)
                end,
                date '1989-12-31'
            ),
            date '1989-12-31'
        )
    end
)
