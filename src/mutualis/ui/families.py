"""What the Familles screen shows of what is bought: key figures, treemap, ABC, trend."""

import pandas as pd
import streamlit as st

from mutualis import formats, labels
from mutualis.figures.pareto import Abc, abc, pareto_chart
from mutualis.figures.treemap import treemap
from mutualis.figures.trend import TREND_PIXELS, hatched_note, monthly_bars, quarterly
from mutualis.ui import blocks, filters, key_figures, views
from mutualis.ui.blocks import Context
from mutualis.ui.components import chart
from mutualis.ui.components import treemap as treemap_component

VIEWS = {
    "repartition": "Répartition",
    "abc": "ABC",
    "tendance": "Tendance",
    "matrice": "Qui achète la même chose\u202f?",
    "potentiel": "Potentiel",
    "degre": "Degré de mutualisation",
    "prix": "Prix unitaires",
    "lignes": "Lignes",
    "rattachements": "Rattachements",
}
# the other views have their own figures
OF_THE_TREE = ("repartition", "abc", "tendance")
TREEMAP_PIXELS, PARETO_PIXELS = 460, 340
USUAL_SHARE = 0.8
STEPS = {"mois": "Par mois", "trimestre": "Par trimestre"}


def view_choice() -> str:
    """Let the user choose what the screen shows; kept in the URL."""
    chosen = st.segmented_control("Vue", list(VIEWS), default="repartition", required=True, format_func=VIEWS.__getitem__,
                                  key="vue_familles", bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    return chosen or "repartition"


def tree_view(context: Context, view: str) -> None:
    """Draw the key figures, then one of ``OF_THE_TREE``; say so when there is nothing."""
    tree = context.ask("spend_by_cpv")
    if not tree["spend_eur"].gt(0).any():
        blocks.empty_state(
            "Aucune dépense comptée dans ce périmètre\u202f: élargissez la période ou retirez un filtre."
        )
        return
    segments = by_segment(tree)
    _key_figures(context, segments)
    if view == "repartition":
        spread(context, tree, segments)
    elif view == "abc":
        pareto(context, segments)
    else:
        trend(context)


def by_segment(tree: pd.DataFrame) -> pd.DataFrame:
    """Sum ``spend_by_cpv`` by family and segment, the largest first; lines known by their family alone keep it."""
    sums = tree.groupby(["family", "segment"], dropna=False)[["spend_eur", "n_rows"]].sum().reset_index()
    return sums.sort_values("spend_eur", ascending=False, ignore_index=True)


def _key_figures(context: Context, segments: pd.DataFrame) -> None:
    """Draw what the perimeter spends, how many buy and sell, on how many segments, and how few make most of it."""
    totals = context.ask("totals").iloc[0]
    total, known = segments["spend_eur"].sum(), segments[segments["segment"].notna()]
    head = abc(known["segment"], known["spend_eur"], USUAL_SHARE)
    unclassified = segments.loc[segments["family"].isna(), "spend_eur"].sum()
    figures = [
        ("Segments achetés", formats.count(known["segment"].nunique()), f"dont {formats.count(head.n_head)} pour {formats.percent(USUAL_SHARE, 0)} des dépenses",
         "nombre de segments d'achat où une dépense est comptée, puis le plus petit nombre de segments dont les dépenses, de la plus grande à la plus petite, "
         "atteignent cette part des dépenses classées. La correspondance entre codes CPV et segments est indicative."),
        ("Non classé", formats.percent(unclassified / total if total else None), formats.euros(unclassified),
         "part des dépenses sans code CPV ni catégorie reconnus, donc sans famille."),
    ]  # fmt: skip
    # the first of the overview: how much, how many contracts, buyers and suppliers
    key_figures.draw(context, totals=views.key_figures(totals, context.filters.grain)[:3], spend_by_cpv=figures)


def spread(context: Context, tree: pd.DataFrame, segments: pd.DataFrame) -> None:
    """Draw the treemap of the level that the filters leave open; a click goes one level down."""
    _breadcrumb(context)
    chosen = context.filters
    if len(chosen.segments) == 1:
        parent, leaf = None, "cpv_code"
    elif len(chosen.families) == 1 or chosen.segments:
        parent, leaf = "segment", "cpv_code"
    else:
        parent, leaf = "family", "segment"
    rows = segments if leaf == "segment" else tree
    cpv = {str(code): _words_first(str(code)) for code in tree["cpv_code"].dropna()} if leaf == "cpv_code" else {}
    drawn = treemap(
        rows, parent, leaf, {**context.choices.families, **context.choices.segments, **cpv}, labels.UNCLASSIFIED
    )
    # squeezed in a telephone its names would be cut letter by letter: it scrolls there
    with st.container(key="defile_repartition"):
        treemap_component.draw(
            "repartition",
            drawn,
            blocks.export_note(context),
            height=TREEMAP_PIXELS,
            on_click=lambda code: _descend(code, context),
        )
    st.caption(
        "Un clic sur une famille ou un segment filtre tous les écrans\u202f; le fil d'Ariane remonte."
        if parent
        else "Dernier niveau\u202f: les codes CPV du segment. Leurs achats sont dans la vue «\u202fLignes\u202f»\u202f; le fil d'Ariane remonte."
    )
    blocks.table(_spread_table(context, rows, leaf), f"repartition_{leaf}", context, height=320)


def _words_first(cpv_code: str) -> str:
    """Write a CPV code after its words: a small tile has room for a few letters."""
    words = labels.cpv_words(cpv_code)
    return f"{words} ({cpv_code})" if words else cpv_code


def _breadcrumb(context: Context) -> None:
    chosen, found = context.filters, context.choices
    with st.container(horizontal=True, vertical_alignment="center", key="fil_ariane"):
        st.button("Toutes les familles", key="fil_familles", type="tertiary", on_click=_ascend, args=(("famille", "segment"),),
                  disabled=not (chosen.families or chosen.segments))  # fmt: skip
        if len(chosen.families) == 1:
            st.button(f"› {found.families[chosen.families[0]]}", key="fil_famille", type="tertiary", on_click=_ascend, args=(("segment",),),
                      disabled=not chosen.segments)  # fmt: skip
        if len(chosen.segments) == 1:
            st.markdown(f"› **{found.segments[chosen.segments[0]]}**")


def _ascend(keys: tuple[str, ...]) -> None:
    for key in keys:
        st.session_state[key] = []


def _descend(code: str, context: Context) -> None:
    st.session_state["famille" if code in context.choices.families else "segment"] = [code]


def _spread_table(context: Context, rows: pd.DataFrame, leaf: str) -> pd.DataFrame:
    total = rows["spend_eur"].sum()
    found = context.choices
    table = {
        "Famille": rows["family"].map(lambda code: found.families.get(code, labels.UNCLASSIFIED)),
        "Segment": rows["segment"].map(lambda code: found.segments.get(code, labels.UNCLASSIFIED)),
    }
    if leaf == "cpv_code":
        table["Code CPV"] = rows["cpv_code"].map(labels.cpv_name, na_action="ignore").fillna(labels.UNCLASSIFIED)
    return pd.DataFrame(table | {
        "Dépenses (k€ HT)": (rows["spend_eur"] / 1e3).round(1),
        "Part (%)": (100 * rows["spend_eur"] / total).round(2) if total else 0.0, "Lignes": rows["n_rows"],
    })  # fmt: skip


def pareto(context: Context, segments: pd.DataFrame) -> None:
    """Draw the ABC curve with a threshold that moves, and the tail in words."""
    threshold = st.slider("Part des dépenses à couvrir (%)", 50, 99, 80, key="seuil_abc", bind="query-params",
                          persist_state="session", width=420) / 100  # fmt: skip
    known = segments[segments["segment"].notna()]
    found = abc(known["segment"], known["spend_eur"], threshold)
    n_tail = len(found.table) - found.n_head
    st.markdown(
        f"**{formats.plural(found.n_head, 'segment fait', 'segments font')} {formats.percent(threshold, 0)} des dépenses** "
        f"({formats.euros(found.head_eur)}). La queue\u202f: {formats.plural(n_tail, 'segment', 'segments')}, {formats.euros(found.tail_eur)}."
    )
    names = found.table["code"].map(context.choices.segments)
    chart.draw("pareto", pareto_chart(found, names, threshold), blocks.export_note(context), height=PARETO_PIXELS,
               on_click=lambda code: filters.toggle("segment", code))  # fmt: skip
    blocks.table(_abc_table(found, names), "abc_segments", context, height=320)


def _abc_table(found: Abc, names: pd.Series) -> pd.DataFrame:
    table = found.table
    return pd.DataFrame({
        "Rang": table.index + 1, "Segment": names, "Dépenses (k€ HT)": (table["spend_eur"] / 1e3).round(1), "Part (%)": (100 * table["share"]).round(2),
        "Cumul (%)": (100 * table["cumulated"]).round(2), "Classe": table["is_head"].map({True: "tête", False: "queue"}),
    })  # fmt: skip


def trend(context: Context) -> None:
    """Draw spend by month or quarter, incomplete periods hatched."""
    step = st.segmented_control("Pas de temps", list(STEPS), default="mois", required=True, format_func=STEPS.__getitem__,
                                key="pas", bind="query-params", persist_state="session")  # fmt: skip
    months = context.ask("spend_by_month")
    by_quarter = step == "trimestre"
    complete = context.complete_until()
    bars = monthly_bars(quarterly(months) if by_quarter else months, complete, 3 if by_quarter else 1)
    chart.draw("tendance_familles", bars, blocks.export_note(context), height=TREND_PIXELS)
    undated = months.loc[months["month"].isna(), "spend_eur"].sum()
    st.caption(
        hatched_note(context.filters.grain, complete)
        + (f" Sans date, hors du graphique\u202f: {formats.euros(undated)}." if undated else "")
    )
    # the latest first: it is what one looks for
    shown = (quarterly(months) if by_quarter else months.dropna(subset=["month"])).sort_values("month", ascending=False)
    blocks.table(pd.DataFrame({"Début de période": pd.to_datetime(shown["month"]), "Dépenses (k€ HT)": (shown["spend_eur"] / 1e3).round(1)}),
                 f"tendance_{step}", context, height=260)  # fmt: skip
