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
    words = cpv_words(code)
    return f"{code} · {words}" if words else code


def cpv_words(code: str) -> str:
    """Say what a CPV code is, or the nearest class above it that has a name; empty when none has.

    Examples:
        >>> cpv_words("03110000").startswith("Produits agricoles")
        True
    """
    names = _cpv_names()
    return next((names[code[:n]] for n in range(len(code), 1, -1) if code[:n] in names), "")


@cache
def _cpv_names() -> dict[str, str]:
    frame = pd.read_csv(DATA_DIR / "cpv_labels.csv", dtype=str)
    return dict(zip(frame["cpv_prefix"], frame["label"], strict=True))


# a year is not the same thing where contracts are ranked by their end and where spend is: each screen says which
YEARLY_WINDOW = (
    "La période est celle choisie\u202f; sinon elle va de la première date de la première année qui porte au moins 1\u202f% des achats (du périmètre, et de toutes "
    "les données), à la date des données. Ce qui est daté hors d'elle n'entre pas\u202f; ce qui n'a pas de date y est supposé\u202f; sans aucune date, elle est supposée d'un an."
)
YEARLY_BY_PERIOD = f"Dépense par an\u202f: tout ce qui est notifié ou payé dans la période, divisé par sa longueur en années, que les marchés durent encore ou non. {YEARLY_WINDOW}"
YEARLY_BY_CONTRACT = "Montant par an\u202f: de chaque marché en attente de relance, le montant ramené à douze mois par sa durée (entier s'il dure un an ou moins, le quart si ni sa durée ni sa fin ne sont connues), puis la somme."
YEARLY_ELSEWHERE = {
    "period": "L'Échéancier additionne plutôt, marché par marché, des montants ramenés à douze mois\u202f: les deux nombres ne sont pas comparables.",
    "contract": "Familles (Potentiel) et le Simulateur divisent plutôt la dépense de toute la période par ses années\u202f: les deux nombres ne sont pas comparables.",
}
