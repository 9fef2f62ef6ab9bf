"""Territoires: maps of the pilot regions, the place's sheet, PACA | BFC."""

import streamlit as st

from mutualis import geography, labels
from mutualis.config import PILOT_REGIONS, PILOT_SHORT_NAMES
from mutualis.ui import blocks, rows, territory, views
from mutualis.ui.components.bars import bars
from mutualis.ui.components.map import choropleth

context = blocks.frame("Territoires")
with st.container(horizontal=True, vertical_alignment="bottom", key="choix_carte"):
    level = territory.level_choice()
    metric = territory.metric_choice()
    show_points = st.toggle(
        "Entités",
        key="points",
        bind="query-params",
        persist_state="session",
        help="Une pastille par entité, à sa commune",
    )
    show_flows = level == "department" and st.toggle(
        "Flux", key="flux", bind="query-params", help="Du département acheteur à celui du titulaire"
    )

places = territory.places(context, level, metric)
shown = territory.shown_regions(context.filters)
values = territory.values(places, metric, shown)
scale = territory.scale(values, metric)
if not values:
    blocks.empty_state("Aucune dépense localisée dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")
selected = territory.selected(level)
choropleth(
    "carte", level=level, regions=shown, title=metric.title, note=blocks.export_note(context), scale=scale, selected=selected,
    labels={code: metric.write(value) for code, value in values.items()},
    points=territory.points(context) if show_points else (), flows=territory.flows(context) if show_flows else (),
    on_click=lambda what, code: territory.follow_click(level, what, code),
)  # fmt: skip
st.caption(territory.outside_sentence(places, level, shown))

view = st.segmented_control(
    "Sous la carte",
    list(territory.BELOW),
    default="fiche",
    required=True,
    format_func=territory.BELOW.__getitem__,
    key="dessous",
    bind="query-params",
    persist_state="session",
)
if view == "fiche" and selected is None:
    st.caption("Cliquez sur un territoire pour ouvrir sa fiche et filtrer les autres écrans.")
elif view == "fiche":
    st.subheader(geography.names(level).get(str(selected), str(selected)))
    territory.sheet(context, level, str(selected))
elif view == "tableau":
    blocks.table(territory.table(places, level, shown), f"territoires_{level}", context, height=420)
elif view == "lignes":
    rows.rows_view(context)
else:
    st.caption(
        "Part de chaque famille dans les dépenses de la région, pour comparer des régions de tailles différentes. "
        "Sans filtre de type, seuls l'État et ses établissements sont comparés."
    )
    bars(
        "comparaison",
        views.comparison_rows(territory.family_shares(context), context.choices.families, labels.UNCLASSIFIED),
        title="Part de chaque famille dans les dépenses de la région",
        note=blocks.export_note(context),
        legend=[PILOT_SHORT_NAMES[code] for code in PILOT_REGIONS],
    )
    blocks.table(territory.comparison_table(context), "comparaison_regions", context)
