"""What a cell of a spreadsheet may hold."""

FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> object:
    """Quote a text that a spreadsheet would run as a formula.

    Examples:
        >>> harmless("=HYPERLINK()"), harmless("Nettoyage"), harmless(-3.5)
        ("'=HYPERLINK()", 'Nettoyage', -3.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_MARKS) else value
