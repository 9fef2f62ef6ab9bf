"""Figures and dates as French readers write them: narrow no-break spaces, comma, unit after the figure."""

from datetime import date

import pandas as pd

NARROW = "\u202f"
UNKNOWN = "n. d."
SCALES = ((1e9, "Md€"), (1e6, "M€"), (1e3, "k€"))
MONTHS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def count(number: float | None) -> str:
    """Write a whole number.

    Examples:
        >>> count(1234567)
        '1\u202f234\u202f567'
        >>> count(None)
        'n. d.'
    """
    return UNKNOWN if _is_unknown(number) else decimal(number, 0)


def decimal(number: float | None, digits: int = 1) -> str:
    """Write a number with a fixed number of decimals.

    Examples:
        >>> decimal(-1234.56)
        '−1\u202f234,6'
    """
    if number is None or _is_unknown(number):
        return UNKNOWN
    text = f"{number:,.{digits}f}".replace(",", NARROW).replace(".", ",")
    if text[0] != "-":
        return text
    # a rounded nothing has no sign
    return text.replace("-", "−") if any(c in "123456789" for c in text) else text[1:]


def euros(amount: float | None) -> str:
    """Write an amount at a readable scale.

    Args:
        amount: EUR, or None when unknown.

    Examples:
        >>> euros(1_234_567_890)
        '1,2\u202fMd€'
        >>> euros(345_600_000), euros(12_340), euros(999)
        ('345,6\u202fM€', '12,3\u202fk€', '999\u202f€')
    """
    if amount is None or _is_unknown(amount):
        return UNKNOWN
    for size, unit in SCALES:
        # 999 960 € would print « 1 000,0 k€ »
        if abs(amount) >= size * 0.99995:
            return f"{decimal(amount / size)}{NARROW}{unit}"
    return f"{decimal(amount, 0)}{NARROW}€"


def span(low: float, high: float) -> str:
    """Write an interval of amounts.

    Examples:
        >>> span(-12_000, 1_400_000)
        'de −12,0\u202fk€ à 1,4\u202fM€'
    """
    return f"de {euros(low)} à {euros(high)}"


def full_euros(amount: float | None) -> str:
    """Write an amount to the cent.

    Examples:
        >>> full_euros(1234567.8)
        '1\u202f234\u202f567,80\u202f€'
    """
    return UNKNOWN if _is_unknown(amount) else f"{decimal(amount, 2)}{NARROW}€"


def percent(share: float | None, digits: int = 1) -> str:
    """Write a share as a percentage.

    Args:
        share: a fraction (0.125 is 12.5 %), or None when unknown.
        digits: decimals.

    Examples:
        >>> percent(0.125)
        '12,5\u202f%'
    """
    return UNKNOWN if share is None or _is_unknown(share) else f"{decimal(share * 100, digits)}{NARROW}%"


def day(value: date | None) -> str:
    """Write a day.

    Examples:
        >>> day(date(2026, 6, 30))
        '30/06/2026'
    """
    return UNKNOWN if value is None or _is_unknown(value) else f"{value:%d/%m/%Y}"


def month(value: date | None) -> str:
    """Write a month.

    Examples:
        >>> month(date(2026, 6, 1))
        'juin 2026'
    """
    return UNKNOWN if value is None or _is_unknown(value) else f"{MONTHS[value.month - 1]} {value.year}"


def plural(number: int, one: str, many: str) -> str:
    """Write a counted noun.

    Examples:
        >>> plural(1, "marché", "marchés"), plural(1200, "marché", "marchés")
        ('1 marché', '1\u202f200 marchés')
    """
    return f"{count(number)} {one if abs(number) < 2 else many}"


def _is_unknown(value: object) -> bool:
    return value is None or bool(pd.isna(value))  # type: ignore[call-overload]
