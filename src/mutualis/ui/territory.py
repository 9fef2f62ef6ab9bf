"""What the Territoires screen computes: metrics by place, points, flows, the place's sheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import sqrt

import pandas as pd
import streamlit as st

from mutualis import formats, geography, labels
from mutualis.config import PILOT_REGIONS, settings
from mutualis.figures.scale import Scale, quantile_scale
from mutualis.queries import Filters
from mutualis.ui import blocks, reference_gain, store, views
from mutualis.ui.blocks import Context
from mutualis.ui.components.bars import bars
from mutualis.ui.row_columns import masked

LEVELS = {"department": "Départements", "epci": "Intercommunalités", "commune": "Communes"}
BELOW = {"fiche": "Fiche du territoire", "tableau": "Tableau", "comparaison": "PACA et BFC", "lignes": "Lignes"}
FILTER_KEYS = {"department": "departement", "epci": "epci", "commune": "commune"}
MAX_FLOWS, FLOW_PIXELS, POINT_PIXELS = 40, 9.0, 11.0
# of each list of a place's sheet
SHEET_ROWS = 8


@dataclass(frozen=True)
class Metric:
    """What a map may show: column of ``spend_by``, French title with unit, writing."""

    title: str
    column: str
    write: Callable[[float | None], str]


METRICS = {
    "depenses": Metric("Dépenses", "spend_eur", formats.euros),
    "par_habitant": Metric("Dépenses par habitant", "spend_per_head", lambda v: f"{formats.decimal(v, 0)}{formats.NARROW}€"),
    "entites": Metric("Entités acheteuses", "n_buyers", formats.count),
    "fournisseurs": Metric("Fournisseurs", "n_suppliers", formats.count),
    "hhi": Metric("Concentration des fournisseurs (HHI, 0 à 1)", "supplier_hhi", lambda v: formats.decimal(v, 3)),
    "pme": Metric("Part des PME", "sme_share", formats.percent),
    "local": Metric("Part achetée dans la région", "local_share", formats.percent),
    "gain": Metric("Gain attendu par an (scénario de référence)", "gain_eur", formats.euros),
    "petits": Metric("Part des achats de moins de 25 k€", "small_share", formats.percent),
}  # fmt: skip


def level_choice() -> str:
    """Let the user choose the size of places; kept in the URL."""
    chosen = st.segmented_control("Maille", list(LEVELS), default="department", required=True, format_func=LEVELS.__getitem__,
                                  key="maille", bind="query-params", persist_state="session")  # fmt: skip
    return chosen or "department"


def metric_choice() -> Metric:
    """Let the user choose what the colours say; kept in the URL."""
    return METRICS[st.selectbox("Indicateur", list(METRICS), format_func=lambda key: METRICS[key].title, key="indicateur",
                                bind="query-params", persist_state="session", width=340)]  # fmt: skip


def shown_regions(filters: Filters) -> tuple[str, ...]:
    """Give the pilot regions on the map: those filtered, else both."""
    return tuple(code for code in PILOT_REGIONS if not filters.regions or code in filters.regions)


def places(context: Context, level: str, metric: Metric) -> pd.DataFrame:
    """Sum the perimeter by place, the selected place's own filter left out so that its neighbours stay on the map."""
    around = _at(context.filters, level, ())
    frame = store.ask(context.dataset, "spend_by", around, by=level)
    if metric.column == "gain_eur":
        frame["gain_eur"] = frame["code"].map(reference_gain.by_place(context, around, level))
    frame["region_code"] = frame["code"].map(geography.region_of(level))
    frame["population"] = frame["code"].map(geography.population(level))
    frame["spend_per_head"] = frame["spend_eur"] / frame["population"]
    return frame


def values(frame: pd.DataFrame, metric: Metric, regions: Sequence[str]) -> dict[str, float]:
    """Give the metric by place code, for the places of the regions on the map."""
    shown = frame["region_code"].isin(regions) & frame[metric.column].notna()
    return dict(zip(frame["code"][shown], frame[metric.column][shown].astype(float), strict=True))


def scale(found: dict[str, float], metric: Metric) -> Scale:
    """Cut the metric in classes common to both maps."""
    return quantile_scale(found, metric.write)


def selected(level: str) -> str | None:
    """Give the place filtered at this level, if there is just one."""
    codes = st.session_state.get(FILTER_KEYS[level]) or []
    return codes[0] if len(codes) == 1 else None


def follow_click(level: str, what: str, code: str) -> None:
    """Turn a click on the map into a filter (in a callback); a second click on the same place takes it out."""
    key = FILTER_KEYS[level] if what == "place" else "acheteur"
    st.session_state[key] = [] if what == "place" and code == selected(level) else [code]


def points(context: Context) -> list[dict[str, object]]:
    """Place the buyers on the map, area in proportion to spend."""
    frame = context.ask("buyer_points", limit=2000).merge(
        geography.communes()[["commune_code", "commune_name", "longitude", "latitude"]],
        left_on="buyer_commune_code",
        right_on="commune_code",
    )
    largest = float(frame["spend_eur"].max()) if len(frame) else 1.0
    return [
        {
            "key": row["buyer_key"],
            "lon": row["longitude"],
            "lat": row["latitude"],
            "r": round(1.5 + POINT_PIXELS * sqrt(max(row["spend_eur"], 0) / largest), 1),
            "label": f"{row['buyer_name']} ({row['commune_name']})\u202f: {formats.euros(row['spend_eur'])}",
        }
        for row in frame.to_dict("records")
    ]


def flows(context: Context) -> list[dict[str, object]]:
    """Give the largest flows from buyer to supplier département, within the pilot regions."""
    frame = context.ask("supplier_flows")
    centre = geography.communes().groupby("department_code")[["longitude", "latitude"]].mean()
    frame = frame[(frame["buyer_department_code"] != frame["supplier_department_code"]) & frame["buyer_department_code"].isin(centre.index)
                  & frame["supplier_department_code"].isin(centre.index)].head(MAX_FLOWS)  # fmt: skip
    names = geography.names("department")
    largest = float(frame["spend_eur"].max()) if len(frame) else 1.0
    return [
        {
            "from": centre.loc[row["buyer_department_code"]].tolist(),
            "to": centre.loc[row["supplier_department_code"]].tolist(),
            "width": round(0.8 + FLOW_PIXELS * row["spend_eur"] / largest, 1),
            "label": f"{names[row['buyer_department_code']]} → {names[row['supplier_department_code']]}\u202f: {formats.euros(row['spend_eur'])}",
        }
        for row in frame.to_dict("records")
    ]


def outside_sentence(frame: pd.DataFrame, level: str, regions: Sequence[str]) -> str:
    """Say what the map cannot show."""
    spend, is_placed = frame["spend_eur"], frame["code"].notna()
    unknown = spend[~is_placed].sum()
    # communes and their groupings are known in the pilot regions alone
    nowhere = "sans lieu connu" if level == "department" else "hors des deux régions ou sans commune connue"
    elsewhere = spend[is_placed & ~frame["region_code"].isin(regions)].sum()
    parts = [
        f"{formats.euros(eur)} {where}"
        for eur, where in ((elsewhere, "dans d'autres régions"), (unknown, nowhere))
        if eur
    ]
    return f"Hors carte\u202f: {', '.join(parts)}." if parts else "Toutes les dépenses du périmètre sont sur la carte."


def sheet(context: Context, level: str, code: str) -> None:
    """Draw a place's sheet: key figures, families, buyers, suppliers."""
    here = Context(context.dataset, _at(context.filters, level, (code,)), context.choices)
    totals = here.ask("totals").iloc[0]
    st.markdown(
        f"**{formats.euros(totals['spend_eur'])}** · {formats.plural(int(totals['n_buyers']), 'entité', 'entités')} · "
        f"{formats.plural(int(totals['n_suppliers']), 'fournisseur', 'fournisseurs')} · PME {formats.percent(views.sme_share(totals))} · "
        f"achats de moins de 25 k€ {formats.percent(totals['spend_below_25k_eur'] / totals['spend_eur'] if totals['spend_eur'] else None)}"
    )
    families = here.ask("spend_by", by="family").head(SHEET_ROWS)
    buyers, suppliers = here.ask("spend_by_buyer").head(SHEET_ROWS), here.ask("spend_by_supplier", limit=SHEET_ROWS)
    suppliers = masked(suppliers, settings().show_natural_persons)
    named = dict(zip(suppliers["supplier_key"], suppliers["supplier_name"], strict=True))
    parts = [
        ("Familles", families, "code", context.choices.families, labels.UNCLASSIFIED),
        ("Entités", buyers, "buyer_key", dict(zip(buyers["buyer_key"], buyers["buyer_name"], strict=True)), ""),
        ("Fournisseurs", suppliers, "supplier_key", named, "Inconnu"),
    ]
    place, note = geography.names(level).get(code, code), blocks.export_note(here)
    for column, (what, frame, key, names, unknown) in zip(st.columns(len(parts)), parts, strict=True):
        with column:
            st.markdown(f"**{what}**")
            bars(
                f"fiche_{key}",
                views.bar_rows(frame, key, names, unknown, ()),
                title=f"{what}\u202f: {place}",
                note=note,
            )


def table(frame: pd.DataFrame, level: str, regions: Sequence[str]) -> pd.DataFrame:
    """Give the map's figures as a table, the accessible twin of the map."""
    inside = frame[frame["region_code"].isin(regions)]
    return pd.DataFrame({
        "Code": inside["code"], "Territoire": inside["code"].map(geography.names(level)), "Dépenses (k€ HT)": (inside["spend_eur"] / 1e3).round(1),
        "€ par habitant": inside["spend_per_head"].round(1), "Entités": inside["n_buyers"], "Fournisseurs": inside["n_suppliers"],
        "HHI fournisseurs": inside["supplier_hhi"].round(3), "Part PME (%)": (inside["sme_share"] * 100).round(1),
        "Acheté dans la région (%)": (inside["local_share"] * 100).round(1), "Moins de 25 k€ (%)": (inside["small_share"] * 100).round(1),
    })  # fmt: skip


def family_shares(context: Context) -> pd.DataFrame:
    """Give each family's share of a region's spend: one row per family, one column per pilot region."""
    columns = {}
    for region in PILOT_REGIONS:
        frame = store.ask(context.dataset, "spend_by", _state_only(context.filters, region), by="family").set_index(
            "code"
        )["spend_eur"]
        columns[region] = frame / frame.sum() if frame.sum() else frame
    return pd.DataFrame(columns).fillna(0.0).sort_values(next(iter(columns)), ascending=False)


def comparison_table(context: Context) -> pd.DataFrame:
    """Compare the pilot regions on figures that do not depend on their size."""
    rows = {}
    for region, name in PILOT_REGIONS.items():
        row = store.ask(context.dataset, "totals", _state_only(context.filters, region)).iloc[0]
        people, spend = geography.population("region")[region], row["spend_eur"]
        rows[name] = {
            "Dépenses": formats.euros(spend), "Dépenses par habitant": f"{formats.decimal(spend / people)}{formats.NARROW}€",
            "Entités acheteuses": formats.count(row["n_buyers"]),
            "Dépenses par entité": formats.euros(spend / row["n_buyers"] if row["n_buyers"] else None),
            "Fournisseurs par entité": formats.decimal(row["n_suppliers"] / row["n_buyers"] if row["n_buyers"] else None),
            "Part des PME": formats.percent(views.sme_share(row)),
            "Part des achats < 25 k€": formats.percent(row["spend_below_25k_eur"] / spend if spend else None),
            "Déjà mutualisé": formats.percent(row["pooled_spend_eur"] / spend if spend else None),
        }  # fmt: skip
    return pd.DataFrame(rows).rename_axis("Indicateur").reset_index()


def _at(filters: Filters, level: str, codes: tuple[str, ...]) -> Filters:
    """Give the perimeter with another choice of places at a level."""
    if level == "department":
        return replace(filters, departments=codes)
    return replace(filters, epcis=codes) if level == "epci" else replace(filters, communes=codes)


def _state_only(filters: Filters, region: str) -> Filters:
    return replace(
        filters,
        regions=(region,),
        departments=(),
        epcis=(),
        communes=(),
        families=(),
        buyer_types=filters.buyer_types or labels.STATE_TYPES,
    )
