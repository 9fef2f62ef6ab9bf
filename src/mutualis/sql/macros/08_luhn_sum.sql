-- grain: one value of digits; unit: Luhn sum, a multiple of 10 when the key is right; source: ISO/IEC 7812-1, annex B
create or replace macro luhn_sum(t) as (
    list_sum(list_transform(
        range(1, length(t) + 1),
        lambda i: case
            when (length(t) - i) % 2 = 0 then ascii(t[i]) - 48
            when ascii(t[i]) - 48 > 4 then 2 * (ascii(t[i]) - 48) - 9
            else 2 * (ascii(t[i]) - 48)
        end
    ))
)
