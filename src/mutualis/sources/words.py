"""Names compared without accent, case or punctuation."""

import re
import unicodedata


def plain(text: str) -> str:
    """Reduce a name to capitals, figures and single spaces; ``camelCase`` and ``snake_case`` are split.

    Examples:
        >>> plain("dateNotification"), plain("N° de marché (réf.)")
        ('DATE NOTIFICATION', 'N DE MARCHE REF')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", bare.upper()).split())
