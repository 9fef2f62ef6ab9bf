"""Rows behind a figure, arranged for reading: French headers, masked names, orders. No Streamlit."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from mutualis import labels

# order of ``spend_rows.sql`` → its name on screen
SORTS = {
    "counted_desc": "Montant compté, du plus grand au plus petit",
    "amount_desc": "Montant, écartés et plafonds compris, du plus grand au plus petit",
    "amount_asc": "Montant, du plus petit au plus grand",
    "date_desc": "Date, de la plus récente à la plus ancienne",
    "date_asc": "Date, de la plus ancienne à la plus récente",
    "ends_asc": "Échéance, de la plus proche à la plus lointaine",
    "buyer": "Entité, de A à Z",
    "supplier": "Fournisseur, de A à Z",
    "object": "Objet, de A à Z",
}

# header → what fills it, from the columns of ``spend_rows.sql`` and the labels of the segments
_COLUMNS: Mapping[str, Callable[[pd.DataFrame, Mapping[str, str]], pd.Series]] = {
    "Date": lambda rows, _: rows["notified_on"],
    "Entité": lambda rows, _: rows["buyer_name"],
    "Fournisseur": lambda rows, _: rows["supplier_name"],
    "Objet": lambda rows, _: rows["object"],
    "Segment": lambda rows, segments: rows["segment"].map(lambda code: segments.get(code, labels.UNCLASSIFIED)),
    "Montant (€ HT)": lambda rows, _: rows["amount_eur"],
    "Compté": lambda rows, _: _counted(rows),
    "Échéance": lambda rows, _: rows["ends_on"],
    "Durée (mois)": lambda rows, _: rows["duration_months"].astype("Int64"),
    "Procédure": lambda rows, _: rows["procedure"],
    "Code CPV": lambda rows, _: rows["cpv_code"],
    "Département de l'entité": lambda rows, _: rows["buyer_department_code"],
    "Département du fournisseur": lambda rows, _: rows["supplier_department_code"],
    "Quantité": lambda rows, _: rows["quantity"],
    "Unité": lambda rows, _: rows["unit"],
    "Prix unitaire (€ HT)": lambda rows, _: rows["unit_price_eur"].round(2),
    "Numéro": lambda rows, _: rows["contract_uid"],
    "Fichier": lambda rows, _: rows["source_file"],
    "Ligne du fichier": lambda rows, _: rows["source_row"],
}
COLUMNS = tuple(_COLUMNS)
# in pixels: without them long names push the amount out of a 1440-pixel screen
WIDTHS = {"Entité": 215, "Fournisseur": 175, "Objet": 225, "Segment": 165}
USUAL = ("Date", "Entité", "Fournisseur", "Objet", "Segment", "Montant (€ HT)", "Compté", "Échéance")


def masked(rows: pd.DataFrame, show_persons: bool) -> pd.DataFrame:
    """Hide the names of natural persons.

    Args:
        rows: with supplier_name and is_sole_trader.
        show_persons: keep them, as the settings may allow.
    """
    if show_persons:
        return rows
    return rows.assign(supplier_name=rows["supplier_name"].mask(rows["is_sole_trader"].astype(bool), labels.PERSON))


def rows_table(rows: pd.DataFrame, columns: Sequence[str], segments: Mapping[str, str]) -> pd.DataFrame:
    """Give rows with French headers and units.

    Args:
        rows: columns of ``spend_rows.sql``, names already masked.
        columns: headers wanted, of ``COLUMNS``; in the order of ``COLUMNS`` whatever theirs.
        segments: label by segment code.
    """
    return pd.DataFrame({header: make(rows, segments) for header, make in _COLUMNS.items() if header in columns})


def _counted(rows: pd.DataFrame) -> pd.Series:
    words = pd.Series("oui", index=rows.index)
    return words.mask(rows["is_ceiling"].astype(bool), "non, plafond").mask(
        rows["amount_flag"] != "ok", "non, montant écarté"
    )
