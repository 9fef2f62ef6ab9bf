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
from mutualis.sources.likeness import in_context, points
from mutualis.sources.words import plain

GRAINS = ("contract", "payment")
AMOUNT_UNITS = ("EUR", "kEUR", "MEUR")
UNIT_WORDS = {
    "kEUR": re.compile(r"\bK ?(E|EUR|EUROS)\b|K€|MILLIERS"),
    "MEUR": re.compile(r"\bM ?(EUR|EUROS)\b|\bM ?€|MILLIONS"),
}
SURE, POSSIBLE = 92, 84
KEYS = {"grain", "amount_unit", "columns", "constants"}

# a maximum is what a framework agreement may reach, not what is spent; the decree's « forfaitaire ou maximum » is either
CEILING_WORDS = re.compile(r"^(?!.*\bFORFAIT).*\b(MAX|MAXI|MAXIMUM|MAXIMAL|PLAFOND)\b")
KIND_WORDS = re.compile(r"MARCHE|ACCORD|CONTRAT|CONCESSION")
CEILING = {"techniques": "Accord-cadre"}
PAYMENT_WORDS = re.compile(
    r"\b(PAIEMENT|PAYE|FACTURE|PIECE|ENGAGEMENT|EJ|DP|DEMANDE DE PAIEMENT|CREANCIER|TIERS|MANDAT|COMPTABLE|CENTRE FINANCIER)\b"
)
CONTRACT_WORDS = re.compile(r"\b(MARCHE|PROCEDURE|NOTIFICATION|NOTIFIE|ATTRIBUTAIRE|TITULAIRE|DUREE|CONSULTATION)\b")


@dataclass(frozen=True)
class Mapping:
    """A source's headers for our fields.

    Attributes:
        columns: field → header of the file.
        grain: ``contract`` or ``payment``.
        amount_unit: ``EUR``, ``kEUR`` or ``MEUR``.
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
            if taxed := next((header for header in headers if "TTC" in plain(header).split()), None):
                return (
                    f"{name} : « {taxed} » est toutes taxes comprises, et les montants se lisent hors taxes. "
                    "S'il n'y en a pas d'autre, désignez-le par une correspondance (écran Données, ou --mapping)."
                )
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
    for place, (header, text) in enumerate(zip(headers, in_context(headers), strict=True)):
        cells = [cell for row in sample if place < len(row) and (cell := row[place])]
        for known in FIELDS:
            if (found := points(text, known, cells)) >= POSSIBLE:
                claims.append((found, -place, known.name, header))
    columns: dict[str, str] = {}
    confidence: dict[str, int] = {}
    for found, _, name, header in sorted(claims, reverse=True):
        if name not in columns and header not in columns.values():
            columns[name], confidence[name] = header, min(100, round(found))
    ordered = {name: columns[name] for name in FIELD_NAMES if name in columns}
    grain, amount = _guess_grain(headers), columns.get("amount", "")
    says_what_it_is = (
        grain == "payment" or "techniques" in columns or _says_kind(headers, sample, columns.get("nature"))
    )
    constants = CEILING if CEILING_WORDS.search(plain(amount)) and not says_what_it_is else {}
    return Guess(Mapping(ordered, grain, _guess_unit(amount), dict(constants)), confidence)


def _says_kind(headers: Sequence[str], sample: Sequence[Sequence[str | None]], nature: str | None) -> bool:
    """Tell whether the nature is that of the contract, « Marché » or « Accord-cadre », or only what is bought: « Travaux »."""
    place = list(headers).index(nature) if nature is not None else len(headers)
    return any(KIND_WORDS.search(plain(row[place] or "")) for row in sample if place < len(row))


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
    parts = [saved.get("columns", {}), saved.get("constants", {})]
    if not all(isinstance(part, dict) for part in parts):
        raise SourceError(f"{path} : « [columns] » et « [constants] » associent chacun des champs à un texte.")
    columns, constants = ({name: str(value) for name, value in part.items()} for part in parts)
    unknown = [*(set(saved) - KEYS), *((set(columns) | set(constants)) - set(FIELD_NAMES))]
    if unknown:
        raise SourceError(
            f"{path} : nom inconnu « {sorted(unknown)[0]} ». Champs possibles : {', '.join(FIELD_NAMES)}."
        )
    mapping = Mapping(columns, saved.get("grain", "contract"), saved.get("amount_unit", "EUR"), constants)
    if mapping.grain not in GRAINS or mapping.amount_unit not in AMOUNT_UNITS:
        raise SourceError(f"{path} : « grain » vaut contract ou payment, « amount_unit » vaut EUR, kEUR ou MEUR.")
    return mapping


def save_mapping(mapping: Mapping) -> str:
    """Write a mapping as TOML, to be read again by ``load_mapping``."""
    saved = {"grain": mapping.grain, "amount_unit": mapping.amount_unit, "columns": mapping.columns}
    if mapping.constants:
        saved["constants"] = mapping.constants
    return '# Correspondance de colonnes Mutualis : champ = "en-tête du fichier"\n' + tomli_w.dumps(saved)


def _guess_unit(header: str) -> str:
    return next((unit for unit, words in UNIT_WORDS.items() if words.search(header.upper())), "EUR")


def _guess_grain(headers: Sequence[str]) -> str:
    text = " ".join(plain(header) for header in headers)
    return "payment" if len(PAYMENT_WORDS.findall(text)) > len(CONTRACT_WORDS.findall(text)) else "contract"
