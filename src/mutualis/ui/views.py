"""Query results arranged for the screens: texts, rows of bars, French headers. No Streamlit."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from mutualis import formats, geography, labels

COUNTED = "Montants hors taxes des lignes retenues\u202f: ni montants absurdes, nuls ou bouchons, ni plafonds d'accords-cadres."


# label, value with its unit, one line below, how it is computed in words
KeyFigure = tuple[str, str, str, str]
# Below this, a share of what is known says nothing of the whole.
KNOWN_ENOUGH = 0.2


def key_figures(totals: pd.Series, grain: str) -> list[KeyFigure]:
    """Write the key figures of a perimeter.

    Args:
        totals: the row of ``totals.sql``.
        grain: ``contract`` or ``payment``.

    Returns:
        The figures, in their order.
    """
    spend, what = totals["spend_eur"], "marchés" if grain == "contract" else "lignes payées"
    small = totals["spend_below_25k_eur"]
    return [
        ("Dépenses", formats.euros(spend), f"{formats.count(totals['n_counted'])} {what} comptés", f"somme des montants du périmètre. {COUNTED}"),
        ("Entités acheteuses", formats.count(totals["n_buyers"]), "regroupées par SIREN", "nombre de SIREN d'acheteurs distincts (à défaut de SIREN, de noms)."),
        ("Fournisseurs", formats.count(totals["n_suppliers"]), "plafonds d'accords-cadres compris",
         "nombre de SIREN de titulaires distincts (à défaut de SIREN, de noms), toutes lignes du périmètre\u202f: l'écran Fournisseurs ne compte que ceux des lignes comptées comme dépense."),
        ("Plafonds d'accords-cadres", formats.euros(totals["ceilings_eur"]), f"{formats.plural(int(totals['n_ceilings']), 'plafond', 'plafonds')}, hors dépenses",
         "somme des montants maximums des accords-cadres du périmètre. Un plafond n'est jamais une dépense\u202f: il n'entre dans aucun autre total."),
        ("Petits achats (< 25 k€)", formats.percent(_share(small, spend)), f"des dépenses\u202f: {formats.euros(small)}, {formats.count(totals['n_below_25k'])} {what}",
         f"part des dépenses dont le montant est inférieur à 25 000 €. {COUNTED}"),
        ("Moins de 40 k€", formats.percent(_share(totals["spend_below_40k_eur"], spend)),
         f"des dépenses\u202f: {formats.euros(totals['spend_below_40k_eur'])}, {formats.count(totals['n_below_40k'])} {what}",
         "part des dépenses inférieures à 40 000 €, seuil de publication des données essentielles\u202f: en dessous, les marchés publiés sont incomplets."),
        ("Part des PME", formats.percent(sme_share(totals)), f"taille connue pour {formats.percent(totals['size_known_share'], 0)} des dépenses",
         "dépenses auprès de PME, rapportées aux dépenses dont la taille du titulaire est connue."),
        ("Déjà mutualisé", formats.percent(_share(totals["pooled_spend_eur"], spend)), "des dépenses\u202f: UGAP, DAE, PFRA, centrales",
         "part des dépenses portées par l'UGAP, la DAE, une PFRA ou une autre centrale d'achat\u202f: elle n'est pas à mutualiser de nouveau."),
    ]  # fmt: skip


def sme_share(totals: pd.Series) -> float | None:
    """Give the share of SMEs, where the size of enough suppliers is known (a row of ``totals.sql``)."""
    return totals["sme_share"] if totals["size_known_share"] > KNOWN_ENOUGH else None


def bar_rows(
    frame: pd.DataFrame, key: str, names: Mapping[str, str], unknown: str, selected: Sequence[str]
) -> list[dict[str, Any]]:
    """Arrange a split by code as bars of spend; the unknown part comes last and cannot be clicked away."""
    known = frame[frame[key].notna()]
    rows = [
        {
            "code": code,
            "label": names.get(code, code),
            "values": [float(eur)],
            "texts": [formats.euros(eur)],
            "selected": code in selected,
        }
        for code, eur in zip(known[key], known["spend_eur"], strict=True)
    ]
    rest = float(frame.loc[frame[key].isna(), "spend_eur"].sum())
    return (
        [*rows, {"code": "", "label": unknown, "values": [rest], "texts": [formats.euros(rest)], "selected": False}]
        if rest
        else rows
    )


def largest(frame: pd.DataFrame, limit: int, one: str, several: str) -> tuple[pd.DataFrame, str]:
    """Keep the largest parts of a split by code, and the unknown one; say in a sentence what is left out, '' if nothing."""
    known = frame[frame["code"].notna()]
    rest = known.iloc[limit:]
    shown = pd.concat([known.head(limit), frame[frame["code"].isna()]])
    if rest.empty:
        return shown, ""
    return shown, (
        f"{formats.plural(len(rest), f'autre {one}', f'autres {several}')} non montré{'s' if len(rest) > 1 else ''}\u202f: "
        f"{formats.euros(rest['spend_eur'].sum())}."
    )


def comparison_rows(shares: pd.DataFrame, names: Mapping[str, str], unknown: str) -> list[dict[str, Any]]:
    """Arrange shares by family (one column per region) as twin bars."""
    return [
        {"code": code if isinstance(code, str) else "", "label": names.get(code, unknown), "values": [float(v) for v in row],
         "texts": [formats.percent(v) for v in row], "selected": False}
        for code, row in zip(shares.index, shares.to_numpy(), strict=True)
    ]  # fmt: skip


def buyers_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Give the buyers with French headers and units."""
    return pd.DataFrame({
        "Entité": frame["buyer_name"], "Type": frame["buyer_type"].map(labels.BUYER_TYPES), "Département": frame["buyer_department_code"].map(geography.names("department")).fillna(frame["buyer_department_code"]),
        "Dépenses (k€ HT)": (frame["spend_eur"] / 1e3).round(1), "Lignes": frame["n_rows"], "Fournisseurs": frame["n_suppliers"],
        "Part PME (%)": (frame["sme_share"] * 100).round(1),
    })  # fmt: skip


def change_sentence(now: pd.Series, before: pd.Series, version: str) -> str:
    """Say what a perimeter gained or lost since another version (rows of ``totals.sql``)."""
    spend, rows = now["spend_eur"] - before["spend_eur"], int(now["n_counted"] - before["n_counted"])
    sign = "+" if spend > 0 else ""
    return (
        f"Depuis la version {version}\u202f: {sign}{formats.euros(spend)} de dépenses comptées, "
        f"{'+' if rows > 0 else ''}{formats.plural(rows, 'ligne', 'lignes')}, "
        f"{formats.plural(int(now['n_buyers']), 'entité', 'entités')} contre {formats.count(before['n_buyers'])}."
    )


def quality_sentence(coverage: pd.DataFrame, grain: str, totals: pd.Series) -> str:
    """Say in one paragraph what share of the rows each screen can use."""
    row = coverage[coverage["grain"] == grain].iloc[0]
    return (
        f"Sur les {formats.count(row['n_rows'])} lignes des données, toutes régions comprises\u202f: **{formats.percent(row['placed_share'], 0)}** localisées, "
        f"**{formats.percent(row['classified_share'], 0)}** classées dans une famille, **{formats.percent(row['dated_share'], 0)}** datées, "
        f"**{formats.percent(row['ends_on_share'], 0)}** avec une échéance connue, **{formats.percent(row['size_share'], 0)}** avec la taille "
        f"du titulaire. Non classé dans ce périmètre\u202f: {formats.euros(totals['unclassified_eur'])}."
    )


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
