"""What Petits achats draws: volumes under a threshold, repeat purchases, the PFRA's load."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from mutualis import formats, labels
from mutualis.config import settings
from mutualis.levers import BY_KEY, Levers, preset
from mutualis.ui import blocks, filters, handoff
from mutualis.ui import small_purchase_views as views
from mutualis.ui.blocks import Context
from mutualis.ui.components.bars import bars
from mutualis.ui.views import bar_rows

FIRST, LAST, DEFAULT_THRESHOLD = 1, views.LAST_CLASS, 25
SHOWN, BUTTONS = 12, 3
MISSING = (
    "Ces données ne contiennent que des marchés publiés\u202f: sous 40 k€, seuil de publication des données essentielles, les petits achats n'y sont pas. "
    "Les marchés publiés sous le seuil sont montrés quand même. Pour voir les petits achats, importez un extrait des dépenses payées (Chorus ou tableau)\u202f:"
)


def on_payments(context: Context) -> Context:
    """Give the same perimeter on payments where there are some, whatever the grain chosen, and say so."""
    grain = "payment" if "payment" in context.choices.grains else "contract"
    if grain == "contract":
        st.info(MISSING)
        st.page_link("../../../pages/data.py", label="Importer des dépenses payées (écran Données)")
    elif context.filters.grain != grain:
        st.caption("Les petits achats sont lus dans les dépenses payées, quelle que soit la nature de données choisie.")
    return replace(context, filters=replace(context.filters, grain=grain))


def threshold_choice() -> int:
    """Let the user choose the threshold (k€); kept in the URL."""
    return int(
        st.slider(
            "Seuil (k€ hors taxes)",
            FIRST,
            LAST,
            DEFAULT_THRESHOLD,
            key="seuil",
            bind="query-params",
            persist_state="session",
            width=420,
        )
    )


def levers_in_use() -> Levers:
    """Give the central levers, with the cost of an order that the user chose."""
    lever, central = BY_KEY["commande"], preset("central")
    low, high, step = (int(bound) for bound in lever.bounds)
    chosen = st.slider(f"{lever.label} ({lever.unit}, hypothèse)", low, high, int(central.order_eur), step, key=lever.key, help=f"{lever.help} {lever.source}",
                       bind="query-params", persist_state="session", width=420)  # fmt: skip
    return central.with_values({lever.key: chosen})


def classes(context: Context) -> pd.DataFrame:
    """Count and sum purchases by size, in all, by entity and by segment: any threshold is a sum of classes."""
    return context.ask("small_classes", last_class=views.LAST_CLASS)


def yearly(context: Context, threshold: int) -> pd.DataFrame:
    """Count and sum a year of purchases under a threshold by region and segment."""
    return context.ask("small_repeats", threshold=threshold * 1000, as_of=context.dataset.as_of)


def figures(context: Context, sizes: pd.DataFrame, year: pd.DataFrame, levers: Levers, threshold: int) -> None:
    """Draw the key figures."""
    found = views.key_figures(views.volumes(sizes, threshold), year, levers, threshold, context.filters.grain)
    for column, (label, value, note, query, formula) in zip(st.columns(len(found)), found, strict=True):
        with column:
            blocks.key_figure(label, value, note, query=query, formula=formula, context=context)


def volumes(context: Context, sizes: pd.DataFrame, threshold: int) -> None:
    """Draw who buys, what, from whom, and how much at a time; a click filters."""
    chosen, found = context.filters, context.choices
    left, right = st.columns(2)
    with left:
        st.subheader("Qui\u202f? Les entités")
        buyers = views.by_dimension(sizes, "buyer", threshold).head(SHOWN)
        bars(
            "petits_entites",
            bar_rows(buyers, "code", found.buyers, "", chosen.buyers),
            on_click=lambda code: filters.toggle("acheteur", code),
        )
        st.subheader("Combien à la fois\u202f?")
        bars("petits_tailles", views.size_bars(sizes))
        st.caption("Nombre d'achats et montant, tous achats du périmètre.")
    with right:
        st.subheader("Quoi\u202f? Les segments")
        segments = views.by_dimension(sizes, "segment", threshold).head(SHOWN)
        bars("petits_segments", bar_rows(segments, "code", found.segments, labels.UNCLASSIFIED, chosen.segments),
             on_click=lambda code: filters.toggle("segment", code) if code else None)  # fmt: skip
        st.subheader("À qui\u202f? Les fournisseurs")
        _suppliers(context, threshold)


def _suppliers(context: Context, threshold: int) -> None:
    frame = context.ask("small_suppliers", threshold=threshold * 1000, limit=SHOWN)
    hidden = frame["is_sole_trader"].astype(bool) & (not settings().show_natural_persons)
    names = dict(zip(frame["supplier_key"], frame["supplier_name"].mask(hidden, labels.PERSON), strict=True))
    known = context.choices.suppliers
    # the filter lists the largest suppliers only, and no natural person
    bars("petits_fournisseurs", bar_rows(frame, "supplier_key", names, "", context.filters.suppliers),
         on_click=lambda code: filters.toggle("fournisseur", code) if code in known else None)  # fmt: skip
    total = int(frame["n_suppliers"].iloc[0]) if len(frame) else 0
    st.caption(f"Les {len(frame)} premiers de {formats.plural(total, 'fournisseur', 'fournisseurs')} sous le seuil.")


def repeats(context: Context, year: pd.DataFrame, levers: Levers) -> None:
    """Draw what regional contracts would absorb, the time it takes today, and the PFRA's load."""
    st.subheader("Les achats répétés qu'un contrat régional absorberait")
    with st.container(horizontal=True, key="choix_repetes"):
        times = st.slider(
            "Achats par an, au moins",
            2,
            100,
            12,
            key="repetitions",
            bind="query-params",
            persist_state="session",
            width=300,
        )
        entities = st.slider(
            "Entités, au moins", 2, 30, 5, key="entites_mini", bind="query-params", persist_state="session", width=300
        )
    kept = views.repeats(year, int(times), int(entities))
    if kept.empty:
        blocks.empty_state(
            "Aucun segment n'est acheté aussi souvent par autant d'entités : baissez l'un des deux minimums, ou relevez le seuil."
        )
        return
    st.markdown(views.repeats_sentence(kept, year, levers))
    st.markdown(views.load_sentence(len(kept), levers))
    with st.popover("Comment ces chiffres sont-ils calculés\u202f?", type="tertiary"):
        st.markdown(
            "Même segment, même région, sur les douze derniers mois, hors achats déjà passés par l'UGAP, la DAE, une PFRA ou une autre centrale. "
            "Un contrat par segment et par région. Temps d'agents\u202f: " + views.handling_formula(levers)
        )
    blocks.table(views.repeats_table(kept, context.choices.segments, levers), "achats_repetes", context, height=360)
    with st.container(horizontal=True, key="simuler_repetes"):
        for code in kept["segment"].drop_duplicates().head(BUTTONS):
            handoff.simulate_button(
                f"simuler_{code}", f"Simuler «\u202f{context.choices.segments.get(code, code)}\u202f»", segment=(code,)
            )
