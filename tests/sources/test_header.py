"""Headers found under titles, and cells as text."""

from mutualis.sources import header


def test_a_number_of_a_workbook_is_no_thousands():
    assert header.as_text_row([980.125, 1200.0, 1234.5, "1.200", None]) == ("980.1250", "1200", "1234.5", "1.200", None)
