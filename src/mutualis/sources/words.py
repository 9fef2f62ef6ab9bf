"""Names compared without accent, case or punctuation."""

import re
import unicodedata

LINKING = {"LE", "LA", "LES", "L", "DE", "DU", "DES", "D", "AU", "AUX", "EN", "ET", "OU", "PUBLIC", "PUBLICS"}


def plain(text: str) -> str:
    """Reduce a name to capitals, figures and single spaces; ``camelCase`` and ``snake_case`` are split.

    Examples:
        >>> plain("dateNotification"), plain("N° de marché (réf.)")
        ('DATE NOTIFICATION', 'N DE MARCHE REF')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(char for char in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^A-Z0-9]+", " ", bare.upper()).split())


def essential(text: str) -> str:
    """Reduce a name to the words that tell it from others, in the singular.

    Examples:
        >>> essential("Le nom du ou des titulaires du marché public"), essential("nom titulaire")
        ('NOM TITULAIRE MARCHE', 'NOM TITULAIRE')
    """
    words = [word for word in plain(text).split() if word not in LINKING] or plain(text).split()
    return " ".join(word.removesuffix("S") if len(word) > 3 else word for word in words)
