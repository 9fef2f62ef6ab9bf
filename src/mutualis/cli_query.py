"""The parameters of a query asked from the command line: those its text names, given as « k=v »."""

import re
from collections.abc import Sequence
from datetime import date

from mutualis import queries
from mutualis.errors import WarehouseError

DEFAULTS: dict[str, object] = queries.Filters().parameters() | {
    "limit": queries.PAGE_SIZE,
    "offset": 0,
    "search": None,
    "by": "region",
    "level": "commune",
    "sort": "counted_desc",
    "below": None,
    "persons": False,
    "as_of": None,  # the version's own, once opened
}
DATES = {"start", "end", "as_of"}
AMOUNTS = {"threshold", "below"}
LISTS = {
    "regions", "departments", "epcis", "communes", "buyer_types", "buyers", "families", "segments", "suppliers", "codes",
}  # fmt: skip
TEXTS = {"grain", "search", "by", "level", "sort", "supplier", "kind", "code", "within", "after"}
YES, NO = ("oui", "true", "1"), ("non", "false", "0")


def parameters(name: str, pairs: Sequence[str]) -> dict[str, object]:
    """Read the parameters of a query.

    Args:
        name: the query.
        pairs: « k=v » as typed; lists are separated by commas.

    Returns:
        All its parameters, those not given at their default.

    Raises:
        WarehouseError: the query, a parameter or a value is unknown, or one without default is not given.
    """
    try:
        text = queries.query_text(name)
    except KeyError:
        raise WarehouseError(f"Requête inconnue : {name}. Requêtes : {', '.join(queries.query_names())}.") from None
    known = list(dict.fromkeys(re.findall(r"\$([a-z_]+)", text)))
    values = {key: value for key, value in DEFAULTS.items() if key in known}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in known:
            raise WarehouseError(
                f"Paramètre inconnu : {pair}. « {name} » attend : {', '.join(known) or 'aucun paramètre'}."
            )
        values[key] = _value(key, value)
    if missing := [key for key in known if key not in values]:
        raise WarehouseError(f"« {name} » attend aussi : {', '.join(missing)} (--param {missing[0]}=…).")
    return values


def _value(key: str, text: str) -> object:
    if key in LISTS:
        return [part for part in text.split(",") if part]
    if key in TEXTS:
        return text
    try:
        if key in DATES:
            return date.fromisoformat(text)
        if key == "persons":
            return {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}[text.lower()]
        return float(text.replace(",", ".")) if key in AMOUNTS else int(text)
    except (ValueError, KeyError):
        raise WarehouseError(
            f"Valeur illisible pour {key} : {text} (attendu : date AAAA-MM-JJ, nombre (entier, sauf un montant), oui ou non)."
        ) from None
