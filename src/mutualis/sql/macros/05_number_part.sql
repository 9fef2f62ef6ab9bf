-- grain: one value; unit: its figures and their marks, '' unless it holds one number and no word before it; source: as number_text
-- « 12 000 € (TVA 20 %) », « 1500 1600 » and « 03/02/2023 » hold more than one number: reading them as one would invent millions.
create or replace macro number_part(t) as (
    regexp_extract(t, '^[^0-9A-Za-z]*([0-9]+(?:[\s\x{a0}\x{202f}.,''’][0-9]{3})*(?:\s?[.,]\s?[0-9]*)?)[^0-9]*$', 1)
)
