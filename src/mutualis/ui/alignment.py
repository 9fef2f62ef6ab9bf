"""The Échéancier's alignment window: one segment, the starts compared, who enters when, extensions."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.figures import schedule as figures
from mutualis.figures import template
from mutualis.levers import preset
from mutualis.scenario.convergence import QUARTERS, Lines, Window, entries, lines, window
from mutualis.scenario.extension import extendable, extended
from mutualis.ui import blocks, handoff, store
from mutualis.ui import schedule_views as views
from mutualis.ui.blocks import Context
from mutualis.ui.components import chart
from mutualis.ui.components.bars import bars
from mutualis.ui.schedule import DEFAULT_MONTHS, ask

MEASURES = {"spend": "Dépense annuelle", "entities": "Entités"}
DETAILS = {
    "graphiques": "Entrées", "gains": "Gain et attente", "entites": "Qui entre quand\u202f?", "avenants": "Et si on prolongeait\u202f?",
    "tableau": "Tableau",
}  # fmt: skip
BEST, LONGEST = "Le meilleur trimestre", 8
ENTRIES_PIXELS = 320


def alignment(context: Context) -> None:
    """Draw the alignment window of one segment."""
    segments = ask(context, "schedule_segments", months=DEFAULT_MONTHS)
    shared = segments[segments["n_buyers"] >= 2]
    if shared.empty:
        blocks.empty_state(
            "Aucun segment n'a deux entités acheteuses\u202f: élargissez le périmètre ou retirez un filtre."
        )
        return
    code = st.selectbox("Segment", shared["segment"].tolist(), format_func=lambda c: context.choices.segments.get(c, c), key="fenetre",
                        bind="query-params", persist_state="session", width=460)  # fmt: skip
    frame = ask(replace(context, filters=replace(context.filters, segments=(code,))), "schedule_lines")
    contracts, hhi = _lines(context, code, frame), _supplier_hhi(context, code)
    levers, as_of = preset("central"), context.dataset.as_of
    found = window(contracts, _family(context, code), levers, hhi)
    st.markdown(views.best_sentence(found, as_of, levers))
    handoff.simulate_button("simuler_fenetre", "Simuler ce segment", grain="contract", segment=(code,))
    shown = st.segmented_control("Détail", list(DETAILS), default="graphiques", required=True, format_func=DETAILS.__getitem__, key="detail",
                                 bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    if shown == "graphiques":
        _entries_chart(context, found)
    elif shown == "gains":
        _gain_chart(context, found)
    elif shown == "tableau":
        blocks.table(views.window_table(found, as_of), "fenetre_de_convergence", context, height=600)
    else:
        _one_start(context, contracts, found, frame, shown == "avenants")


def _one_start(context: Context, contracts: Lines, found: Window, frame: pd.DataFrame, is_extended: bool) -> None:
    """Look at one start: who enters when, or what extensions change."""
    t_c, years, as_of = _start_choice(context, found), preset("central").framework_years, context.dataset.as_of
    if is_extended:
        _extension(context, contracts, t_c, years, views.quarter_name(as_of, t_c))
        return
    names = [context.choices.buyers.get(key, key) for key in frame["buyer_key"].unique()]
    blocks.table(views.entities_table(contracts, names, t_c, years, as_of), "entrees", context, height=480)


def _entries_chart(context: Context, found: Window) -> None:
    measure = st.segmented_control("Mesure", list(MEASURES), default="spend", required=True, format_func=MEASURES.__getitem__, key="mesure_entrees",
                                   bind="query-params", persist_state="session")  # fmt: skip
    write: Callable[[float], str]
    if measure == "entities":
        values, write = [e.entities.tolist() for e in found.entries], formats.count
    else:
        values, write = [e.spend.tolist() for e in found.entries], formats.euros
    drawn = figures.entry_columns(_quarters(context), values, write, measure=MEASURES[measure or "spend"].lower(), chosen=found.best)  # fmt: skip
    with st.container(key="defile_entrees"):
        chart.draw("entrees", drawn, blocks.export_note(context), height=ENTRIES_PIXELS)
    _how(found)


def _gain_chart(context: Context, found: Window) -> None:
    st.markdown("**Ce que rapporte chaque démarrage, et ce que coûte l'attente**")
    st.plotly_chart(
        figures.gain_line(_quarters(context), (found.gain / 1e3).tolist(), ((found.gain_late / 1e3).tolist(), (found.gain_early / 1e3).tolist()),
                          views.gain_texts(found, context.dataset.as_of), can_start=found.can_start.tolist(), chosen=found.best, is_dark=blocks.is_dark()),
        theme=None, config=template.CONFIG, key="gains", alt="Gain d'achat brut selon le trimestre de démarrage",
    )  # fmt: skip
    if not found.can_start.all():
        st.caption(
            "Points vides\u202f: démarrages impossibles, trop tôt pour la procédure ou moins de deux entités libres."
        )
    _how(found)


def _how(found: Window) -> None:
    with st.popover("Comment ce chiffre est-il calculé\u202f?", type="tertiary"):
        st.markdown(views.method(found, preset("central")))


def _start_choice(context: Context, found: Window) -> int:
    quarters = _quarters(context)
    chosen = st.selectbox(
        "Démarrage étudié", [BEST, *quarters], key="demarrage", bind="query-params", persist_state="session", width=300
    )
    return (found.best or 0) if chosen == BEST else quarters.index(chosen)


def _extension(context: Context, contracts: Lines, t_c: int, years: float, start: str) -> None:
    concerned = contracts.contracts[extendable(contracts, t_c)].sum()
    # what ends just before the start enters without an extension
    before = f"dans l'année qui précède {start}, dernier trimestre exclu"
    if not concerned:
        st.caption(f"Aucun marché en cours de ce segment ne se termine {before}\u202f: rien à prolonger.")
        return
    with st.container(horizontal=True, key="choix_avenant"):
        quarters = st.slider(
            "Avenant (trimestres)",
            0,
            LONGEST,
            1,
            key="avenant",
            bind="query-params",
            persist_state="session",
            width=300,
        )
        share = st.slider(
            "Part des marchés prolongés (%)",
            0,
            100,
            100,
            10,
            key="prolonges",
            bind="query-params",
            persist_state="session",
            width=300,
        )
    without, with_ = (entries(extended(contracts, t_c, q, share / 100), t_c, years) for q in (0, quarters))
    n = int(np.rint(concerned * share / 100))
    at_start = [entries(extended(contracts, t_c, q, 1.0), t_c, years).spend[0] for q in range(LONGEST + 1)]
    st.markdown(
        f"{formats.plural(int(concerned), 'marché se termine', 'marchés se terminent')} {before} (ce qui finit alors entre sans avenant). Sans avenant, chacun est relancé pour sa "
        f"durée et n'entre qu'ensuite. Avec {formats.plural(quarters, 'trimestre', 'trimestres')} de plus pour {formats.plural(n, 'marché', 'marchés')} (les plus "
        f"gros d'abord), **{formats.euros(with_.spend[0] - without.spend[0])}{views.PER_YEAR}** de plus entrent au démarrage, et "
        f"**{formats.euros(with_.spend_entering - without.spend_entering)}** pendant la vie de l'accord-cadre. La durée qui fait entrer le plus au démarrage : "
        f"{formats.plural(int(np.argmax(at_start)), 'trimestre', 'trimestres')}."
    )
    bars(
        "avenants",
        views.extension_bars(without, with_),
        title="Dépense qui entre au démarrage, avec et sans avenant",
        note=blocks.export_note(context),
        legend=("Sans avenant (marchés relancés)", "Avec avenant"),
    )
    st.caption("Un avenant doit rester dans les cas de l'article L. 2194-1 du code de la commande publique.")


def _quarters(context: Context) -> list[str]:
    return [views.quarter_name(context.dataset.as_of, q) for q in range(QUARTERS)]


def _lines(context: Context, code: str, frame: pd.DataFrame) -> Lines:
    return lines(
        pd.factorize(frame["buyer_key"])[0], frame["annual_eur"], frame["pooled_eur"], frame["end_quarter"].astype(float), frame["duration_years"],
        frame["n_free"], _family(context, code), preset("central"),
    )  # fmt: skip


def _family(context: Context, code: str) -> str:
    known = store.ask(context.dataset, "options_segments").set_index("segment")["family"]
    return str(known[code])


def _supplier_hhi(context: Context, code: str) -> float:
    found = store.ask(context.dataset, "spend_by", replace(context.filters, segments=(code,)), by="segment")[
        "supplier_hhi"
    ]
    return float(found.fillna(0.0).iloc[0]) if len(found) else 0.0
