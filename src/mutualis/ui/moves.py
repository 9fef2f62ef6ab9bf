"""« Rattachements »: what is in the wrong segment is moved by hand; the journal, and the way back."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from mutualis import formats, labels, reclassification, segment_moves
from mutualis.config import settings
from mutualis.errors import MutualisError
from mutualis.segment_moves import Entry, MoveJournal
from mutualis.ui import blocks, store
from mutualis.ui.blocks import Context

KINDS = {"cpv": "Un code CPV", "supplier": "Un fournisseur"}
SAID = "reclassement_message"
# in the keys of the form: once the lines are moved, it is empty again
TURN = "reclassement_tour"


def view(context: Context, tree: pd.DataFrame) -> None:
    """Draw the form and the journal.

    Args:
        context: the page's.
        tree: ``spend_by_cpv`` of the perimeter: what the form offers first.
    """
    st.caption(
        "Un code CPV ou un fournisseur mal rangé se déplace ici vers un autre segment\u202f: ses lignes changent de segment dans tous les écrans et toutes "
        "les régions. Le déplacement est journalisé, réversible, et tient aux imports suivants. Un fournisseur déplacé l'emporte sur ses codes CPV."
    )
    if message := st.session_state.pop(SAID, None):
        st.success(message)
    try:
        journal = MoveJournal(settings().scenarios_url)
        entries = journal.entries()
    except MutualisError as error:
        st.error(str(error))
        return
    _form(context, journal, _subjects(context, tree))
    _journal(context, journal, entries)


def _subjects(context: Context, tree: pd.DataFrame) -> Mapping[str, Mapping[str, str]]:
    """Give what can move in the perimeter, the largest spend first: code → label, by kind."""
    codes = tree.dropna(subset=["cpv_code"]).groupby("cpv_code")["spend_eur"].sum().sort_values(ascending=False)
    return {
        "cpv": {str(code): f"{labels.cpv_name(str(code))} ({formats.euros(eur)})" for code, eur in codes.items()},
        "supplier": context.choices.suppliers,
    }


def _form(context: Context, journal: MoveJournal, subjects: Mapping[str, Mapping[str, str]]) -> None:
    turn = st.session_state.get(TURN, 0)
    kind = st.segmented_control("Ce qui est mal rangé", list(KINDS), default="cpv", required=True, format_func=KINDS.__getitem__, key="reclasser_nature")  # fmt: skip
    offered = subjects[str(kind)]
    left, right = st.columns(2)
    with left:
        code = st.selectbox(KINDS[str(kind)], list(offered), index=None, format_func=lambda key: offered.get(key, key), key=f"reclasser_{kind}_{turn}",
                            placeholder="Chercher par code ou par nom")  # fmt: skip
    with right:
        segments = context.choices.segments
        target = st.selectbox("Va dans le segment", list(segments), index=None, format_func=lambda key: f"{segments[key]} ({key})", key=f"reclasser_segment_{turn}",
                              placeholder="Chercher un segment")  # fmt: skip
    if code is None:
        return
    lines = store.ask(context.dataset, "moving_lines", kind=kind, code=code)
    st.markdown(_present(lines, segments))
    with st.form("reclasser", border=False):
        left, right = st.columns(2)
        author = left.text_input("Qui", max_chars=120, placeholder="Prénom Nom", key="reclasser_auteur")
        reason = right.text_input("Pourquoi", max_chars=300, placeholder="Ce fournisseur ne vend que du gardiennage", key=f"reclasser_motif_{turn}")  # fmt: skip
        if not st.form_submit_button("Déplacer ces lignes", type="primary"):
            return
    if target is None:
        st.error("Choisissez le segment où vont ces lignes.")
        return
    try:
        entry = segment_moves.move(str(kind), code, lines["segment"].fillna("").tolist(), target, author, reason)
    except MutualisError as error:
        st.error(str(error))
        return
    _write(
        journal,
        entry,
        f"{formats.plural(int(lines['n_rows'].sum()), 'ligne déplacée', 'lignes déplacées')} vers «\u202f{segments[target]}\u202f».",
    )


def _present(lines: pd.DataFrame, segments: Mapping[str, str]) -> str:
    """Say where the lines are today, and how much they weigh, nature by nature."""
    said = [
        f"- {labels.GRAINS[grain]}\u202f: **{formats.plural(int(n_rows), 'ligne', 'lignes')}**, {formats.euros(eur)}, aujourd'hui dans "
        f"«\u202f{segments.get(str(segment), labels.UNCLASSIFIED)}\u202f»"
        for grain, segment, n_rows, eur in zip(
            lines["grain"], lines["segment"], lines["n_rows"], lines["spend_eur"], strict=True
        )
    ]
    return "Dans tout le jeu de données\u202f:\n" + "\n".join(said) if said else "Aucune ligne dans le jeu de données."


def _journal(context: Context, journal: MoveJournal, entries: Sequence[Entry]) -> None:
    st.subheader("Journal")
    if not entries:
        st.caption(
            "Aucun reclassement à la main\u202f: tous les segments suivent la correspondance indicative entre CPV et segments."
        )
        return
    holding = segment_moves.moves_in_force(entries)
    segments = context.choices.segments
    for entry in sorted(holding, key=lambda one: one.at, reverse=True):
        with st.container(horizontal=True, vertical_alignment="center", key=f"reclassement_{entry.id}"):
            st.markdown(f"**{_subject(context, entry)}** → {segments.get(entry.after, entry.after)}, par {entry.author} le {entry.at:%d/%m/%Y}\u202f: {entry.reason}", width="stretch")  # fmt: skip
            with st.popover("Annuler ce déplacement"), st.form(f"annuler_{entry.id}", border=False):
                author = st.text_input("Qui", max_chars=120)
                reason = st.text_input("Pourquoi", max_chars=300)
                if st.form_submit_button("Remettre comme avant", type="primary"):
                    _take_back(journal, entry, author, reason)
    blocks.grid(_table(context, entries, {entry.id for entry in holding}))
    st.download_button("Journal (CSV)", lambda: segment_moves.as_csv(entries), "reclassements.csv", "text/csv", on_click="ignore", type="tertiary",
                       key="reclassements_csv")  # fmt: skip


def _table(context: Context, entries: Sequence[Entry], holding: set[str]) -> pd.DataFrame:
    segments = context.choices.segments

    def named(codes: str) -> str:
        return ", ".join(segments.get(code, code) or labels.UNCLASSIFIED for code in codes.split(","))

    return pd.DataFrame([
        {
            "Date (UTC)": f"{entry.at:%d/%m/%Y %H:%M}", "Qui": entry.author, "Ce qui a bougé": _subject(context, entry), "Avant": named(entry.before),
            "Après": named(entry.after), "Pourquoi": entry.reason,
            "État": "annulation" if entry.undoes else "en vigueur" if entry.id in holding else "remplacé ou annulé",
        }
        for entry in reversed(entries)
    ])  # fmt: skip


def _subject(context: Context, entry: Entry) -> str:
    return labels.cpv_name(entry.code) if entry.kind == "cpv" else context.choices.suppliers.get(entry.code, entry.code)


def _take_back(journal: MoveJournal, entry: Entry, author: str, reason: str) -> None:
    try:
        back = segment_moves.undo(entry, author, reason)
    except MutualisError as error:
        st.error(str(error))
        return
    _write(journal, back, "Déplacement annulé\u202f: les lignes sont revenues où elles étaient.")


def _write(journal: MoveJournal, entry: Entry, said: str) -> None:
    try:
        with st.spinner("Reclassement des lignes…"):
            reclassification.write_move(settings().home, journal, entry)
    except MutualisError as error:
        st.error(str(error))
        return
    st.session_state[SAID] = said
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()
