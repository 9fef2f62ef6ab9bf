"""Suppliers arranged for reading: places, distances, gaps between the contracts of one supplier. No Streamlit."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mutualis import formats, geography, labels

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


def concentration_table(supply: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give the concentration of each segment's suppliers with French headers and units."""
    return pd.DataFrame({
        "Segment": supply["segment"].map(segments), "Dépenses (k€ HT)": (supply["spend_eur"] / 1e3).round(1), "Fournisseurs": supply["n_suppliers"],
        "HHI (0 à 1)": supply["supplier_hhi"].round(3), "Premier (%)": (100 * supply["top1_share"]).round(1), "Dix premiers (%)": (100 * supply["top10_share"]).round(1),
        "Part PME (%)": (100 * supply["sme_share"]).round(1), "Acheté dans la région (%)": (100 * supply["local_share"]).round(1),
    })  # fmt: skip


def with_gaps(contracts: pd.DataFrame) -> pd.DataFrame:
    """Compare the prices of one supplier between entities.

    A price is a unit price where a quantity is known, else an amount per month, which also says the size of the
    need. It is compared with the median of what several entities pay for the same item, or in the same segment.

    Args:
        contracts: columns of ``supplier_contracts.sql``.

    Returns:
        The same with price (EUR), basis (what it is a price of) and gap (price / median − 1; null where there is
        nothing to compare).
    """
    by_unit = contracts["unit_price_eur"].notna() & contracts["item"].notna()
    price = contracts["unit_price_eur"].where(by_unit, contracts["monthly_eur"])
    unit = contracts["item"].astype("str") + ", par " + contracts["unit"].fillna("unité").astype("str")
    basis = pd.Series(np.where(by_unit, unit, "par mois"), index=contracts.index)
    group = [basis, contracts["segment"].where(~by_unit, "")]
    found = contracts.assign(price=price, basis=basis.where(price.notna()))
    compared = found.groupby(group, dropna=False)
    enough = compared["buyer_key"].transform("nunique") > 1
    gap = price / compared["price"].transform("median").replace(0.0, np.nan) - 1
    return found.assign(gap=gap.where(enough))


def contracts_table(contracts: pd.DataFrame, segments: Mapping[str, str]) -> pd.DataFrame:
    """Give one supplier's contracts with French headers and units; columns of ``with_gaps``."""
    return pd.DataFrame({
        "Entité": contracts["buyer_name"], "Objet": contracts["object"], "Prix (€ HT)": contracts["price"].round(2),
        "Écart à la médiane (%)": (100 * contracts["gap"]).round(1), "Base du prix": contracts["basis"], "Montant (€ HT)": contracts["amount_eur"].round(2),
        "Notifié ou payé le": contracts["notified_on"], "Échéance": contracts["ends_on"], "Durée (mois)": contracts["duration_months"],
        "Segment": contracts["segment"].map(segments), "Département": contracts["buyer_department_code"],
    })  # fmt: skip
