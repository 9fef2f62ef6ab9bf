"""The texts, tables and rows of bars of Petits achats. No Streamlit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from mutualis import formats, labels
from mutualis.config import PILOT_SHORT_NAMES
from mutualis.levers import BY_KEY, Levers
from mutualis.scenario.handling import handling, platform_load

LAST_CLASS = 40  # k€: awards are published from 40 k€ on; above, one open class
STEPS = ((0, 1), (1, 5), (5, 10), (10, 25), (25, 40))
INVOICES = "Chaque ligne payée sous le seuil compte pour un achat\u202f: un extrait comptable ne dit pas toujours si elle est la facture d'un marché."
PUBLISHED = "Seuls les marchés publiés comptent\u202f: sous 40 k€, leur publication n'est pas obligatoire."


@dataclass(frozen=True)
class Volumes:
    """Purchases under a threshold, and all purchases: numbers and EUR."""

    purchases: int
    spend_eur: float
    all_purchases: int
    all_spend_eur: float
    entities: int


def volumes(classes: pd.DataFrame, threshold: int) -> Volumes:
    """Sum the classes of ``small_classes.sql`` under a threshold in k€."""
    everything, buyers = (classes[classes["dimension"] == name] for name in ("all", "buyer"))
    small = everything[everything["size_class"] < threshold]
    return Volumes(
        int(small["n_purchases"].sum()), float(small["spend_eur"].sum()), int(everything["n_purchases"].sum()), float(everything["spend_eur"].sum()),
        int(buyers.loc[buyers["size_class"] < threshold, "code"].nunique()),
    )  # fmt: skip


def by_dimension(classes: pd.DataFrame, dimension: str, threshold: int) -> pd.DataFrame:
    """Sum purchases under a threshold by entity or segment (code, n_purchases, spend_eur), the largest first."""
    part = classes[(classes["dimension"] == dimension) & (classes["size_class"] < threshold)]
    found = part.groupby("code", dropna=False)[["n_purchases", "spend_eur"]].sum().reset_index()
    return found.sort_values(["spend_eur", "code"], ascending=[False, True])


def size_bars(classes: pd.DataFrame) -> list[dict[str, Any]]:
    """Split all purchases by size."""
    sums = classes[classes["dimension"] == "all"].set_index("size_class")[["n_purchases", "spend_eur"]]
    cut = [(f"{low} à {high} k€", sums[(sums.index >= low) & (sums.index < high)].sum()) for low, high in STEPS]
    cut.append((f"{LAST_CLASS} k€ et plus", sums[sums.index >= LAST_CLASS].sum()))
    return [
        {"code": label, "label": label, "values": [float(row["n_purchases"])], "selected": False,
         "texts": [f"{formats.count(row['n_purchases'])} · {formats.euros(row['spend_eur'])}"]}
        for label, row in cut
    ]  # fmt: skip


def key_figures(
    found: Volumes, yearly: pd.DataFrame, levers: Levers, threshold: int, grain: str
) -> list[tuple[str, str, str, str, str]]:
    """Write the key figures: (label, value, note, query, formula)."""
    counted = INVOICES if grain == "payment" else PUBLISHED
    n_year = int(yearly["n_purchases"].sum())
    time = handling(n_year, levers)
    share = found.spend_eur / found.all_spend_eur if found.all_spend_eur else None
    mean = found.spend_eur / found.purchases if found.purchases else None
    return [
        (f"Achats de moins de {threshold} k€", formats.count(found.purchases),
         f"{formats.percent(found.purchases / found.all_purchases if found.all_purchases else None)} des achats · {formats.plural(found.entities, 'entité', 'entités')}",
         "small_classes", f"nombre d'achats comptés dont le montant est inférieur au seuil, avoirs compris, sur toute la période. {counted}"),
        ("Montant", formats.euros(found.spend_eur), f"{formats.percent(share)} des dépenses · {formats.euros(mean)} en moyenne", "small_classes",
         f"somme des montants hors taxes de ces achats, avoirs déduits. {counted}"),
        ("Sur douze mois", formats.count(n_year), f"{formats.euros(float(yearly['spend_eur'].sum()))} sur les douze derniers mois", "small_repeats",
         f"les mêmes achats sur les douze mois qui finissent à la date des données, ou à la fin de la période choisie. {counted}"),
        ("Temps d'agents", f"{formats.count(time.hours)} h par an", f"{formats.euros(time.value_eur)} par an, hypothèse de {formats.decimal(levers.order_eur, 0)}\u202f€ par achat",
         "small_repeats", handling_formula(levers)),
    ]  # fmt: skip


def handling_formula(levers: Levers) -> str:
    """Say how agents' time is valued, and that it is a hypothesis."""
    order, procedure, days = (BY_KEY[key] for key in ("commande", "procedure", "jours"))
    return (
        f"achats sur douze mois × {formats.decimal(levers.order_eur, 0)}\u202f€ ({order.label.lower()}, {order.source}). C'est une hypothèse, pas une mesure. "
        f"En heures, au coût horaire d'une procédure\u202f: {formats.euros(levers.procedure_eur)} pour {formats.decimal(levers.procedure_days, 0)} jours de 7 h 50 "
        f"({procedure.source}\u202f; {days.source}). Temps redéployable, pas une économie budgétaire."
    )


def repeats(yearly: pd.DataFrame, times: int, entities: int) -> pd.DataFrame:
    """Keep what one regional contract would absorb: one segment, one region, bought often enough, by enough entities."""
    placed = yearly[yearly["region_code"].notna() & yearly["segment"].notna()]
    return placed[(placed["n_free"] >= times) & (placed["n_buyers"] >= entities)].sort_values(
        "free_eur", ascending=False
    )


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
    whole = float(yearly["spend_eur"].sum())
    time = handling(n, levers)
    return (
        f"**{formats.plural(len(kept), 'contrat régional absorberait', 'contrats régionaux absorberaient')} {formats.plural(n, 'achat', 'achats')} par an**, soit "
        f"{formats.euros(eur)} ({formats.percent(eur / whole if whole else None, 0)} des petits achats des douze derniers mois), autant de procédures que les entités "
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
