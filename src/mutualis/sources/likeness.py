"""How much a column looks like a field: by the words of its header, and by what its cells are."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from mutualis.fields import FIELDS, Field
from mutualis.sources.words import essential, plain

# What a cell must look like, where the look tells.
SHAPES = {
    # a spreadsheet may have rounded some: 1,23E+13; others are kept as text: ="80268496900016"
    "buyer_id": re.compile(r"^(\D{0,12}\d[\d\s]{7,17}\d(\.0)?[\"']*|\d[.,]\d+E\+?\d+)$"),
    "supplier_id": re.compile(r"^(\D{0,12}\d[\d\s]{7,17}\d(\.0)?[\"']*|\d[.,]\d+E\+?\d+)$"),
    "buyer_commune_code": re.compile(r"^(\d{4,5}|2[AB]\d{3})$"),
    "supplier_commune_code": re.compile(r"^(\d{4,5}|2[AB]\d{3})$"),
    "buyer_department_code": re.compile(r"^(?!\d{6})"),
    "supplier_department_code": re.compile(r"^(?!\d{6})"),
    "cpv_code": re.compile(r"^\d{7,8}(-\d)?(\D.*)?$"),
    "amount": re.compile(r"^[-−(]?\s*€?\s*\d[\d\s\u00a0\u202f.,'’]*[^\d]{0,20}$"),
    "notified_on": re.compile(
        r"^(\d{4}([-/]\d{2}([-/]\d{2}.*)?)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*|[3-6]\d{4}(\.0)?|\d{1,2}/\d{4}|\D*\d{0,2}\D+\d{2,4})$"
    ),
    "duration_months": re.compile(r"^\d+([.,]\d+)?( ?(mois|ans?|jours?))?$", re.IGNORECASE),
    "quantity": re.compile(r"^-?\d[\d\s.,]*$"),
    "unit_price": re.compile(r"^-?\d[\d\s.,]*\s*€?$"),
}
YEAR = re.compile(r"^\d{4}(\.0)?$")
# What a cell looks like is seen in its first characters: it may be a whole notice.
CELL_START = 200
# Cells that say nothing, neither for nor against.
UNSAID = {
    "CDL",
    "MQ",
    "NC",
    "N C",
    "ND",
    "N D",
    "NR",
    "NA",
    "N A",
    "NON DISPONIBLE",
    "NON COMMUNIQUE",
    "NON RENSEIGNE",
    "",
}
# Fields whose headers may say more than their name: their cells, or the lack of a rival, confirm.
NAMES = {"supplier_name", "buyer_name"}
TELLING = {*SHAPES, *NAMES} - {"buyer_department_code", "supplier_department_code"}
# Fields whose words a code often stands beside, under a like header: « Fournisseur » 1100045678, « Nom fournisseur ».
WORDED = {*NAMES, "category_label", "object"}
# A column of one of these is about a party, but is not its name.
NOT_A_NAME = re.compile(
    r"\b(SIRETS?|SIRENS?|ID|CODE|CP|POSTAL|VILLE|COMMUNE|ADRESSE|DEPARTEMENT|REGION|CATEGORIE|TYPE|TAILLE|NOMBRE|NB|DATE|ROLE|PAYS"
    r"|ETABLISSEMENTS?|TYPEIDENTIFIANT|MAIL|COURRIEL|TELEPHONE)\b"
)
# Words that make a column of another thing than the field it resembles.
MAXIMUM = re.compile(r"\bMAX(I|IMUM|IMAL)?\b")
OTHER_AMOUNT = re.compile(r"\b(TTC|TVA|MIN|MINI|MINIMUM)\b|^TAUX")
# A bare header is about the party named just before it.
BARE = {"NOM", "NOM 1", "SIRET", "N SIRET", "NUMERO SIRET", "SIREN", "CODE POSTAL", "CP", "DEPARTEMENT", "COMMUNE"}
SUPPLIER_WORDS = re.compile(r"\b(TITULAIRE|ATTRIBUTAIRE|FOURNISSEUR|PRESTATAIRE|ENTREPRISE|TIERS|CREANCIER)S?\b")
BUYER_WORDS = re.compile(r"\b(ACHETEUR|SERVICE|ADJUDICATEUR|ORGANISME|COLLECTIVITE|ENTITE)S?\b")

KNOWN_NAMES = {field.name: [essential(name) for name in (field.label, field.name, *field.aliases)] for field in FIELDS}


def in_context(headers: Sequence[str]) -> Iterator[str]:
    """Give each header with the party it is about, when it does not say: « Titulaire ; SIRET » is the supplier's."""
    party = ""
    for header in headers:
        text = plain(header)
        if SUPPLIER_WORDS.search(text):
            party = "titulaire"
        elif BUYER_WORDS.search(text):
            party = "acheteur"
        elif text not in BARE:
            party = ""
        yield f"{header} {party}" if text in BARE and party else header


def points(header: str, field: Field, cells: Sequence[str]) -> float:
    """Tell how much a column looks like a field.

    Args:
        header: its name.
        field: the field.
        cells: those of its first rows that are filled.

    Returns:
        From 0 or less to 106: likeness of the names, more or less what the cells look like.
    """
    return _likeness(header, field.name) + _fit(field.name, cells) - _otherness(plain(header), field.name)


def _likeness(header: str, name: str) -> float:
    text, known = essential(header), KNOWN_NAMES[name]
    best = process.extractOne(text, known, scorer=fuzz.ratio)
    loose = process.extractOne(text, known, scorer=fuzz.token_sort_ratio)
    found = max(best[1] if best else 0.0, (loose[1] if loose else 0.0) - 3)
    if name in TELLING and not (name in NAMES and NOT_A_NAME.search(plain(header))):
        # a short word, « service », may stand in any header
        long = [alias for alias in known if name != "buyer_name" or len(alias) >= len("acheteur")]
        if inside := process.extractOne(text, long, scorer=fuzz.token_set_ratio):
            # « Total notifié (HT) » holds all the words of « total ht »
            found = max(found, inside[1] - 14)
    return found


def _otherness(header: str, name: str) -> float:
    """Count what makes a column another thing than it seems: an amount with tax, a length in days, a modification."""
    if name == "duration_months" and re.search(r"\bJOURS?\b", header):
        return 40.0
    if name == "amount" and MAXIMUM.search(header):
        return 3.0  # what was agreed, where it is said, comes before what may be reached
    if name == "contract_id" and re.search(r"\b(EJ|ENGAGEMENT)\b", header):
        return 5.0  # one commitment, several payments: the payment's own number tells them apart
    is_other = (name == "amount" and OTHER_AMOUNT.search(header)) or (
        header.startswith("MODIF") and name not in ("current_amount", "modification_id")
    )
    return 15.0 if is_other else 0.0


def _fit(name: str, cells: Sequence[str]) -> float:
    """Add or take points by what the cells look like, from +6 (all fit) to -40 (none does).

    Some cells of the right look are enough under the field's own name: the others may be notes.
    """
    shape = SHAPES.get(name)
    said = [cell for cell in (cell[:CELL_START].strip() for cell in cells) if plain(cell) not in UNSAID]
    if not said:
        return 0.0
    if name == "buyer_name" and all(plain(cell).startswith("MINISTERE") for cell in said):
        return -5.0  # one of its services, where it is said, is who buys
    if name in WORDED:
        return -10.0 * sum(_is_code(cell) for cell in said) / len(said)
    if shape is None:
        return 0.0
    if name == "notified_on" and all(YEAR.match(cell) for cell in said):
        return -14.0  # a day, where there is one, says more than a year
    fitting = sum(bool(shape.match(cell)) for cell in said) / len(said)
    return 6.0 if fitting == 1 else -40.0 if fitting == 0 else -16.0 * (1 - fitting)


def _is_code(cell: str) -> bool:
    return sum(map(str.isdigit, cell)) > sum(map(str.isalpha, cell))
