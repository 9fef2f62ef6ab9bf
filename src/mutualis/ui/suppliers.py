"""What the Fournisseurs screen shows: shared suppliers, concentration, places, one supplier's sheet."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from mutualis import formats, geography, labels
from mutualis.config import settings
from mutualis.figures.flows import bipartite
from mutualis.ui import blocks, filters, handoff, key_figures
from mutualis.ui.blocks import Context
from mutualis.ui.components import flows
from mutualis.ui.components.bars import bars
from mutualis.ui.row_columns import masked
from mutualis.ui.supplier_tables import (
    RINGS,
    SIZES,
    concentration_table,
    contracts_table,
    mean_distance,
    named_links,
    split,
    suppliers_table,
    told_apart,
    with_distance,
    with_gaps,
)

VIEWS = {
    "partages": "Fournisseurs partagés",
    "concentration": "Concentration",
    "lieux": "Taille et lieu",
    "fiche": "Fiche d'un fournisseur",
    "lignes": "Lignes",
}
LISTED, LINKED, BARS, CONTRACTS = 500, 18, 25, 1000
# more names than two pilot regions have départements could not be read
PLACES = 14
FLOW_PIXELS = 640


def view_choice() -> str:
    """Let the user choose what the screen shows; kept in the URL."""
    chosen = st.segmented_control("Vue", list(VIEWS), default="partages", required=True, format_func=VIEWS.__getitem__,
                                  key="vue_fournisseurs", bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    return chosen or "partages"


def shared(context: Context) -> None:
    """Draw the suppliers that sell to several entities: key figures, links with départements, list."""
    found = _most_shared(context)
    if found.empty:
        blocks.empty_state("Aucun fournisseur dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")
        return
    _key_figures(context, found.iloc[0])
    st.subheader("Qui achète à qui\u202f? Les premiers fournisseurs partagés")
    largest = tuple(found.loc[found["spend_rank"] <= LINKED, "supplier_key"])
    linked = replace(context, filters=replace(context.filters, suppliers=largest))
    # no key would mean all suppliers
    if not largest or (links := linked.ask("supplier_links", n_places=PLACES)).empty:
        blocks.empty_state(
            "Aucun fournisseur ne vend à plusieurs entités localisées dans ce périmètre\u202f: élargissez-le."
        )
    else:
        st.caption("Un clic sur un fournisseur ouvre sa fiche\u202f; sur un département, il le filtre.")
        drawn = bipartite(named_links(links), "Dépenses des départements auprès des premiers fournisseurs partagés",
                          "Des départements acheteurs aux fournisseurs partagés\u202f; le tableau ci-dessous liste les fournisseurs")  # fmt: skip
        flows.draw("liens_fournisseurs", drawn, blocks.export_note(context), height=FLOW_PIXELS,
                   on_left=lambda code: filters.toggle("departement", code), on_right=lambda key: _open_sheet(key, _sheets(found)[key]))  # fmt: skip
    st.subheader("Les fournisseurs, du plus partagé au moins partagé")
    blocks.table(suppliers_table(masked(found.head(LISTED), settings().show_natural_persons)), "fournisseurs_partages", context, height=380)  # fmt: skip
    if (n_all := int(found.iloc[0]["all_suppliers"])) > LISTED:
        st.caption(f"Les {LISTED} plus partagés sur {formats.count(n_all)}\u202f; les lignes de tous sont dans la vue «\u202fLignes\u202f».")  # fmt: skip


def _most_shared(context: Context) -> pd.DataFrame:
    """Ask for the ``LISTED`` most shared suppliers, then those of the ``LINKED`` largest that are not among them."""
    return context.ask("shared_suppliers", limit=LISTED, n_largest=LINKED, persons=settings().show_natural_persons)


def _open_sheet(supplier: str, name: str) -> None:
    st.session_state["fiche_fournisseur"], st.session_state["vue_fournisseurs"] = supplier, "fiche"
    # Streamlit does not write the choice of a list that is not drawn yet
    st.query_params["fiche_fournisseur"] = name


def _sheets(found: pd.DataFrame) -> dict[str, str]:
    """Name each supplier that has a sheet; persons have none, unless they may be seen."""
    if not settings().show_natural_persons:
        found = found[~found["is_sole_trader"].astype(bool)]
    return dict(zip(found["supplier_key"], told_apart(found), strict=True))


def _key_figures(context: Context, row: pd.Series) -> None:
    whole = row["all_eur"]
    figures = [
        ("Fournisseurs", formats.count(row["all_suppliers"]), f"{formats.euros(whole)} de dépenses comptées",
         "nombre de SIREN de titulaires distincts (à défaut de SIREN, de noms) des lignes comptées comme dépense. L'écran Vue d'ensemble en compte davantage\u202f: "
         "ceux dont on ne connaît qu'un plafond d'accord-cadre ou un montant écarté y sont."),
        ("Fournisseurs partagés", formats.count(row["all_shared"]), f"{formats.percent(row['all_shared_eur'] / whole if whole else None)} des dépenses",
         "fournisseurs qui ont au moins deux entités acheteuses dans le périmètre."),
        ("Part des dix premiers", formats.percent(row["all_top10_eur"] / whole if whole else None), formats.euros(row["all_top10_eur"]),
         "dépenses auprès des dix fournisseurs les plus importants, rapportées aux dépenses dont le fournisseur est connu."),
        ("Concentration (HHI)", formats.decimal(row["all_hhi"], 4), "0\u202f: éparpillé, 1\u202f: un seul",
         "somme des carrés des parts de chaque fournisseur dans les dépenses (indice de Herfindahl-Hirschman)."),
    ]  # fmt: skip
    key_figures.draw(context, shared_suppliers=figures)


def concentration(context: Context) -> None:
    """Draw the concentration of each segment's suppliers, the most concentrated first; a click filters the segment."""
    supply = context.ask("segment_supply").dropna(subset=["supplier_hhi"])
    if supply.empty:
        blocks.empty_state("Aucun segment dont les fournisseurs sont connus dans ce périmètre\u202f: élargissez-le.")
        return
    ordered = supply.sort_values(["supplier_hhi", "segment"], ascending=[False, True])
    st.caption(
        f"Les {BARS} segments les plus concentrés. HHI\u202f: somme des carrés des parts des fournisseurs, de 0 (éparpillé) à 1 (un seul). "
        "Plus l'offre est concentrée, moins un volume groupé obtient de remise. Un clic filtre le segment."
    )
    if len(context.filters.segments) == 1:
        handoff.simulate_button("simuler_concentration", "Simuler ce segment")
    bars("hhi_segments", title="Concentration des fournisseurs par segment", note=blocks.export_note(context), rows=[
        {"code": row["segment"], "label": f"{context.choices.segments[row['segment']]} ({formats.plural(int(row['n_suppliers']), 'fournisseur', 'fournisseurs')})", "values": [row["supplier_hhi"]], "selected": row["segment"] in context.filters.segments,
         "texts": [formats.decimal(row["supplier_hhi"], 3)]}
        for row in ordered.head(BARS).to_dict("records")
    ], on_click=lambda code: filters.toggle("segment", code))  # fmt: skip
    blocks.table(concentration_table(ordered, context.choices.segments), "concentration_segments", context, height=380)


def places(context: Context) -> None:
    """Draw the size of suppliers, and how far they are from who buys."""
    found = with_distance(context.ask("supply_places"))
    if found.empty:
        blocks.empty_state("Aucun fournisseur dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")
        return
    near = found.loc[found["ring"].isin(RINGS[:2]), "spend_eur"].sum()
    known = found.loc[found["km"].notna(), "spend_eur"].sum()
    km = mean_distance(found)
    distance = (
        "Distance moyenne entre l'entité et son fournisseur", formats.UNKNOWN if km is None else f"{formats.decimal(km, 0)}{formats.NARROW}km",
        f"{formats.percent(near / known if known else None)} des dépenses à moins de 100 km",
        "moyenne, pondérée par les dépenses, des distances à vol d'oiseau entre les milieux des départements de l'entité et du fournisseur "
        "(0 km dans un même département), là où les deux sont connus.",
    )  # fmt: skip
    key_figures.draw(context, supply_places=[distance])
    left, right = st.columns(2)
    with left:
        st.subheader("Taille des fournisseurs")
        bars(
            "tailles",
            split(found, "supplier_size", SIZES),
            title="Dépenses par taille de fournisseur",
            note=blocks.export_note(context),
        )
    with right:
        st.subheader("Distance")
        bars(
            "distances",
            split(found, "ring", dict(zip(RINGS, RINGS, strict=True))),
            title="Dépenses par distance du fournisseur",
            note=blocks.export_note(context),
        )
    st.subheader("D'où viennent les fournisseurs")
    names = geography.names("department")
    by_place = found.groupby("supplier_department_code", dropna=False)[["spend_eur", "n_rows"]].sum().reset_index()
    by_place = by_place.sort_values("spend_eur", ascending=False)
    blocks.table(pd.DataFrame({
        "Département du fournisseur": by_place["supplier_department_code"].map(lambda code: names.get(code, labels.UNPLACED)),
        "Dépenses (k€ HT)": (by_place["spend_eur"] / 1e3).round(1), "Lignes": by_place["n_rows"],
    }), "lieux_fournisseurs", context, height=320)  # fmt: skip


def sheet(context: Context) -> None:
    """Draw one supplier's contracts across entities, and how their prices and terms differ."""
    listed = _most_shared(context)
    names = _sheets(listed)
    if not names:
        blocks.empty_state("Aucun fournisseur à montrer dans ce périmètre\u202f: élargissez la période ou retirez un filtre.")  # fmt: skip
        return
    key = st.selectbox("Fournisseur", list(names), format_func=names.__getitem__, key="fiche_fournisseur", width=480, bind="query-params",
                       help=f"Les {LISTED} plus partagés du périmètre et les plus grands\u202f; les personnes physiques ne sont pas montrées")  # fmt: skip
    contracts = with_gaps(context.ask("supplier_contracts", supplier=key, limit=CONTRACTS))
    st.markdown(_terms(contracts, listed[listed["supplier_key"] == key].iloc[0]))
    blocks.table(contracts_table(contracts, context.choices.segments), "fiche_fournisseur", context, height=420)
    st.caption(_compared(contracts))


def _compared(contracts: pd.DataFrame) -> str:
    prices = (
        "Écart de prix\u202f: au prix unitaire médian du même article, entre entités."
        if contracts["article"].notna().any()
        else "Ces lignes n'ont pas de quantités\u202f: leurs prix ne se comparent pas, et un montant dit d'abord la taille du besoin."
    )
    cut = f" Au plus {formats.count(CONTRACTS)} lignes\u202f: celles qui ont un prix ou une durée d'abord, puis les plus grandes."
    return f"{prices} Écart de durée\u202f: à la durée médiane du même segment chez ce fournisseur.{cut if len(contracts) == CONTRACTS else ''}"


def _terms(contracts: pd.DataFrame, supplier: pd.Series) -> str:
    ends, months, gaps = (
        contracts["ends_on"].dropna(),
        contracts["duration_months"].dropna(),
        contracts["price_gap"].dropna(),
    )
    said = [
        f"**{SIZES[supplier['supplier_size']]}**, {geography.names('department').get(supplier['supplier_department_code'], labels.UNPLACED.lower())}",
        f"**{formats.euros(supplier['spend_eur'])}** auprès de {formats.plural(supplier['n_buyers'], 'entité', 'entités')}",
    ]
    if len(ends):
        said.append(f"échéances du {formats.day(ends.min())} au {formats.day(ends.max())}")
    if len(months):
        said.append(f"durées de {formats.decimal(months.min(), 0)} à {formats.decimal(months.max(), 0)} mois")
    if len(gaps):
        said.append(
            f"prix unitaires de {formats.percent(gaps.min(), 0)} à {formats.percent(gaps.max(), 0)} autour de la médiane du même article"
        )
    return " · ".join(said)
