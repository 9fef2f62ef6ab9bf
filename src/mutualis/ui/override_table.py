"""Own hypotheses by family or segment: an editable table, kept in the session and in the URL."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from mutualis.errors import ScenarioError
from mutualis.scenario.engine import Simulation
from mutualis.scenario.hypotheses import Override
from mutualis.scenario_file import override_dict, read_override
from mutualis.simulation import SpendBase
from mutualis.ui import address

KEY, EDITOR, TURN = "hypotheses", "hypotheses_table", "hypotheses_tour"
PERCENT = ("alpha", "effet", "plafond")
COLUMNS = {
    "alpha": ("Mutualisable (%)", 0.0, 100.0), "effet": ("Remise par doublement δ (%)", 0.0, 50.0),
    "plafond": ("Plafond λ (%)", 0.0, 100.0), "trimestre": ("Début (trimestres)", 0.0, 16.0), "lots": ("Lots par territoire", 1.0, 20.0),
}  # fmt: skip


def current() -> Mapping[str, Override]:
    """Give the own hypotheses in force: those of the session, else those of the address.

    A hypothesis of the address that makes no sense is told, and left out.
    """
    if KEY not in st.session_state:
        try:
            st.session_state[KEY] = decode(st.query_params.get(KEY, ""))
        except ScenarioError as error:
            st.session_state[KEY] = {}
            st.warning(f"Hypothèses de l'adresse ignorées\u202f: {error}")
    overrides: Mapping[str, Override] = st.session_state[KEY]
    return overrides


def write_address() -> None:
    """Put the own hypotheses in the address."""
    address.write(KEY, encode(current()))


def put(overrides: Mapping[str, Override]) -> None:
    """Replace all own hypotheses."""
    st.session_state[KEY] = dict(overrides)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def draw(base: SpendBase, found: Simulation) -> None:
    """Draw the table of what each segment of the perimeter uses, editable."""
    overrides: Mapping[str, Override] = st.session_state.get(KEY, {})
    frame = _table(base, found, overrides)
    st.caption(
        "Modifiez une case pour donner sa propre hypothèse à un segment\u202f; la colonne « Propre » dit celles qui en ont une. "
        "Une famille entière se règle sur sa première ligne."
    )
    key = f"{EDITOR}_{st.session_state.get(TURN, 0)}"
    st.data_editor(
        frame, hide_index=True, width="stretch", height=420, key=key, disabled=["Code", "Famille ou segment", "Propre"],
        column_config={label: st.column_config.NumberColumn(min_value=low, max_value=high, format="localized") for label, low, high in COLUMNS.values()},
        on_change=_edited, args=(key, frame),
    )  # fmt: skip
    if error := st.session_state.pop("hypotheses_erreur", None):
        st.error(error)
    if overrides and st.button("Retirer toutes les hypothèses propres", key="hypotheses_retirer"):
        put({})
        st.rerun(scope="fragment")


def encode(overrides: Mapping[str, Override]) -> str:
    """Write own hypotheses for an address.

    Examples:
        >>> encode({"ENT": Override(delta=0.02, lots=2)})
        'ENT:effet=0.02,lots=2'
    """
    return ";".join(
        f"{code}:" + ",".join(f"{key}={value:g}" for key, value in override_dict(own).items())
        for code, own in sorted(overrides.items())
    )


def decode(text: str) -> dict[str, Override]:
    """Read own hypotheses from an address.

    Raises:
        ScenarioError: not written as ``encode`` does, or out of range.

    Examples:
        >>> decode("ENT:effet=0.02,lots=2")["ENT"].lots
        2
    """
    found = {}
    for part in filter(None, text.split(";")):
        code, _, said = part.partition(":")
        try:
            pairs = [pair.split("=") for pair in said.split(",")]
            values = {key: int(value) if key in ("trimestre", "lots") else float(value) for key, value in pairs}
        except ValueError:
            raise ScenarioError(f"«\u202f{part}\u202f» n'est pas une hypothèse lisible.") from None
        found[code] = read_override(code, values)
    return found


def _table(base: SpendBase, found: Simulation, overrides: Mapping[str, Override]) -> pd.DataFrame:
    hyp, segments, moved = found.pooling.hypotheses, found.pooling.cells.segments, found.result.by_segment
    used = {
        "alpha": hyp.alpha,
        "effet": hyp.delta,
        "plafond": hyp.lam,
        "trimestre": hyp.launch_quarter,
        "lots": hyp.lots,
    }
    rows = []
    for family in sorted(set(segments.family[moved.spend > 0].tolist())):
        members = [i for i in range(len(segments.code)) if segments.family[i] == family and moved.spend[i] > 0]
        own = override_dict(overrides.get(family, Override()))
        rows.append(
            [
                family,
                base.family_names.get(family, family).upper(),
                family in overrides,
                *(own.get(key, used[key][members[0]] if _is_common(used[key], members) else None) for key in COLUMNS),
            ]
        )
        rows += [[segments.code[i], base.segment_names.get(segments.code[i], segments.code[i]), segments.code[i] in overrides,
                  *(used[key][i] for key in COLUMNS)] for i in members]  # fmt: skip
    frame = pd.DataFrame(
        rows, columns=["Code", "Famille ou segment", "Propre", *(label for label, _, _ in COLUMNS.values())]
    )
    for key, (label, _, _) in COLUMNS.items():
        frame[label] = pd.to_numeric(frame[label]).astype(float)
        if key in PERCENT:
            frame[label] = (frame[label] * 100).round(3)
    return frame


def _is_common(values: Any, members: list[int]) -> bool:
    return len({float(values[i]) for i in members}) == 1


def _edited(key: str, frame: pd.DataFrame) -> None:
    """Take what was typed (in a callback); what makes no sense is told and undone."""
    names = {label: name for name, (label, _, _) in COLUMNS.items()}
    overrides = dict(st.session_state.get(KEY, {}))
    try:
        for row, cells in st.session_state[key]["edited_rows"].items():
            code = str(frame["Code"].iloc[int(row)])
            said = override_dict(overrides.get(code, Override()))
            for label, value in cells.items():
                name = names[label]
                said.pop(name, None)
                if value is not None:
                    said[name] = round(value / 100, 8) if name in PERCENT else int(value)
            overrides[code] = read_override(code, said)
        put({code: own for code, own in overrides.items() if override_dict(own)})
    except ScenarioError as error:
        st.session_state["hypotheses_erreur"] = str(error)
        put(st.session_state.get(KEY, {}))
