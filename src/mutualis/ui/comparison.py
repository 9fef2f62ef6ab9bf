"""Comparer: up to four saved scenarios side by side, and what one does with the list of them."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from mutualis import formats, simulation_report
from mutualis.errors import ScenarioError
from mutualis.figures import scenario as charts
from mutualis.figures.chart import Box, Chart, Mark
from mutualis.levers import LEVERS
from mutualis.scenario.uncertainty import Interval
from mutualis.scenario_file import Scenario
from mutualis.scenario_store import Saved
from mutualis.simulation_report import Outcome
from mutualis.ui import address, blocks, result_cards, result_views, scenario_actions, store
from mutualis.ui.components.chart import draw as draw_chart
from mutualis.warehouse import Dataset

MOST = 4
RESULTS: Mapping[str, tuple[str, Callable[[Outcome], float]]] = {
    "purchase": ("Économie achat, sur 12 mois", lambda out: out.found.result.purchase.twelve_months),
    "budget": ("Effet budgétaire, par an", lambda out: out.found.result.budget.yearly),
    "npv": ("Résultat économique, actualisé", lambda out: out.found.result.npv),
}


def choose(saved: Sequence[Saved]) -> list[Saved]:
    """Draw the choice of scenarios, in the URL; the first two by default."""
    by_id = {one.id: one for one in saved}
    asked = [key for key in st.query_params.get("scenarios", "").split(",") if key in by_id]
    if "scenarios_choisis" not in st.session_state:
        st.session_state["scenarios_choisis"] = asked or list(by_id)[:2]
    kept = [key for key in st.session_state["scenarios_choisis"] if key in by_id]
    if kept != st.session_state["scenarios_choisis"]:
        st.session_state["scenarios_choisis"] = kept
    chosen = st.multiselect("Scénarios", list(by_id), format_func=lambda key: by_id[key].scenario.name, max_selections=MOST,
                            key="scenarios_choisis", placeholder="Choisir jusqu'à quatre scénarios")  # fmt: skip
    address.write("scenarios", ",".join(chosen))
    return [by_id[key] for key in chosen]


def outcomes(dataset: Dataset, chosen: Sequence[Saved]) -> list[Outcome]:
    """Simulate the scenarios on the version in use; one that cannot be is told and left out."""
    found = []
    for one in distinct([saved.scenario for saved in chosen]):
        try:
            found.append(simulation_report.outcome(store.spend_base(dataset, one.perimeter), one))
        except ScenarioError as error:
            st.warning(f"**{one.name}**\u202f: {error}")
    return found


def distinct(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Number the scenarios that bear the same name, so that columns can be told apart."""
    seen: Counter[str] = Counter()
    named = []
    for one in scenarios:
        seen[one.name] += 1
        named.append(one if seen[one.name] == 1 else replace(one, name=f"{one.name} ({seen[one.name]})"))
    return named


def draw(dataset: Dataset, found: Sequence[Outcome]) -> None:
    """Draw the comparison."""
    note = f"{'DONNÉES DE DÉMONSTRATION · ' if dataset.is_demo else ''}données au {formats.day(dataset.as_of)}, version {dataset.version}"
    for out in found:
        version = out.scenario.dataset_version
        if version and version != dataset.version:
            st.caption(
                f"**{out.scenario.name}** a été enregistré sur la version {version}\u202f: les données ont changé depuis, il est recalculé ici."
            )
    st.subheader("Résultats et fourchettes")
    for column, (name, (title, point)) in zip(st.columns(len(RESULTS)), RESULTS.items(), strict=True):
        with column:
            rows = [(out.scenario.name, getattr(out.spans, name), point(out)) for out in found]
            draw_chart(f"comparer_{name}", interval_rows(title, rows), note)
    blocks.grid(results_table(found), height="content")
    st.subheader("Leviers qui diffèrent")
    differing = levers_table(found)
    if len(differing):
        blocks.grid(differing)
    else:
        st.caption("Mêmes leviers\u202f: seuls le périmètre ou les hypothèses propres diffèrent.")
    st.subheader("Qui gagne, qui perd, où")
    for i, (column, out) in enumerate(zip(st.columns(len(found)), found, strict=True)):
        with column:
            st.markdown(f"**{out.scenario.name}**")
            result_views.gains_map(
                f"comparer_carte_{i}", out.scenario.perimeter.regions, out.found.result.by_department, note
            )
            draw_chart(
                f"comparer_gagnants_{i}",
                charts.winners_and_losers(out.found.result.by_buyer, out.base.buyer_names),
                note,
            )


def interval_rows(title: str, rows: Sequence[tuple[str, Interval, float]]) -> Chart:
    """Draw one result of several scenarios: P10-P90, median, point."""
    boxes, marks = [], []
    for i, (name, span, point) in enumerate(rows):
        tip = f"{name} : {formats.span(span.p10, span.p90)}, médiane {formats.euros(span.p50)}, estimation centrale {formats.euros(point)}"
        boxes.append(Box(i, span.p10, span.p90, "pale", tip=tip))
        marks += [Mark(i, span.p50, "gain", tip), Mark(i, point, "loss", tip)]
    said = ", ".join(f"{name} {formats.span(span.p10, span.p90)}" for name, span, _ in rows)
    return Chart(
        title, f"{title} : {said}.", [name for name, _, _ in rows], formats.euros, is_rows=True, boxes=boxes, marks=marks,
        legend=[("pale", "P10 à P90"), ("gain", "P50"), ("loss", "Estimation")],
    )  # fmt: skip


def results_table(found: Sequence[Outcome]) -> pd.DataFrame:
    """Give the results of each scenario, one column each."""
    return pd.DataFrame({out.scenario.name: _results(out) for out in found}).rename_axis("Résultat").reset_index()


def levers_table(found: Sequence[Outcome]) -> pd.DataFrame:
    """Give the levers, perimeters and hypotheses that differ, one column per scenario."""
    rows: dict[str, list[str]] = {}
    for lever in LEVERS:
        values = [getattr(out.scenario.levers, lever.name) for out in found]
        if len(set(values)) > 1:
            rows[lever.label] = [lever.show(value) for value in values]
    perimeters = [out.scenario.as_dict()["perimetre"] for out in found]
    for key in sorted({key for one in perimeters for key in one}):
        said = [one.get(key, "tout") for one in perimeters]
        texts = [", ".join(value) if isinstance(value, list) else str(value) for value in said]
        if len(set(texts)) > 1:
            rows[f"Périmètre, {key}"] = texts
    counts = [str(len(out.scenario.overrides)) for out in found]
    if len({str(out.scenario.as_dict()["hypotheses"]) for out in found}) > 1:
        rows["Hypothèses propres (nombre)"] = counts
    return (
        pd.DataFrame.from_dict(rows, orient="index", columns=[out.scenario.name for out in found])
        .rename_axis("Levier")
        .reset_index()
    )


def manage(saved: Sequence[Saved], years: tuple[int, int]) -> None:
    """Draw the list of scenarios with what can be done to each."""
    for one in saved:
        with st.container(horizontal=True, vertical_alignment="center", key=f"scenario_{one.id}"):
            by = f" · {one.scenario.author}" if one.scenario.author else ""
            st.markdown(
                f"**{one.scenario.name}**{by} · {formats.day(one.updated_at.date())}  \n{one.scenario.comment}",
                width="stretch",
            )
            if st.button(
                "Ouvrir", key=f"gerer_ouvrir_{one.id}", on_click=scenario_actions.open_scenario, args=(one, years)
            ):
                st.switch_page("../../../pages/simulator.py")
            with st.popover("Renommer"):
                name = st.text_input("Nouveau nom", value=one.scenario.name, key=f"nom_{one.id}", max_chars=120)
                st.button(
                    "Renommer",
                    key=f"renommer_{one.id}",
                    on_click=_rename,
                    args=(one, f"nom_{one.id}"),
                    disabled=not name.strip(),
                )
            st.button("Dupliquer", key=f"dupliquer_{one.id}", on_click=_told, args=("duplicate", one))
            with st.popover("Supprimer"):
                st.markdown(f"Supprimer «\u202f{one.scenario.name}\u202f» pour de bon\u202f?")
                st.button(
                    "Oui, supprimer", key=f"supprimer_{one.id}", on_click=_told, args=("delete", one), type="primary"
                )


def _rename(saved: Saved, key: str) -> None:
    _told("rename", saved, st.session_state[key])


def _told(action: str, saved: Saved, *values: str) -> None:
    """Do something to a scenario (in a callback); what goes wrong is told at the next run."""
    try:
        getattr(store.scenarios(), action)(saved, *values)
    except ScenarioError as error:
        st.session_state[scenario_actions.SAID] = ("error", str(error))


def _results(out: Outcome) -> dict[str, str]:
    result, limits = out.found.result, out.thresholds
    return {
        "Seuil de rentabilité, remise par doublement": result_cards.threshold(limits.delta),
        "Dépense déplacée": formats.euros(result.moved),
        "Économie achat, sur 12 mois": formats.euros(result.purchase.twelve_months),
        "Économie achat, durée totale": formats.euros(result.purchase.full_term),
        "Effet budgétaire, par an": formats.euros(result.budget.yearly),
        "Gain de gestion": f"{formats.decimal(result.process.fte)} ETP",
        "Résultat économique, actualisé": formats.euros(result.npv),
        "Chances que le résultat soit positif": result_cards.chance(out.spans).removesuffix(
            " de chances d'être positif"
        ),
        "Entités gagnantes, perdantes": f"{len(result.by_buyer.winners)}, {len(result.by_buyer.losers)}",
        "Part des PME après": formats.percent(result.small_firms.total_after),
        "Segments sous le garde-fou": formats.count(int(result.small_firms.is_broken.sum())),
        "Trimestres au-dessus de la capacité": formats.count(len(result.workload.is_over)),
    }
