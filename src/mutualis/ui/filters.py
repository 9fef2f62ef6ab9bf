"""The bar of filters: the same on every screen, in the URL and in the session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from mutualis import formats, geography, labels
from mutualis.config import PILOT_REGIONS, PILOT_SHORT_NAMES
from mutualis.queries import Filters
from mutualis.ui import kept_choices, store
from mutualis.warehouse import Dataset

# key of a filter that takes many codes → its field of ``Filters``
FIELDS = {
    "departement": "departments", "type": "buyer_types", "famille": "families", "segment": "segments", "acheteur": "buyers",
    "fournisseur": "suppliers", "epci": "epcis", "commune": "communes",
}  # fmt: skip
PLACES = ("departement", "epci", "commune")
SUPPLIERS = 200
# of each filter, in the perimeter's sentence
NAMED = 3
CLEARED = ("region", *FIELDS)


@dataclass(frozen=True)
class Choices:
    """What the filters can choose in a dataset: code → French label, sorted by label."""

    grains: Mapping[str, str]
    departments: Mapping[str, str]
    buyer_types: Mapping[str, str]
    families: Mapping[str, str]
    segments: Mapping[str, str]
    buyers: Mapping[str, str]
    suppliers: Mapping[str, str]
    epcis: Mapping[str, str]
    communes: Mapping[str, str]
    years: tuple[int, int]


# a resource: read by every run, never changed, not worth a copy each time
@st.cache_resource(max_entries=3, show_spinner=False)
def choices(_dataset: Dataset, version: str) -> Choices:
    """List what can be chosen in a version of the data; places are those where something was bought."""
    dataset = _dataset
    segments = store.ask(dataset, "options_segments")
    buyers = store.ask(dataset, "options_buyers")
    suppliers = store.ask(dataset, "options_suppliers", limit=SUPPLIERS)
    coverage = store.ask(dataset, "coverage")
    departments = geography.departments()
    pilots = departments[departments["region_code"].isin(list(PILOT_REGIONS))]
    years = [day.year for day in [*coverage["first_on"], *coverage["last_on"]] if not pd.isna(day)] or [
        dataset.as_of.year
    ]
    present = set(buyers["buyer_type"])
    return Choices(
        grains={code: text for code, text in labels.GRAINS.items() if code in set(coverage["grain"])},
        # the pilot regions' first; the others too, for a click on one of them is a filter
        departments=_sorted(zip(pilots["department_code"], pilots["department_name"], strict=True))
        | _bought_in(dataset, "department"),
        buyer_types={code: text for code, text in labels.BUYER_TYPES.items() if code in present},
        families=_sorted(zip(segments["family"], segments["family_label"], strict=True)),
        segments=_sorted(zip(segments["segment"], segments["segment_label"], strict=True)),
        buyers=_sorted(zip(buyers["buyer_key"], buyers["buyer_name"], strict=True)),
        suppliers=_sorted(zip(suppliers["supplier_key"], suppliers["supplier_name"], strict=True)),
        epcis=_bought_in(dataset, "epci"),
        communes=_bought_in(dataset, "commune"),
        years=(min(years), max(years)),
    )


def bar(dataset: Dataset, page: str) -> tuple[Filters, Choices]:
    """Draw the bar and give the perimeter it says.

    Args:
        dataset: the version shown.
        page: the screen's name.

    Returns:
        The perimeter, and what the filters could choose (labels for the rest of the page).
    """
    found = choices(dataset, dataset.version)
    with kept_choices.across_screens(page, dataset.version, ("grain", "periode", *CLEARED), CLEARED):
        with st.container(horizontal=True, vertical_alignment="bottom", key="barre_filtres"):
            grain = _one_of("Données", found.grains, "grain")
            region = st.pills(
                "Région", list(PILOT_REGIONS), format_func=PILOT_SHORT_NAMES.__getitem__, selection_mode="multi", key="region",
                bind="query-params", persist_state="session", help="Aucune région choisie\u202f: les deux régions pilotes et le reste des données",
            )  # fmt: skip
            first, last = _years(found)
            active = _active()
            popover = st.popover(f"Filtres ({active})" if active else "Filtres")
            if any(st.session_state.get(key) for key in CLEARED):
                st.button("Tout effacer", on_click=_clear, type="tertiary", key="effacer_filtres")
        with popover:
            chosen = _many_filters(found)
        _chips(chosen, found)
    # filters that came with a link are known once drawn, after the button that counts them
    if active != _active():
        st.rerun()
    return Filters(
        grain=grain, regions=tuple(region or ()), **{field: chosen[key] for key, field in FIELDS.items()},
        start=date(first, 1, 1) if first > found.years[0] else None, end=date(last, 12, 31) if last < found.years[1] else None,
    ), found  # fmt: skip


def toggle(key: str, code: str) -> None:
    """Add a code to a filter, or take it out: what a click on a map or a bar does (in a callback)."""
    former = list(st.session_state.get(key) or ())
    st.session_state[key] = [item for item in former if item != code] if code in former else [*former, code]


def perimeter_sentence(dataset: Dataset, filters: Filters, found: Choices) -> str:
    """Say the perimeter in one sentence: it goes with every export, far from the bar."""
    said = {
        key: _some([named.get(code, code) for code in getattr(filters, FIELDS[key])])
        for key, (_, named) in _named(found).items()
    }
    everywhere = "" if any(said[key] for key in PLACES) else "Toutes les régions des données"
    where = " + ".join(PILOT_SHORT_NAMES[code] for code in filters.regions) or everywhere
    noun = "marchés notifiés" if filters.grain == "contract" else "dépenses payées"
    first = filters.start.year if filters.start else found.years[0]
    last = filters.end.year if filters.end else found.years[1]
    period = str(first) if first == last else f"{first}-{last}"
    source = (
        dataset.sources[0] if len(dataset.sources) == 1 else formats.plural(len(dataset.sources), "fichier", "fichiers")
    )
    moved = (
        f" · {formats.plural(dataset.n_moves, 'reclassement', 'reclassements')} à la main" if dataset.n_moves else ""
    )
    what = " · ".join(text for text in (where, *said.values(), f"{noun} {period}") if text)
    return f"{what}, hors taxes · source\u202f: {source} · données au {formats.day(dataset.as_of)} (version {dataset.version}){moved}"


def _some(names: list[str]) -> str:
    rest = len(names) - NAMED
    return " + ".join(names[:NAMED]) + (f" et {formats.plural(rest, 'autre', 'autres')}" if rest > 0 else "")


def _one_of(label: str, options: Mapping[str, str], key: str) -> str:
    chosen = st.segmented_control(
        label, list(options), default=next(iter(options), None), required=True, format_func=options.__getitem__, key=key,
        bind="query-params", persist_state="session", help="Les deux natures de données ne s'additionnent jamais",
    )  # fmt: skip
    return chosen or next(iter(options), "contract")


def _years(found: Choices) -> tuple[int, int]:
    if found.years[0] == found.years[1]:
        return found.years
    first, last = st.slider(
        "Période", *found.years, found.years, key="periode", bind="query-params", persist_state="session", width=220
    )
    return int(first), int(last)


def _named(found: Choices) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Give each many-valued filter its label and its options."""
    return {
        "departement": ("Département", found.departments),
        "type": ("Type d'entité", found.buyer_types),
        "famille": ("Famille d'achats", found.families),
        "segment": ("Segment", found.segments),
        "acheteur": ("Entité acheteuse", found.buyers),
        "fournisseur": (f"Fournisseur ({SUPPLIERS} premiers)", found.suppliers),
        "epci": ("Intercommunalité", found.epcis),
        "commune": ("Commune", found.communes),
    }


def _many_filters(found: Choices) -> dict[str, tuple[str, ...]]:
    return {
        key: tuple(st.multiselect(label, list(named), format_func=named.__getitem__, key=key, placeholder="Tous",
                                  bind="query-params", persist_state="session"))
        for key, (label, named) in _named(found).items()
    }  # fmt: skip


def _chips(chosen: Mapping[str, tuple[str, ...]], found: Choices) -> None:
    active = [(key, code) for key, codes in chosen.items() for code in codes]
    if not active:
        return
    named = _named(found)
    with st.container(horizontal=True, key="filtres_actifs"):
        for key, code in active:
            text = f"{named[key][1][code]}  ✕"
            st.button(text, key=f"retirer_{key}_{code}", on_click=toggle, args=(key, code), help="Retirer ce filtre")


def _active() -> int:
    return sum(len(st.session_state.get(key) or ()) for key in FIELDS)


def _clear() -> None:
    for key in CLEARED:
        st.session_state[key] = []


def _bought_in(dataset: Dataset, level: str) -> dict[str, str]:
    names = geography.names(level)
    codes = store.ask(dataset, "options_places", level=level)["code"]
    return _sorted((code, names[code]) for code in codes if code in names)


def _sorted(pairs: object) -> dict[str, str]:
    return dict(sorted(dict(pairs).items(), key=lambda item: str(item[1]).casefold()))  # type: ignore[call-overload]
