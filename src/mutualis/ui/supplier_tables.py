"""Suppliers arranged for reading: places, distances, gaps between the contracts of one supplier. No Streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mutualis import formats, geography, labels

OTHER_PLACES = "Autres départements"
NEAR_KM, FAR_KM = 100.0, 300.0
SIZES = {"PME": "PME", "ETI": "ETI", "GE": "Grande entreprise", "inconnu": "Taille inconnue"}
RINGS = ("Même département", "Moins de 100 km", "De 100 à 300 km", "300 km et plus", "Lieu inconnu")


def with_distance(places: pd.DataFrame) -> pd.DataFrame:
    """Add to ``supply_places`` the distance in km (null: a place is unknown) and its ring, of ``RINGS``."""
    table = geography.department_distances()
    rows = table.index.get_indexer(pd.Index(places["buyer_department_code"]))
    columns = table.columns.get_indexer(pd.Index(places["supplier_department_code"]))
    known = (rows >= 0) & (columns >= 0)
    km = np.where(known, table.to_numpy()[rows, columns], np.nan)
    same = known & (rows == columns)
    ring = np.select([~known, same, km < NEAR_KM, km < FAR_KM], [RINGS[4], RINGS[0], RINGS[1], RINGS[2]], RINGS[3])
    return places.assign(km=km, ring=ring)


def split(places: pd.DataFrame, column: str, names: Mapping[str, str]) -> list[dict[str, object]]:
    """Arrange spend by a column as bars, in the order of the names, with shares."""
    sums, total = places.groupby(column)["spend_eur"].sum(), places["spend_eur"].sum()
    return [
        {"code": code, "label": f"{name} ({formats.euros(sums[code])})", "values": [float(sums[code])], "selected": False,
         "texts": [formats.percent(sums[code] / total if total else None)]}
        for code, name in names.items() if code in sums.index
    ]  # fmt: skip


def mean_distance(places: pd.DataFrame) -> float | None:
    """Average the distance (km) over the spend whose two places are known."""
    known = places[places["km"].notna() & (places["spend_eur"] > 0)]
    return float(np.average(known["km"], weights=known["spend_eur"])) if len(known) else None


def suppliers_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Give suppliers with French headers and units; names already masked."""
    return pd.DataFrame({
        "Fournisseur": frame["supplier_name"], "Entités": frame["n_buyers"], "Dépenses (k€ HT)": (frame["spend_eur"] / 1e3).round(1), "Lignes": frame["n_rows"],
        "Taille": frame["supplier_size"].map(SIZES), "Département": frame["supplier_department_code"].map(geography.names("department")).fillna(labels.UNPLACED),
        "Part de sa première entité (%)": (100 * frame["first_buyer_share"]).round(1),
    })  # fmt: skip


def told_apart(suppliers: pd.DataFrame) -> pd.Series:
    """Name suppliers (supplier_key, supplier_name); two of one name are two: their number tells them apart."""
    name, key = suppliers["supplier_name"], suppliers["supplier_key"]
    bearers = key.groupby(name).transform("nunique")
    number = key.where(key.str.fullmatch(r"\d{9}"), "sans SIREN")
    return name.where(bearers == 1, name + " (" + number + ")")


def named_links(links: pd.DataFrame) -> pd.DataFrame:
    """Name both ends of the links of ``supplier_links.sql``: left, right, their codes, spend_eur, and the hint of each."""
    names = geography.names("department")
    code, key = links["buyer_department_code"], links["supplier_key"]
    found = pd.DataFrame({
        "left": code.map(names).fillna(code).fillna(OTHER_PLACES),
        "right": told_apart(links),
        "spend_eur": links["spend_eur"], "left_code": code, "right_code": key,
    })  # fmt: skip
    hints = [
        f"{place} → {name}\u202f: {formats.euros(eur)}, {formats.plural(int(n), 'entité', 'entités')}"
        for place, name, eur, n in zip(
            found["left"], found["right"], found["spend_eur"], links["n_buyers"], strict=True
        )
    ]
    return found.assign(hint=hints)


def concentration_table(supply: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give the concentration of each segment's suppliers with French headers and units."""
    return pd.DataFrame({
        "Segment": supply["segment"].map(segments), "Dépenses (k€ HT)": (supply["spend_eur"] / 1e3).round(1), "Fournisseurs": supply["n_suppliers"],
        "HHI (0 à 1)": supply["supplier_hhi"].round(3), "Premier (%)": (100 * supply["top1_share"]).round(1), "Dix premiers (%)": (100 * supply["top10_share"]).round(1),
        "Part PME (%)": (100 * supply["sme_share"]).round(1), "Acheté dans la région (%)": (100 * supply["local_share"]).round(1),
    })  # fmt: skip


def with_gaps(contracts: pd.DataFrame) -> pd.DataFrame:
    """Compare one supplier's contracts between entities: their unit prices and their terms.

    An amount per month is not compared: it says the size of the need, not a price.

    Args:
        contracts: columns of ``supplier_contracts.sql``.

    Returns:
        The same with article (what a unit price is the price of), price_gap (price / median − 1 of the article) and
        term_gap (months more than the segment's median); null where no other entity can be compared.
    """
    has_price = contracts["unit_price_eur"].notna() & contracts["item"].notna()
    article = contracts["item"].astype("str") + ", par " + contracts["unit"].fillna("unité").astype("str")
    found = contracts.assign(article=article.where(has_price))
    price_median = _median_between_entities(found[has_price], "article", "unit_price_eur")
    term_median = _median_between_entities(found[found["duration_months"].notna()], "segment", "duration_months")
    return found.assign(
        price_gap=contracts["unit_price_eur"] / price_median.reindex(found.index).replace(0.0, np.nan) - 1,
        term_gap=contracts["duration_months"] - term_median.reindex(found.index),
    )


def _median_between_entities(contracts: pd.DataFrame, group: str, value: str) -> pd.Series:
    compared = contracts.groupby(group)
    median = compared[value].transform("median").astype(float)
    return median.where(compared["buyer_key"].transform("nunique") > 1)


def contracts_table(contracts: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give one supplier's contracts with French headers and units; without unit prices, none of their columns.

    Args:
        contracts: columns of ``with_gaps``.
        segments: label by segment code.
    """
    prices = {
        "Article": contracts["article"], "Prix unitaire (€ HT)": contracts["unit_price_eur"].round(2),
        "Écart de prix (%)": (100 * contracts["price_gap"]).round(1),
    }  # fmt: skip
    return pd.DataFrame({
        "Entité": contracts["buyer_name"], "Objet": contracts["object"], **(prices if contracts["article"].notna().any() else {}),
        "Montant (€ HT)": contracts["amount_eur"].round(2), "Durée (mois)": contracts["duration_months"],
        "Écart de durée (mois)": contracts["term_gap"].round(1), "Notifié ou payé le": contracts["notified_on"], "Échéance": contracts["ends_on"],
        "Montant par mois (€ HT)": contracts["monthly_eur"].round(2),
        "Segment": contracts["segment"].map(lambda code: segments.get(code, labels.UNCLASSIFIED)), "Département": contracts["buyer_department_code"],
    })  # fmt: skip
