"""The texts, tables and rows of bars of Petits achats. No Streamlit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mutualis import formats, labels
from mutualis.config import PILOT_SHORT_NAMES
from mutualis.levers import BY_KEY, Levers
from mutualis.scenario.arrays import ratio
from mutualis.scenario.handling import handling, platform_load
from mutualis.ui.views import KeyFigure

MOST_KEUR = 40  # awards are published from 40 k€ on
SIZES = {
    "0": "Moins de 1 k€", "1": "1 à 5 k€", "5": "5 à 10 k€", "10": "10 à 25 k€", "25": "25 à 40 k€", "40": "40 k€ et plus",
}  # fmt: skip
INVOICES = "Chaque ligne payée sous le seuil compte pour un achat\u202f: un extrait comptable ne dit pas toujours si elle est la facture d'un marché."
PUBLISHED = "Seuls les marchés publiés comptent\u202f: sous 40 k€, leur publication n'est pas obligatoire."


def with_counts(split: pd.DataFrame, names: Mapping[str, str]) -> dict[str, str]:
    """Add to each name of ``small_split`` how many purchases it stands for."""
    known = split[split["code"].notna()]
    return {
        code: f"{names.get(code, code)} · {formats.plural(int(n), 'achat', 'achats')}"
        for code, n in zip(known["code"], known["n_purchases"], strict=True)
    }


def size_bars(sizes: pd.DataFrame) -> list[dict[str, Any]]:
    """Split all purchases by size, the smallest first."""
    found = sizes.set_index("code")[["n_purchases", "spend_eur"]].reindex(list(SIZES)).fillna(0)
    return [
        {"code": code, "label": f"{SIZES[str(code)]} · {formats.euros(eur)}", "values": [float(n)], "texts": [formats.count(n)], "selected": False}
        for code, n, eur in zip(found.index, found["n_purchases"], found["spend_eur"], strict=True)
    ]  # fmt: skip


def key_figures(totals: pd.Series, levers: Levers, threshold: int, grain: str) -> list[KeyFigure]:
    """Write the key figures.

    Args:
        totals: the row of ``small_totals.sql``.
        levers: values.
        threshold: EUR, whole k€.
        grain: ``contract`` or ``payment``.
    """
    counted = INVOICES if grain == "payment" else PUBLISHED
    n, eur = int(totals["n_purchases"]), float(totals["spend_eur"])
    yearly, days = float(totals["yearly_purchases"]), totals["days"]
    time = handling(yearly, levers)
    span = (
        "aucun n'a de date" if pd.isna(days) else f"ils s'étendent ici sur {formats.plural(int(days), 'jour', 'jours')}"
    )
    return [
        (f"Achats de moins de {threshold // 1000} k€", formats.count(n), f"{formats.percent(ratio(n, totals['n_all']))} des achats",
         f"nombre d'achats comptés dont le montant est inférieur au seuil, avoirs compris, sur toute la période. {counted}"),
        ("Montant", formats.euros(eur), f"{formats.percent(ratio(eur, totals['all_eur']))} des dépenses · {formats.euros(ratio(eur, n))} en moyenne",
         f"somme des montants hors taxes de ces achats, avoirs déduits. {counted}"),
        ("Achats par an", formats.count(yearly), f"{formats.euros(totals['yearly_eur'])} par an en moyenne",
         f"les mêmes achats, rapportés à un an\u202f; {span}. {labels.YEARLY_WINDOW} {counted}"),
        ("Temps d'agents", f"{formats.count(time.hours)} h par an", f"{formats.euros(time.value_eur)} par an (hypothèse\u202f: {formats.decimal(levers.order_eur, 0)}\u202f€ par achat)",
         f"achats par an × {handling_formula(levers)}"),
    ]  # fmt: skip


def handling_formula(levers: Levers) -> str:
    """Say how agents' time is valued, and that it is a hypothesis."""
    order, procedure, days = (BY_KEY[key] for key in ("commande", "procedure", "jours"))
    return (
        f"{formats.decimal(levers.order_eur, 0)}\u202f€ ({order.label.lower()}, {order.source}). C'est une hypothèse, pas une mesure. "
        f"En heures, au coût horaire d'une procédure\u202f: {formats.euros(levers.procedure_eur)} pour {formats.decimal(levers.procedure_days, 0)} jours de 7 h 50 "
        f"({procedure.source}\u202f; {days.source}). Temps redéployable, pas une économie budgétaire."
    )


def repeats(yearly: pd.DataFrame, times: int, entities: int) -> pd.DataFrame:
    """Keep what one regional contract would absorb: one segment, one region, bought often enough, by enough entities."""
    placed = yearly[yearly["region_code"].notna() & yearly["segment"].notna()]
    return placed[(placed["n_free"] >= times) & (placed["n_buyers"] >= entities)].sort_values(
        "free_eur", ascending=False
    )


def repeats_bars(kept: pd.DataFrame, segments: Mapping[str, str], selected: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rank what regional contracts would absorb, by amount; the region first, since a telephone cuts the end of a label."""
    return [
        {"code": row["segment"], "label": f"{PILOT_SHORT_NAMES.get(row['region_code'], row['region_code'])} · {segments.get(row['segment'], row['segment'])}, {formats.plural(int(row['n_free']), 'achat', 'achats')}",
         "values": [float(row["free_eur"])], "selected": row["segment"] in selected,
         "texts": [formats.euros(row["free_eur"])]}
        for row in kept.to_dict("records")
    ]  # fmt: skip


def repeats_table(kept: pd.DataFrame, segments: Mapping[str, str], levers: Levers) -> pd.DataFrame:
    """Give the repeats with French headers, and the agents' time they take."""
    time = [handling(n, levers) for n in kept["n_free"]]
    return pd.DataFrame({
        "Région": kept["region_code"].map(PILOT_SHORT_NAMES).fillna(kept["region_code"]), "Segment": kept["segment"].map(segments).fillna(labels.UNCLASSIFIED),
        "Achats sur 12 mois": kept["n_free"], "Montant (k€ HT)": (kept["free_eur"] / 1e3).round(1), "Entités": kept["n_buyers"],
        "Fournisseurs": kept["n_suppliers"], "Temps d'agents (h)": [round(found.hours) for found in time],
        "Temps d'agents (k€)": [round(found.value_eur / 1e3, 1) for found in time],
    })  # fmt: skip


def repeats_sentence(kept: pd.DataFrame, yearly: pd.DataFrame, levers: Levers) -> str:
    """Say what regional contracts would absorb."""
    n, eur = int(kept["n_free"].sum()), float(kept["free_eur"].sum())
    time = handling(n, levers)
    return (
        f"**{formats.plural(len(kept), 'contrat régional absorberait', 'contrats régionaux absorberaient')} {formats.plural(n, 'achat', 'achats')} par an**, soit "
        f"{formats.euros(eur)} ({formats.percent(ratio(eur, float(yearly['spend_eur'].sum())), 0)} des petits achats des douze derniers mois), autant de procédures que les entités "
        f"mènent aujourd'hui une à une\u202f: {formats.count(time.hours)} heures, {formats.euros(time.value_eur)} de temps d'agents (hypothèse). Une commande "
        "sur contrat garde une part de ce temps\u202f: c'est un majorant."
    )


def load_sentence(contracts: int, levers: Levers) -> str:
    """Say what these contracts ask of the PFRA."""
    load = platform_load(contracts, levers)
    pace = (
        f"{formats.decimal(load.years)} an{'s' if load.years >= 2 else ''} à pleine capacité"
        if load.years != float("inf")
        else "hors de portée sans acheteur"
    )
    return (
        f"**Charge de la PFRA\u202f: {formats.plural(contracts, 'procédure', 'procédures')}, {formats.count(load.days)} jours d'acheteur, {pace}.** "
        f"Capacité\u202f: {formats.decimal(levers.platform_procedures, 0)} procédures par an et {formats.decimal(levers.platform_agents, 0)} acheteurs (toutes régions du périmètre), "
        f"{formats.decimal(levers.framework_days, 0)} jours par procédure. Une fois lancés, les renouveler tous les {levers.framework_years} ans occupe "
        f"{formats.percent(load.procedures_share, 0)} des procédures et {formats.percent(load.days_share, 0)} des jours d'une année."
    )
