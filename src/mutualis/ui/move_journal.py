"""The journal of moves by hand: what holds, the way back, and the export."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from math import ceil

import pandas as pd
import streamlit as st

from mutualis import labels, reclassification, segment_moves
from mutualis.config import settings
from mutualis.errors import MutualisError
from mutualis.segment_moves import UNCLASSIFIED, Entry, MoveJournal
from mutualis.ui import blocks, store
from mutualis.ui.blocks import Context
from mutualis.ui.row_columns import masked

# what was done, said at the next run
SAID = "reclassement_message"
# in the keys of the form: once the lines are moved, it is empty again
_TURN = "reclassement_tour"
SHOWN = 8
# in pixels: without them a long CPV label pushes the reason out of a 1440-pixel screen
WIDTHS = {"Qui": 105, "Ce qui a bougé": 265, "Avant": 185, "Après": 185, "Pourquoi": 225}


def named(segments: Mapping[str, str], code: str | None) -> str:
    """Name a segment; having none has a name too."""
    return segments.get(code, code) if isinstance(code, str) and code not in ("", UNCLASSIFIED) else labels.UNCLASSIFIED


def turn() -> int:
    """Count the moves written in this session."""
    return int(st.session_state.get(_TURN, 0))


def write(journal: MoveJournal, entry: Entry, said: str) -> None:
    """Write a move or its undoing, apply it, and run the page again.

    Args:
        journal: where it goes.
        entry: what is written.
        said: the message once it is done.
    """
    _apply(lambda: reclassification.write_move(settings().home, journal, entry), said)


def warn_if_behind(context: Context, journal: MoveJournal, entries: Sequence[Entry]) -> None:
    """Say that the version in use does not follow the journal, if so, with a button that cures it."""
    applied = store.ask(context.dataset, "applied_moves")
    if not reclassification.is_behind(applied, context.choices.segments, entries):
        return
    st.warning(
        "Le jeu en service ne suit pas le journal\u202f: une version plus ancienne a été remise en service, ou un reclassement a été interrompu."
    )
    if st.button("Appliquer le journal", type="primary", key="reclassement_appliquer"):
        _apply(
            lambda: reclassification.catch_up(settings().home, journal),
            "Le jeu en service suit de nouveau le journal.",
        )


def view(context: Context, journal: MoveJournal, entries: Sequence[Entry]) -> None:
    """Draw the moves that hold, each with its way back, then all the journal and its export.

    Args:
        context: the page's.
        journal: where undoings go.
        entries: its entries, the oldest first.
    """
    st.subheader("Reclassements en vigueur")
    if not entries:
        st.caption(
            "Aucun reclassement à la main\u202f: tous les segments suivent la correspondance indicative entre CPV et segments."
        )
        return
    names = _supplier_names(context, entries)
    holding = sorted(segment_moves.moves_in_force(entries), key=lambda entry: entry.at, reverse=True)
    _in_force(context, journal, holding, names)
    st.subheader("Journal")
    blocks.grid(_table(context, entries, {entry.id for entry in holding}, names), widths=WIDTHS)
    shown = [_masked(entry, names) for entry in entries]
    st.download_button("Journal (CSV)", lambda: segment_moves.as_csv(shown), "reclassements.csv", "text/csv", on_click="ignore", type="tertiary",
                       icon=":material/download:", key="reclassements_csv")  # fmt: skip


def _in_force(context: Context, journal: MoveJournal, holding: Sequence[Entry], names: dict[str, str]) -> None:
    pages, key = ceil(len(holding) / SHOWN), f"page_reclassements_{turn()}"
    first = SHOWN * (int(st.session_state.get(key, 1)) - 1)
    if not holding:
        st.caption("Tous ont été annulés\u202f: le journal en garde la trace.")
    for entry in holding[first : first + SHOWN]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"reclassement_{entry.id}"):
            st.html(_sentence(context, entry, names), width="stretch")
            with st.popover("Annuler ce déplacement"), st.form(f"annuler_{entry.id}", border=False):
                author = st.text_input("Qui", max_chars=120)
                reason = st.text_input("Pourquoi", max_chars=300)
                if st.form_submit_button("Remettre comme avant", type="primary"):
                    _take_back(journal, entry, author, reason)
    if pages > 1:
        st.pagination(pages, key=key)


def _sentence(context: Context, entry: Entry, names: dict[str, str]) -> str:
    """Say a move. What people wrote is shown as it is: in Markdown it could call an image from elsewhere."""
    after = context.choices.segments.get(entry.after, entry.after)
    said = f"{after}, par {entry.author} le {entry.at:%d/%m/%Y}\u202f: {entry.reason}"
    return f"<p class='move'><b>{escape(_subject(context, entry, names))}</b> → {escape(said)}</p>"


def _take_back(journal: MoveJournal, entry: Entry, author: str, reason: str) -> None:
    try:
        back = segment_moves.undo(entry, author, reason)
    except MutualisError as error:
        st.error(str(error))
        return
    write(journal, back, "Déplacement annulé\u202f: les lignes sont revenues où elles étaient.")


def _table(context: Context, entries: Sequence[Entry], holding: set[str], names: dict[str, str]) -> pd.DataFrame:
    segments = context.choices.segments

    def all_named(codes: str) -> str:
        return ", ".join(named(segments, code) for code in codes.split(","))

    return pd.DataFrame([
        {
            "Date (UTC)": f"{entry.at:%d/%m/%Y %H:%M}", "Qui": entry.author, "Ce qui a bougé": _subject(context, entry, names), "Avant": all_named(entry.before),
            "Après": all_named(entry.after), "Pourquoi": entry.reason,
            "État": segment_moves.state(entry, holding),
        }
        for entry in reversed(entries)
    ])  # fmt: skip


def _subject(context: Context, entry: Entry, names: dict[str, str]) -> str:
    if entry.kind == "cpv":
        return labels.cpv_name(entry.code)
    lines = f", ses lignes de «\u202f{named(context.choices.segments, entry.within)}\u202f»"
    return names.get(entry.code, entry.code) + (lines if entry.within else "")


def _supplier_names(context: Context, entries: Sequence[Entry]) -> dict[str, str]:
    """Name the suppliers of a journal that the data still knows; natural persons are not named unless the settings do."""
    codes = sorted({entry.code for entry in entries if entry.kind == "supplier"})
    found = store.ask(context.dataset, "supplier_names", codes=tuple(codes)) if codes else pd.DataFrame()
    if found.empty:
        return {}
    found = masked(found, settings().show_natural_persons)
    return dict(zip(found["supplier_key"], found["supplier_name"], strict=True))


def _masked(entry: Entry, names: dict[str, str]) -> Entry:
    """Hide the number, or the name, that is a natural person's key."""
    hides = entry.kind == "supplier" and names.get(entry.code) == labels.PERSON
    return replace(entry, code=labels.PERSON) if hides else entry


def _apply(rework: Callable[[], object], said: str) -> None:
    """Rework the data, then run the page again, which says what was done; or say why it could not be."""
    try:
        with st.spinner("Reclassement des lignes…"):
            rework()
    except MutualisError as error:
        st.error(str(error))
        return
    st.session_state[SAID] = said
    st.session_state[_TURN] = turn() + 1
    st.rerun()
