"""What one does with the scenario on screen: save, open, share, export."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from mutualis import formats
from mutualis.errors import ScenarioError
from mutualis.exports import scenario_book
from mutualis.scenario_file import PERIMETER_KEYS, Scenario
from mutualis.scenario_store import Saved
from mutualis.simulation_report import outcome
from mutualis.ui import kept_choices, lever_panel, override_table, store
from mutualis.ui.blocks import Context

OPENED, SAID = "scenario_ouvert", "scenario_message"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(context: Context, scenario: Scenario) -> None:
    """Draw the actions; what they hold is made when they open."""
    opened: Saved | None = st.session_state.get(OPENED)
    choose = st.popover("Ouvrir", icon=":material/folder_open:", key="action_ouvrir", on_change="rerun")
    if choose.open:
        with choose:
            _open_form(context.choices.years)
    keep = st.popover("Enregistrer", icon=":material/save:", key="action_enregistrer", on_change="rerun")
    if keep.open:
        with keep:
            _save_form(scenario, opened)
    share = st.popover("Partager", icon=":material/link:", key="action_partager", on_change="rerun")
    if share.open:
        with share:
            _share(context, replace(scenario, name=opened.scenario.name) if opened else scenario)


def notices(context: Context) -> None:
    """Say which scenario is open, whether the data changed since, and what the last action did."""
    opened: Saved | None = st.session_state.get(OPENED)
    if opened:
        version = opened.scenario.dataset_version
        aged = version and version != context.dataset.version
        since = f" Il a été enregistré sur la version {version}\u202f: les données ont changé depuis." if aged else ""
        st.caption(
            f"Scénario ouvert\u202f: **{opened.scenario.name}**, modifié le {formats.day(opened.updated_at.date())}.{since}"
        )
    last_message()


def last_message() -> None:
    """Say what the last action did, or why it could not."""
    if message := st.session_state.pop(SAID, None):
        (st.error if message[0] == "error" else st.success)(message[1])


def put(scenario: Scenario, years: tuple[int, int]) -> None:
    """Set filters, levers and hypotheses as a scenario says (in a callback, before they are drawn).

    Args:
        scenario: the scenario.
        years: first and last year of the data, where the scenario's period is open.
    """
    perimeter = scenario.perimeter
    kept_choices.choose(
        {"grain": perimeter.grain} | {key: list(getattr(perimeter, name)) for key, name in PERIMETER_KEYS.items()}
    )
    if years[0] != years[1]:
        first, last = perimeter.start, perimeter.end
        kept_choices.choose({"periode": (first.year if first else years[0], last.year if last else years[1])})
    lever_panel.put(scenario.levers)
    override_table.put(scenario.overrides)


def open_scenario(saved: Saved, years: tuple[int, int]) -> None:
    """Open a saved scenario (in a callback)."""
    put(saved.scenario, years)
    st.session_state[OPENED] = saved


def write_address() -> None:
    """Put the scenario in the address."""
    lever_panel.write_address()
    override_table.write_address()


def share_link() -> str:
    """Give the address that opens this scenario in another browser."""
    # a click may come before the levers' own run has written it
    write_address()
    asked = urlencode(st.query_params.to_dict(), doseq=True)
    return (st.context.url or "").split("?")[0] + (f"?{asked}" if asked else "")


def _share(context: Context, scenario: Scenario) -> None:
    st.caption("Ce lien rouvre ce scénario, filtres, leviers et hypothèses compris.")
    st.code(share_link(), language=None, wrap_lines=True)
    try:
        base = store.spend_base(context.dataset, scenario.perimeter)
    except ScenarioError:
        # nothing to export; the screen says why
        return
    st.download_button("Classeur XLSX", data=lambda: scenario_book.write(outcome(base, scenario), context.dataset), file_name="scenario.xlsx",
                       mime=XLSX, on_click="ignore", icon=":material/download:", key="scenario_xlsx",
                       help="Hypothèses, cellules, résultats par segment et par entité, trésorerie avec ses formules")  # fmt: skip


def _open_form(years: tuple[int, int]) -> None:
    try:
        saved = store.scenarios().all()
    except ScenarioError as error:
        st.error(str(error))
        return
    if not saved:
        st.caption("Aucun scénario enregistré pour l'instant.")
    for one in saved:
        if st.button(f"{one.scenario.name} · {formats.day(one.updated_at.date())}", key=f"ouvrir_{one.id}", on_click=open_scenario, args=(one, years),
                     type="tertiary", help=one.scenario.comment or None):  # fmt: skip
            # filters and levers stand outside these actions
            st.rerun()


def _save_form(scenario: Scenario, opened: Saved | None) -> None:
    with st.form("enregistrer_scenario", border=False):
        name = st.text_input(
            "Nom",
            value=opened.scenario.name if opened else "",
            max_chars=120,
            placeholder="Nettoyage, deux régions, adhésion prudente",
        )
        author = st.text_input(
            "Auteur", value=opened.scenario.author if opened else "", max_chars=120, placeholder="Prénom Nom"
        )
        comment = st.text_area(
            "Commentaire", value=opened.scenario.comment if opened else "", placeholder="Pourquoi ces hypothèses"
        )
        as_new = st.form_submit_button("Enregistrer comme nouveau", type="primary")
        again = opened is not None and st.form_submit_button(f"Remplacer « {opened.scenario.name} »")
    if not (as_new or again):
        return
    if not name.strip():
        st.error("Donnez un nom au scénario.")
        return
    kept = replace(scenario, name=name.strip(), author=author.strip(), comment=comment.strip())
    try:
        saved = store.scenarios().update(opened, kept) if again and opened else store.scenarios().save(kept)
    except ScenarioError as error:
        st.error(str(error))
        return
    st.session_state[OPENED] = saved
    st.session_state[SAID] = ("success", f"«\u202f{saved.scenario.name}\u202f» est enregistré.")
    st.rerun()
