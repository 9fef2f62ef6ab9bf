"""French names of the codes of the spend table; ``docs/glossary.md`` explains the terms."""

from functools import cache

import pandas as pd

from mutualis.config import DATA_DIR

GRAINS = {"contract": "Marchés", "payment": "Dépenses payées"}
BUYER_TYPES = {
    "prefecture": "Préfecture",
    "state_service": "Service déconcentré",
    "education": "Rectorat",
    "justice": "Justice",
    "public_body": "Établissement public",
    "university": "Université",
    "hospital": "Hôpital",
    "local_authority": "Collectivité",
    "other": "Autre",
}
# State services and their bodies: the people the experiment is about; the others are partners.
STATE_TYPES = ("prefecture", "state_service", "education", "justice", "public_body", "university")
KINDS = {
    "decp_tabular": "DECP consolidées",
    "decp_export": "Export officiel",
    "decp_json": "DECP JSON",
    "decp_xml": "DECP XML",
    "generic": "Tableau",
}
UNPLACED, UNCLASSIFIED = "Non localisé", "Non classé"
PERSON = "Personne physique (nom masqué)"


def cpv_name(code: str) -> str:
    """Name a CPV code, else the nearest class above it that has a name.

    Args:
        code: eight digits.

    Examples:
        >>> cpv_name("03110000").startswith("03110000 · Produits agricoles")
        True
    """
    names = _cpv_names()
    prefix = next((code[:n] for n in range(len(code), 1, -1) if code[:n] in names), None)
    return f"{code} · {names[prefix]}" if prefix else code


@cache
def _cpv_names() -> dict[str, str]:
    frame = pd.read_csv(DATA_DIR / "cpv_labels.csv", dtype=str)
    return dict(zip(frame["cpv_prefix"], frame["label"], strict=True))
