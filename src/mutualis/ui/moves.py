"""« Rattachements »: what is in the wrong segment is moved by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from mutualis import formats, labels, reclassification, segment_moves
from mutualis.config import settings
from mutualis.errors import MutualisError
from mutualis.segment_moves import MoveJournal
from mutualis.ui import move_journal, store
from mutualis.ui.blocks import Context
from mutualis.ui.move_journal import named

KINDS = {"cpv": "Code CPV", "supplier": "Fournisseur"}
ALL_LINES = "Toutes ses lignes"
FOUND_SUPPLIERS, NAMED_SEGMENTS = 50, 4


@dataclass(frozen=True)
class _Wanted:
    """What the form asks to move."""

    kind: str
    code: str
    within: str


def view(context: Context) -> None:
    """Draw the form, which offers the CPV codes of the perimeter, and the journal."""
    st.caption(
        "Un code CPV ou un fournisseur mal rangé se déplace ici vers un autre segment\u202f: ses lignes changent de segment dans tous les écrans et toutes "
        "les régions. Le déplacement est journalisé, réversible, et tient aux imports suivants. Le plus précis l'emporte\u202f: les lignes d'un fournisseur "
        "dans un segment, puis toutes ses lignes, puis le code CPV."
    )
    if message := st.session_state.pop(move_journal.SAID, None):
        st.success(message)
    try:
        journal = MoveJournal(settings().scenarios_url)
        entries = journal.entries()
    except MutualisError as error:
        st.error(str(error))
        return
    move_journal.warn_if_behind(context, journal, entries)
    _form(context, journal, context.ask("spend_by_cpv"))
    move_journal.view(context, journal, entries)


def _form(context: Context, journal: MoveJournal, tree: pd.DataFrame) -> None:
    turn = move_journal.turn()
    segments = context.choices.segments
    kind = st.segmented_control("Ce qui est mal rangé", list(KINDS), default="cpv", required=True, format_func=KINDS.__getitem__, key="reclasser_nature")  # fmt: skip
    supplier = _supplier(context, turn) if kind == "supplier" else None
    left, right = st.columns(2)
    with left:
        wanted = _cpv_code(context, tree, turn) if kind == "cpv" else _lines(context, supplier, turn)
    with right:
        target = st.selectbox("Va dans le segment", list(segments), index=None, format_func=lambda key: f"{segments[key]} ({key})", key=f"reclasser_segment_{turn}",
                              placeholder="Chercher un segment")  # fmt: skip
    if wanted is None:
        return
    lines = store.ask(context.dataset, "moving_lines", kind=wanted.kind, code=wanted.code, within=wanted.within, after=target)  # fmt: skip
    if wanted.within:
        lines = lines[lines["origin"] == wanted.within]
    moving = reclassification.changing(lines)
    st.markdown(_standing(lines, segments) if target is None else _effect(lines, moving, segments))
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
        before = moving["segment"].fillna("")
        entry = segment_moves.move(wanted.kind, wanted.code, before, target, author, reason, wanted.within)
    except MutualisError as error:
        st.error(str(error))
        return
    move_journal.write(journal, entry, f"{_rows(moving, 'ligne déplacée', 'lignes déplacées')} vers «\u202f{segments[target]}\u202f».")  # fmt: skip


def _cpv_code(context: Context, tree: pd.DataFrame, turn: int) -> _Wanted | None:
    codes = tree.dropna(subset=["cpv_code"])
    rows = codes.groupby("cpv_code").agg(spend_eur=("spend_eur", "sum"), segment=("segment", "first"))
    rows = rows.sort_values("spend_eur", ascending=False)
    offered = {
        str(code): f"{labels.cpv_name(str(code))} · {named(context.choices.segments, segment)} · {formats.euros(eur)}"
        for code, eur, segment in rows.itertuples(name=None)
    }
    code = st.selectbox("Code CPV du périmètre", list(offered), index=None, format_func=lambda key: offered.get(key, key),
                        key=f"reclasser_cpv_{turn}", placeholder="Chercher par code, nom ou segment")  # fmt: skip
    return _Wanted("cpv", code, "") if code else None


def _supplier(context: Context, turn: int) -> str | None:
    left, right = st.columns(2)
    search = left.text_input("Chercher un fournisseur", key=f"reclasser_recherche_{turn}", placeholder="Nom ou SIREN", max_chars=120)  # fmt: skip
    found = store.ask(context.dataset, "found_suppliers", search=search.strip() or None, grain=context.filters.grain,
                      persons=settings().show_natural_persons, limit=FOUND_SUPPLIERS)  # fmt: skip
    if found.empty:
        right.caption("Aucun fournisseur de ce nom ou de ce SIREN\u202f; les personnes physiques ne se cherchent pas.")
        return None
    offered = {
        key: f"{name} · {formats.euros(eur)}"
        for key, name, eur in zip(found["supplier_key"], found["supplier_name"], found["spend_eur"], strict=True)
    }
    more = f" ({FOUND_SUPPLIERS} premiers)" if len(found) == FOUND_SUPPLIERS else ""
    chosen: str | None = right.selectbox(f"Fournisseur{more}", list(offered), index=None, key=f"reclasser_supplier_{turn}_{search}", placeholder="Choisir un fournisseur",
                        format_func=lambda key: offered.get(key, key))  # fmt: skip
    return chosen


def _lines(context: Context, supplier: str | None, turn: int) -> _Wanted | None:
    if supplier is None:
        return None
    lines = store.ask(context.dataset, "moving_lines", kind="supplier", code=supplier, within="", after=None)
    origins = list(dict.fromkeys(lines["origin"]))
    within = st.selectbox("Quelles lignes", ["", *origins], key=f"reclasser_origine_{turn}_{supplier}",
                          format_func=lambda key: f"Celles de «\u202f{named(context.choices.segments, key)}\u202f», d'après leur code CPV" if key else ALL_LINES)  # fmt: skip
    return _Wanted("supplier", supplier, within)


def _rows(lines: pd.DataFrame, one: str, many: str) -> str:
    return formats.plural(int(lines["n_rows"].sum()), one, many)


def _standing(lines: pd.DataFrame, segments: Mapping[str, str]) -> str:
    """Say where lines are today, and how much they weigh."""
    return "Dans tout le jeu de données\u202f:\n" + _by_segment(lines, segments)


def _effect(lines: pd.DataFrame, moving: pd.DataFrame, segments: Mapping[str, str]) -> str:
    """Say what would move, from where, and what would stay."""
    staying = lines.drop(moving.index)
    said = f"Dans tout le jeu de données, **{_rows(moving, 'ligne change', 'lignes changent')} de segment**"
    said += "\u202f:\n" + _by_segment(moving, segments) if len(moving) else "."
    if len(staying):
        said += f"\n\n{_rows(staying, 'autre ligne reste où elle est', 'autres lignes restent où elles sont')}\u202f: déjà dans ce segment, ou sous un déplacement plus précis."
    return said


def _by_segment(lines: pd.DataFrame, segments: Mapping[str, str]) -> str:
    """Sum lines by nature, the two never added, with the segments where most of them are."""
    said = []
    for grain, some in lines.groupby("grain"):
        where = some.fillna({"segment": ""}).groupby("segment")["spend_eur"].sum().sort_values(ascending=False)
        names = [
            f"{named(segments, str(code))} ({formats.euros(eur)})" for code, eur in where.head(NAMED_SEGMENTS).items()
        ]
        if (n_more := len(where) - len(names)) > 0:
            names.append(formats.plural(n_more, "autre segment", "autres segments"))
        said.append(
            f"- {labels.GRAINS[str(grain)]}\u202f: **{_rows(some, 'ligne', 'lignes')}**, {formats.euros(some['spend_eur'].sum())} comptés, "
            f"aujourd'hui dans\u202f: {', '.join(names)}"
        )
    return "\n".join(said)
