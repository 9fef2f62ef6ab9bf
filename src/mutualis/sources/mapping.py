"""Which column of a home-made file is which field: guessed, corrected on screen, saved, replayed."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tomli_w
from rapidfuzz import fuzz, process

from mutualis.errors import SourceError
from mutualis.fields import FIELD_NAMES, FIELDS
from mutualis.sources.words import plain

GRAINS = ("contract", "payment")
AMOUNT_UNITS = ("EUR", "kEUR")
SURE, POSSIBLE = 92, 80
KEYS = {"grain", "amount_unit", "columns", "constants"}

# What a cell must look like, where the look tells.
SHAPES = {
    "buyer_id": re.compile(r"^[\d\s]{9,19}(\.0)?$"),
    "supplier_id": re.compile(r"^(FR)?[\d\s]{9,19}(\.0)?$"),
    "cpv_code": re.compile(r"^\d{7,8}(-\d)?$"),
    "amount": re.compile(r"^[-(]?\d[\d\s\u00a0\u202f.,]*\s*€?\)?$"),
    "notified_on": re.compile(r"^(\d{4}([-/]\d{2}[-/]\d{2}.*)?|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}.*|[3-6]\d{4})$"),
    "duration_months": re.compile(r"^\d+([.,]\d+)?( ?mois)?$"),
    "quantity": re.compile(r"^-?\d[\d\s.,]*$"),
    "unit_price": re.compile(r"^-?\d[\d\s.,]*\s*€?$"),
}
# Fields whose headers may say more than their name: their cells, or the lack of a rival, confirm.
TELLING = {*SHAPES, "supplier_name"}
PAYMENT_WORDS = re.compile(
    r"\b(PAIEMENT|PAYE|FACTURE|PIECE|ENGAGEMENT|DP|DEMANDE DE PAIEMENT|CREANCIER|TIERS|MANDAT)\b"
)
CONTRACT_WORDS = re.compile(r"\b(MARCHE|PROCEDURE|NOTIFICATION|NOTIFIE|ATTRIBUTAIRE|TITULAIRE|DUREE|CONSULTATION)\b")


@dataclass(frozen=True)
class Mapping:
    """A source's headers for our fields.

    Attributes:
        columns: field → header of the file.
        grain: ``contract`` or ``payment``.
        amount_unit: ``EUR`` or ``kEUR``.
        constants: field → a value for every row (the buyer of a one-buyer file).
    """

    columns: dict[str, str]
    grain: str = "contract"
    amount_unit: str = "EUR"
    constants: dict[str, str] = field(default_factory=dict)

    def problem(self, headers: Sequence[str], name: str) -> str | None:
        """Say in French why this mapping cannot read a file with these headers, or None."""
        for header in self.columns.values():
            if header not in headers:
                near = process.extractOne(header, headers, scorer=fuzz.ratio)
                hint = f" La plus proche : « {near[0]} »." if near else ""
                return f"{name} : la colonne « {header} » de la correspondance n'est pas dans le fichier.{hint}"
        given = set(self.columns) | set(self.constants)
        if "amount" not in given:
            return (
                f"{name} : aucune colonne de montant reconnue. Donnez une correspondance (écran Données, ou --mapping)."
            )
        if not given & {"buyer_id", "buyer_name"}:
            return (
                f"{name} : ni SIRET ni nom d'acheteur reconnu. Donnez une correspondance, ou un acheteur fixe "
                "pour tout le fichier (écran Données, ou --mapping)."
            )
        return None


@dataclass(frozen=True)
class Guess:
    """A guessed mapping and how sure each of its columns is (0 to 100)."""

    mapping: Mapping
    confidence: dict[str, int]


def guess_mapping(headers: Sequence[str], sample: Sequence[Sequence[str | None]]) -> Guess:
    """Guess which header is which field, by its name and by what its cells look like.

    Args:
        headers: the file's column names.
        sample: some rows, as text.

    Returns:
        The best pairing, each header used once; fields nobody claims are absent.
    """
    claims = []
    for place, header in enumerate(headers):
        cells = [row[place] for row in sample if place < len(row) and row[place]]
        for known in FIELDS:
            points = _likeness(header, (known.label, known.name, *known.aliases), known.name in TELLING) + _fit(
                known.name, cells
            )
            if "TTC" in plain(header).split() or (known.name == "amount" and plain(header).startswith("TAUX")):
                points -= 15
            if points >= POSSIBLE:
                claims.append((points, -place, known.name, header))
    columns: dict[str, str] = {}
    confidence: dict[str, int] = {}
    for points, _, name, header in sorted(claims, reverse=True):
        if name not in columns and header not in columns.values():
            columns[name], confidence[name] = header, min(100, round(points))
    unit = "kEUR" if re.search(r"\bK ?(E|EUR|EUROS)\b|K€|MILLIERS", columns.get("amount", "").upper()) else "EUR"
    ordered = {name: columns[name] for name in FIELD_NAMES if name in columns}
    return Guess(Mapping(ordered, _guess_grain(headers), unit), confidence)


def load_mapping(path: Path) -> Mapping:
    """Read a saved mapping.

    Raises:
        SourceError: the file is missing, is not TOML, or names an unknown key, field, grain or unit.
    """
    try:
        saved = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise SourceError(f"{path} : correspondance introuvable. Vérifiez le chemin donné à --mapping.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} : ce n'est pas un TOML valide ({error}).") from None
    columns, constants = saved.get("columns", {}), saved.get("constants", {})
    unknown = [*(set(saved) - KEYS), *((set(columns) | set(constants)) - set(FIELD_NAMES))]
    if unknown:
        raise SourceError(
            f"{path} : nom inconnu « {sorted(unknown)[0]} ». Champs possibles : {', '.join(FIELD_NAMES)}."
        )
    mapping = Mapping(columns, saved.get("grain", "contract"), saved.get("amount_unit", "EUR"), constants)
    if mapping.grain not in GRAINS or mapping.amount_unit not in AMOUNT_UNITS:
        raise SourceError(f"{path} : « grain » vaut contract ou payment, « amount_unit » vaut EUR ou kEUR.")
    return mapping


def save_mapping(mapping: Mapping) -> str:
    """Write a mapping as TOML, to be read again by ``load_mapping``."""
    saved = {"grain": mapping.grain, "amount_unit": mapping.amount_unit, "columns": mapping.columns}
    if mapping.constants:
        saved["constants"] = mapping.constants
    return '# Correspondance de colonnes Mutualis : champ = "en-tête du fichier"\n' + tomli_w.dumps(saved)


def _likeness(header: str, names: Sequence[str], is_telling: bool) -> float:
    text = plain(header)
    known = [plain(name) for name in names]
    best = process.extractOne(text, known, scorer=fuzz.ratio)
    loose = process.extractOne(text, known, scorer=fuzz.token_sort_ratio)
    points = max(best[1] if best else 0.0, (loose[1] if loose else 0.0) - 3)
    if is_telling and (inside := process.extractOne(text, known, scorer=fuzz.token_set_ratio)):
        # « Total notifié (HT) » holds all the words of « total ht »
        points = max(points, inside[1] - 14)
    return points


def _fit(name: str, cells: Sequence[str | None]) -> float:
    """Add or take points by what the cells look like, from +6 (all fit) to -40 (none does)."""
    shape = SHAPES.get(name)
    if shape is None or not cells:
        return 0.0
    fitting = sum(bool(shape.match((cell or "").strip())) for cell in cells) / len(cells)
    return 6.0 if fitting == 1 else -40.0 * (1 - fitting)


def _guess_grain(headers: Sequence[str]) -> str:
    text = " ".join(plain(header) for header in headers)
    return "payment" if len(PAYMENT_WORDS.findall(text)) > len(CONTRACT_WORDS.findall(text)) else "contract"
