"""Figures and dates as French readers write them."""

NARROW = "\u202f"


def count(number: float) -> str:
    """Write a whole number.

    Examples:
        >>> count(1234567)
        '1\u202f234\u202f567'
    """
    return f"{number:,.0f}".replace(",", NARROW)
