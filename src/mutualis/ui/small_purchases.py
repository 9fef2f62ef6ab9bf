"""What Petits achats draws: volumes under a threshold, repeat purchases, the PFRA's load."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from mutualis import formats, labels
from mutualis.config import settings
from mutualis.levers import BY_KEY, Levers, preset
from mutualis.ui import blocks, filters, handoff, key_figures
from mutualis.ui import small_purchase_views as views
from mutualis.ui.blocks import Context
from mutualis.ui.components.bars import bars
from mutualis.ui.row_columns import masked
from mutualis.ui.views import bar_rows

FIRST, LAST, DEFAULT_THRESHOLD = 1, views.MOST_KEUR, 25
SHOWN, BUTTONS = 15, 3
VIEWS = {"volumes": "Volumes", "repetes": "Achats répétés", "lignes": "Lignes"}
SHAPES = {"barres": "Barres", "tableau": "Tableau"}
NOUNS = {
    "buyer": ("entité", "entités"),
    "segment": ("segment", "segments"),
    "supplier": ("fournisseur", "fournisseurs"),
}
SPLITS = {"buyer": "Par entité", "segment": "Par segment", "supplier": "Par fournisseur", "size": "Par taille"}
MISSING = (
    "Ces données ne contiennent que des marchés publiés\u202f: sous 40 k€, seuil de publication des données essentielles, les petits achats n'y sont pas. "
    "Les marchés publiés sous le seuil sont montrés quand même. Pour voir les petits achats, importez un extrait des dépenses payées (Chorus ou tableau)\u202f:"
)


def not_in_the_data() -> None:
    """Say that contracts hold no small purchase, and where to import payments."""
    st.info(MISSING)
    st.page_link("../../../pages/data.py", label="Importer des dépenses payées (écran Données)")


def threshold_choice() -> int:
    """Let the user choose the threshold, in k€; give it in EUR. Kept in the URL."""
    return 1000 * int(
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


def view_choice() -> str:
    """Let the user choose volumes or repeats; kept in the URL."""
    chosen = st.segmented_control("Vue", list(VIEWS), default="volumes", required=True, format_func=VIEWS.__getitem__, key="petits",
                                  bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    return chosen or "volumes"


def figures(context: Context, totals: pd.Series, levers: Levers, threshold: int) -> None:
    """Draw the key figures."""
    found = views.key_figures(totals, levers, threshold, context.filters.grain)
    key_figures.draw(context, small_totals=found)


def volumes(context: Context, threshold: int) -> None:
    """Draw who buys, what, from whom, or how much at a time; a click filters."""
    by = st.segmented_control("Découper", list(SPLITS), default="buyer", required=True, format_func=SPLITS.__getitem__, key="decoupe",
                              bind="query-params", persist_state="session") or "buyer"  # fmt: skip
    frame = context.ask("small_split", by=by, threshold=threshold, limit=SHOWN)
    if by == "size":
        bars("petits_tailles", views.size_bars(frame), title="Achats par taille", note=blocks.export_note(context))
        st.caption("Nombre d'achats et montant, par taille, tous achats du périmètre.")
        return
    key, names, choosable, selected, unknown = _named(context, by, frame)
    rows = bar_rows(frame, "code", views.with_counts(frame, names), unknown, selected)
    rows = [row if row["code"] in choosable else row | {"code": ""} for row in rows]
    bars(f"petits_{by}", rows, title=f"Petits achats {SPLITS[by].lower()}", note=blocks.export_note(context), on_click=lambda code: filters.toggle(key, code))  # fmt: skip
    total = int(frame["n_codes"].iloc[0])
    of_whom = f", pour les {filters.SUPPLIERS} plus gros fournisseurs des données" if by == "supplier" else ""
    st.caption(
        f"Dépenses et nombre d'achats sous le seuil\u202f: {formats.plural(len(frame), *NOUNS[by])} sur {formats.count(total)}, par montant. Un clic filtre tous les écrans{of_whom}."
    )


def _named(
    context: Context, by: str, frame: pd.DataFrame
) -> tuple[str, Mapping[str, str], Mapping[str, str], tuple[str, ...], str]:
    """Give the filter's key, the names, what the filter can choose, what it has chosen, and the name of the unknown."""
    found, chosen = context.choices, context.filters
    if by == "buyer":
        return "acheteur", found.buyers, found.buyers, chosen.buyers, ""
    if by == "segment":
        return "segment", found.segments, found.segments, chosen.segments, labels.UNCLASSIFIED
    names = dict(zip(frame["code"], masked(frame, settings().show_natural_persons)["supplier_name"], strict=True))
    # the filter lists the largest suppliers only, and no natural person
    return "fournisseur", names, found.suppliers, chosen.suppliers, "Fournisseur inconnu"


def repeats(context: Context, threshold: int, levers: Levers) -> None:
    """Draw what regional contracts would absorb, the time it takes today, and the PFRA's load."""
    st.subheader("Ce que des contrats régionaux absorberaient")
    times, entities = _minimums()
    year = context.ask("small_repeats", threshold=threshold, as_of=context.dataset.as_of)
    kept = views.repeats(year, times, entities)
    if kept.empty:
        blocks.empty_state(
            "Aucun segment n'est acheté aussi souvent par autant d'entités\u202f: baissez l'un des deux minimums, ou relevez le seuil."
        )
        return
    st.markdown(views.repeats_sentence(kept, year, levers))
    st.markdown(views.load_sentence(len(kept), levers))
    with st.popover("Comment ces chiffres sont-ils calculés\u202f?", type="tertiary"):
        st.markdown(
            "Même segment, même région, sur les douze derniers mois, hors achats déjà passés par l'UGAP, la DAE, une PFRA ou une autre centrale. "
            "Un contrat par segment et par région. Temps d'agents\u202f: achats × " + views.handling_formula(levers)
        )
    _ranked(context, kept, levers)
    _simulate(context, kept)


def _minimums() -> tuple[int, int]:
    """Let the user choose how often, and by how many entities, a segment must be bought."""
    with st.container(horizontal=True, key="choix_repetes"):
        times = st.slider("Achats par an, au moins", 2, 100, 12, key="repetitions", bind="query-params",
                          persist_state="session", width=300)  # fmt: skip
        entities = st.slider("Entités, au moins", 2, 30, 5, key="entites_mini", bind="query-params",
                             persist_state="session", width=300)  # fmt: skip
    return int(times), int(entities)


def _ranked(context: Context, kept: pd.DataFrame, levers: Levers) -> None:
    segments = context.choices.segments
    shape = st.segmented_control("Forme", list(SHAPES), default="barres", required=True, format_func=SHAPES.__getitem__, key="forme_repetes",
                                 bind="query-params", persist_state="session")  # fmt: skip
    if shape == "tableau":
        blocks.table(views.repeats_table(kept, segments, levers), "achats_repetes", context, height=480)
        return
    bars("petits_repetes", views.repeats_bars(kept.head(SHOWN), segments, context.filters.segments), title="Achats répétés", note=blocks.export_note(context),
         on_click=lambda code: filters.toggle("segment", code))  # fmt: skip
    st.caption(
        f"Les {min(len(kept), SHOWN)} premiers contrats sur {len(kept)}, par montant annuel. Le tableau les donne tous. Un clic filtre le segment."
    )


def _simulate(context: Context, kept: pd.DataFrame) -> None:
    with st.container(horizontal=True, key="simuler_repetes"):
        for code in kept["segment"].drop_duplicates().head(BUTTONS):
            label = f"Simuler «\u202f{context.choices.segments.get(code, code)}\u202f»"
            handoff.simulate_button(f"simuler_{code}", label, grain=context.filters.grain, segment=(code,))
    st.caption("Le Simulateur prend toutes les dépenses du segment, pas seulement les petits achats.")
