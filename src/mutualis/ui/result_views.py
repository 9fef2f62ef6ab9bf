"""The Simulateur's results on screen, view by view: what follows a slider, then what comes right after it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from mutualis import formats, geography, simulation
from mutualis.config import PILOT_REGIONS
from mutualis.figures import scenario as charts
from mutualis.figures.chart import Chart
from mutualis.figures.scale import Scale, fixed_scale
from mutualis.levers import Levers
from mutualis.scenario.buyer_shares import PERMUTATIONS, BuyerShares, buyer_shares
from mutualis.scenario.engine import Simulation
from mutualis.scenario.intervals import Intervals
from mutualis.scenario.results import Breakdown
from mutualis.scenario.sensitivity import flexibility_frontier, tornado
from mutualis.scenario.shares import MOST_EXACT, DepartmentShares, department_shares
from mutualis.scenario_file import Scenario
from mutualis.simulation import SpendBase
from mutualis.ui import blocks, override_table, price_alternative
from mutualis.ui.blocks import Context
from mutualis.ui.components.chart import draw as draw_chart
from mutualis.ui.components.map import choropleth

# Net gain in share of the addressable spend: fixed, so that a colour means the same in all scenarios.
BOUNDS, LOSS_CLASSES = (-0.0025, 0.0, 0.0025, 0.005, 0.01, 0.02), 2
GAINS_MAP = "carte_gains"
# What follows a lever at once, by key of its component; and where it is drawn, by view.
CHARTS: Mapping[str, Callable[[SpendBase, Simulation], Chart]] = {
    "cascade": lambda base, found: charts.waterfall(found.result.waterfall),
    "tresorerie": lambda base, found: charts.cash_chart(found.result.cash, base.first_quarter, found.result.payback_quarter),
    "gagnants": lambda base, found: charts.winners_and_losers(found.result.by_buyer, base.buyer_names),
    "pme_segments": lambda base, found: charts.sme_chart(found.result.small_firms, found.result.by_segment.code.tolist(), base.segment_names),
    "charge": lambda base, found: charts.workload_chart(found.result.workload, base.first_quarter),
}  # fmt: skip
FOLLOWERS = {"resultat": ("cascade", "tresorerie", "gagnants", GAINS_MAP), "pme": ("pme_segments", "charge")}


def draw(view: str, context: Context, base: SpendBase, scenario: Scenario, found: Simulation) -> None:
    """Draw what follows each move of a lever."""
    note = blocks.export_note(context)
    if view == "resultat":
        _result(base, scenario, found, note)
    elif view == "entites":
        _entities(context, base, found)
    elif view == "pme":
        _small_firms(context, base, found, note)
    elif view == "familles":
        override_table.draw(base, found)
        blocks.table(segments_table(base, found), "scenario_segments", context, height=420)


def draw_after(
    view: str, context: Context, base: SpendBase, scenario: Scenario, found: Simulation, spans: Intervals
) -> None:
    """Draw what needs many simulations."""
    if view == "sensibilite":
        _sensitivity(base, scenario, found, spans, blocks.export_note(context))
    elif view == "entites":
        _shares(context, base, found)
    elif view == "familles":
        price_alternative.draw(context, base, found, tuple(scenario.perimeter.regions))


def segments_table(base: SpendBase, found: Simulation) -> pd.DataFrame:
    """Give each segment's results with French headers, the best first."""
    rows, projects, firms = found.result.by_segment, found.result.projects, found.result.small_firms
    codes = rows.code.tolist()
    frame = pd.DataFrame({
        "Segment": [base.segment_name(code) for code in codes],
        "Dépense (k€/an)": rows.spend / 1e3, "Déplacé (k€/an)": rows.moved / 1e3, "Effet de volume (k€/an)": rows.gross / 1e3,
        "Perte (k€/an)": rows.residual / 1e3, "Effet budgétaire (k€/an)": rows.net / 1e3, "Résultat économique (k€)": projects.npv / 1e3,
        "Membres": projects.members, "Lots": projects.lots, "PME avant (%)": firms.share_before * 100, "PME après (%)": firms.share_after * 100,
        "Garde-fou": ["franchi" if broken else "tenu" for broken in firms.is_broken], "Lots qui suffisent": firms.lots_needed,
        "HHI avant": firms.hhi_before, "HHI après": firms.hhi_after,
    })  # fmt: skip
    shown = frame[rows.spend > 0].sort_values("Résultat économique (k€)", ascending=False)
    return shown.round(dict.fromkeys(shown.columns, 1) | {"HHI avant": 3, "HHI après": 3})


def entities_table(rows: Breakdown, names: dict[str, str], what: str) -> pd.DataFrame:
    """Give who gains and who loses with French headers, the best first."""
    codes = rows.code.tolist()
    frame = pd.DataFrame({
        what: [names.get(code, code) or "Non localisé" for code in codes], "Dépense (k€/an)": rows.spend / 1e3, "Déplacé (k€/an)": rows.moved / 1e3,
        "Effet de volume (k€/an)": rows.gross / 1e3, "Perte (k€/an)": rows.residual / 1e3, "Malus (k€/an)": rows.malus / 1e3,
        "Effet budgétaire (k€/an)": rows.net / 1e3, "Temps de procédure (k€/an)": rows.process_eur / 1e3,
    })  # fmt: skip
    return frame[rows.spend > 0].sort_values("Effet budgétaire (k€/an)", ascending=False).round(1)


def _result(base: SpendBase, scenario: Scenario, found: Simulation, note: str) -> None:
    left, right = st.columns(2)
    with left:
        draw_chart("cascade", CHARTS["cascade"](base, found), note, height=300)
    with right:
        draw_chart("tresorerie", CHARTS["tresorerie"](base, found), note, height=300)
    left, right = st.columns([1, 2])
    with left:
        draw_chart("gagnants", CHARTS["gagnants"](base, found), note)
    with right:
        gains_map(GAINS_MAP, scenario.perimeter.regions, found.result.by_department, note)


def gains_map(key: str, regions: Sequence[str], rows: Breakdown, note: str) -> None:
    """Draw the net gain of each département, the same colours in all scenarios."""
    labels, scale = gains(rows)
    choropleth(
        # in the order of the Territoires screen
        key, level="department", regions=[code for code in PILOT_REGIONS if code in regions], title="Effet budgétaire par an, en part de la dépense mutualisable", note=note,
        labels=labels, scale=scale, losses=LOSS_CLASSES,
    )  # fmt: skip


def gains(rows: Breakdown) -> tuple[dict[str, str], Scale]:
    """Give the net gain of each département as the map takes it: labels by code, and classes."""
    net = dict(zip(rows.code.tolist(), rows.net.tolist(), strict=True))
    addressable = dict(zip(rows.code.tolist(), rows.addressable.tolist(), strict=True))
    rates = {code: net[code] / addressable[code] for code in net if addressable[code] > 0}
    scale = fixed_scale(rates, BOUNDS, lambda share: formats.percent(share, 2))
    labels = {code: f"{formats.euros(net[code])} par an, {formats.percent(rate, 2)}" for code, rate in rates.items()}
    return labels, scale


def _entities(context: Context, base: SpendBase, found: Simulation) -> None:
    st.markdown(
        "**Qui gagne, qui perd** (par an, en régime de croisière\u202f; le temps de procédure n'est jamais dans l'effet budgétaire)"
    )
    names = dict(base.buyer_names)
    blocks.table(entities_table(found.result.by_buyer, names, "Entité"), "scenario_entites", context, height=380)


def _shares(context: Context, base: SpendBase, found: Simulation) -> None:
    if not found.pooling.pools.is_open.any():
        st.caption("Aucun accord-cadre ne réunit deux entités dans ce scénario\u202f: il n'y a rien à partager.")
        return
    st.markdown("**Ce que chaque département apporte** (effet de volume, par an)")
    places = department_shares(found)
    if places is None:
        st.caption(
            f"Au-delà de {MOST_EXACT} départements, le partage exact n'est pas calculé\u202f: restreignez le périmètre."
        )
    else:
        names = geography.names("department")
        blocks.table(shares_table(places, names, "Département", "lui"), "scenario_departements", context)
    st.markdown("**Ce que chaque entité apporte** (effet de volume, par an)")
    brought = buyer_shares(found)
    table = shares_table(brought, base.buyer_names, "Entité", "elle")
    table.insert(4, "± (k€)", (brought.error / 1e3).round(2))
    blocks.table(
        table.sort_values("Part de Shapley (k€)", ascending=False), "scenario_contributions", context, height=380
    )
    st.caption(
        "Économie propre\u202f: chacun garde ce qu'il économise au prix commun, sans transfert (proposition par défaut). Part de Shapley\u202f: "
        "moyenne de ce qu'il apporte dans tous les ordres d'arrivée, pour partager des frais ou un intéressement\u202f; exacte pour les départements, "
        f"estimée sur {2 * PERMUTATIONS} ordres d'arrivée pour les entités (±\u202f: erreur type)."
    )


def shares_table(
    shares: DepartmentShares | BuyerShares, names: Mapping[str, str], what: str, without: str
) -> pd.DataFrame:
    """Give what each brings with French headers, in the order of the shares."""
    return pd.DataFrame({
        what: [names.get(code, code) or "Non localisé" for code in shares.code.tolist()], "Économie propre (k€)": (shares.own_saving / 1e3).round(1),
        f"Perdu sans {without} (k€)": (shares.leave_one_out / 1e3).round(1), "Part de Shapley (k€)": (shares.shapley / 1e3).round(1),
        "Transfert (k€)": ((shares.shapley - shares.own_saving) / 1e3).round(1),
    })  # fmt: skip


def _small_firms(context: Context, base: SpendBase, found: Simulation, note: str) -> None:
    firms = found.result.small_firms
    st.markdown(
        f"Part des PME dans la dépense\u202f: **{formats.percent(firms.total_before)}** aujourd'hui, **{formats.percent(firms.total_after)}** après. "
        f"{formats.plural(int(firms.is_broken.sum()), 'segment franchit', 'segments franchissent')} le garde-fou."
    )
    left, right = st.columns(2)
    with left:
        draw_chart("pme_segments", CHARTS["pme_segments"](base, found), note)
    with right:
        draw_chart("charge", CHARTS["charge"](base, found), note, height=280)
    broken = segments_table(base, found).query("`Garde-fou` == 'franchi'")
    if len(broken):
        st.markdown("**Segments qui franchissent le garde-fou**, et le plus petit nombre de lots qui le rétablit")
        blocks.table(
            broken[
                ["Segment", "PME avant (%)", "PME après (%)", "Lots", "Lots qui suffisent", "HHI avant", "HHI après"]
            ],
            "garde_fou",
            context,
        )


def _sensitivity(base: SpendBase, scenario: Scenario, found: Simulation, spans: Intervals, note: str) -> None:
    def under(levers: Levers) -> Simulation:
        return simulation.run(base, replace(scenario, levers=levers))

    left, right = st.columns(2)
    with left:
        draw_chart("fourchettes", charts.interval_chart(spans, found.result), note)
        draw_chart(
            "souplesse",
            charts.frontier_chart(flexibility_frontier(scenario.levers, under), scenario.levers.obligation),
            note,
            height=280,
        )
        st.caption("Mêmes entités, mêmes autres leviers\u202f: seule l'obligation d'adhérer change.")
    with right:
        draw_chart(
            "tornade",
            charts.tornado_chart(tornado(scenario.levers, lambda levers: under(levers).result), found.result.npv),
            note,
        )
