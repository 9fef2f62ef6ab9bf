"""What the Échéancier draws: the calendar of contracts, the alignment window of a segment, extensions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.config import settings
from mutualis.figures import schedule as figures
from mutualis.figures import template
from mutualis.levers import preset
from mutualis.scenario.convergence import QUARTERS, Lines, Window, entries, lines, window
from mutualis.scenario.extension import extendable, extended
from mutualis.ui import blocks, filters, handoff, store
from mutualis.ui import schedule_views as views
from mutualis.ui.blocks import Context
from mutualis.ui.components.bars import bars

VIEWS = {"calendrier": "Calendrier", "fenetre": "Fenêtre de convergence"}
GROUPS = {"segment": "Par segment", "buyer": "Par entité"}
MEASURES = {"spend": "Dépense annuelle", "entities": "Entités"}
UNTIL = {None: "Toutes", 6: "6 mois", 12: "12 mois", 18: "18 mois", 24: "24 mois"}
BARS_DRAWN, ROWS_LISTED, DEFAULT_MONTHS = 40, 500, 18
BEST = "Le meilleur trimestre"


def contracts_only(context: Context) -> Context:
    """Give the same perimeter on contracts: payments have no end."""
    if context.filters.grain != "contract":
        st.caption("L'échéancier porte toujours sur les marchés\u202f: une dépense payée n'a pas d'échéance.")
    return replace(context, filters=replace(context.filters, grain="contract"))


def ask(context: Context, name: str, **parameters: object) -> pd.DataFrame:
    """Run a query that counts from the data's date."""
    return context.ask(name, as_of=context.dataset.as_of, **parameters)


def counters(context: Context, totals: pd.Series) -> None:
    """Draw the counters of ends."""
    found = views.key_figures(totals)
    for column, (label, value, note, formula) in zip(st.columns(len(found)), found, strict=True):
        with column:
            blocks.key_figure(label, value, note, query="schedule_totals", formula=formula, context=context)


def view_choice() -> str:
    """Let the user choose the calendar or the window; kept in the URL."""
    chosen = st.segmented_control("Vue", list(VIEWS), default="calendrier", required=True, format_func=VIEWS.__getitem__, key="echeances",
                                  bind="query-params", persist_state="session", label_visibility="collapsed")  # fmt: skip
    return chosen or "calendrier"


def calendar(context: Context) -> None:
    """Draw the largest contracts over time, and the segments whose contracts end together."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="choix_calendrier"):
        by = st.segmented_control("Regrouper", list(GROUPS), default="segment", required=True, format_func=GROUPS.__getitem__, key="regrouper",
                                  bind="query-params", persist_state="session")  # fmt: skip
        months = st.segmented_control("Échéances d'ici", list(UNTIL), default=None, format_func=UNTIL.__getitem__, key="terme",
                                      bind="query-params", persist_state="session")  # fmt: skip
    rows = ask(context, "schedule_contracts", months=months, limit=ROWS_LISTED)
    hide, names = not settings().show_natural_persons, context.choices.segments
    if rows.empty:
        blocks.empty_state(
            "Aucun marché en cours n'a d'échéance ici : choisissez « Toutes », ou élargissez le périmètre."
        )
        return
    shown = views.gantt_rows(rows.head(BARS_DRAWN), by or "segment", names, hide)
    st.plotly_chart(figures.gantt(shown, context.dataset.as_of), theme=None, config=template.CONFIG, key="gantt",
                    alt="Marchés en cours, de leur notification à leur échéance")  # fmt: skip
    st.caption(
        f"Les {len(shown)} plus gros marchés en cours du périmètre, groupes de plus gros montant d'abord. Hachuré et pâle\u202f: fin inconnue, "
        "dessinée sur quatre ans."
    )
    _ending_together(context, months or DEFAULT_MONTHS)
    st.subheader("Les marchés")
    blocks.table(views.contracts_table(rows, names, hide), "echeancier", context, height=320)


def _ending_together(context: Context, months: int) -> None:
    st.subheader(f"Quels segments se terminent ensemble d'ici {months} mois\u202f?")
    ranked = views.ending_bars(
        ask(context, "schedule_segments", months=months), context.choices.segments, context.filters.segments
    )
    if not ranked:
        st.caption("Aucun segment n'a deux entités dont les marchés se terminent dans ce délai.")
    bars("fins_communes", ranked, on_click=lambda code: filters.toggle("segment", code))
    if len(context.filters.segments) == 1:
        handoff.simulate_button("simuler_calendrier", segment=context.filters.segments)


def alignment(context: Context) -> None:
    """Draw the alignment window of one segment."""
    segments = ask(context, "schedule_segments", months=DEFAULT_MONTHS)
    shared = segments[segments["n_buyers"] >= 2]
    if shared.empty:
        blocks.empty_state("Aucun segment n'a deux entités acheteuses : élargissez le périmètre ou retirez un filtre.")
        return
    code = st.selectbox("Segment", shared["segment"].tolist(), format_func=lambda c: context.choices.segments.get(c, c), key="fenetre",
                        bind="query-params", persist_state="session", width=460)  # fmt: skip
    frame = ask(replace(context, filters=replace(context.filters, segments=(code,))), "schedule_lines")
    contracts, hhi = _lines(context, code, frame), _supplier_hhi(context, code)
    levers, as_of = preset("central"), context.dataset.as_of
    found = window(contracts, _family(context, code), levers, hhi)
    st.markdown(views.best_sentence(found, as_of, levers))
    handoff.simulate_button("simuler_fenetre", "Simuler ce segment", segment=(code,))
    _charts(context, found)
    t_c = _start_choice(context, found)
    _extension(contracts, t_c, levers.framework_years, views.quarter_name(as_of, t_c))
    st.subheader("Qui entre quand\u202f?")
    names = [context.choices.buyers.get(key, key) for key in frame["buyer_key"].unique()]
    blocks.table(
        views.entities_table(contracts, names, t_c, levers.framework_years, as_of), "entrees", context, height=320
    )
    st.subheader("Trimestre par trimestre")
    blocks.table(views.window_table(found, as_of), "fenetre_de_convergence", context, height=320)


def _charts(context: Context, found: Window) -> None:
    as_of = context.dataset.as_of
    quarters = [views.quarter_name(as_of, q) for q in range(QUARTERS)]
    measure = st.segmented_control("Mesure", list(MEASURES), default="spend", required=True, format_func=MEASURES.__getitem__, key="mesure",
                                   bind="query-params", persist_state="session")  # fmt: skip
    if measure == "entities":
        values, texts, suffix = (
            [e.entities.tolist() for e in found.entries],
            [[formats.count(n) for n in e.entities] for e in found.entries],
            "",
        )
    else:
        values, texts, suffix = (
            [(e.spend / 1e6).tolist() for e in found.entries],
            [[formats.euros(v) for v in e.spend] for e in found.entries],
            " M€",
        )
    st.markdown(f"**Si l'accord-cadre démarre au…, qui entre quand\u202f?** ({MEASURES[measure or 'spend'].lower()})")
    st.plotly_chart(figures.entry_bars(quarters, values, texts, suffix=suffix, chosen=found.best), theme=None, config=template.CONFIG, key="entrees",
                    alt="Entrées dans l'accord-cadre selon le trimestre de démarrage")  # fmt: skip
    st.markdown("**Ce que rapporte chaque démarrage, et ce que coûte l'attente**")
    st.plotly_chart(
        figures.gain_line(quarters, (found.gain / 1e3).tolist(), ((found.gain_late / 1e3).tolist(), (found.gain_early / 1e3).tolist()),
                          views.gain_texts(found, as_of), chosen=found.best),
        theme=None, config=template.CONFIG, key="gains", alt="Gain d'achat brut selon le trimestre de démarrage",
    )  # fmt: skip
    _how(found)


def _how(found: Window) -> None:
    with st.popover("Comment ce chiffre est-il calculé\u202f?", type="tertiary"):
        levers = preset("central")
        st.markdown(
            "Un marché entre à son échéance, jamais avant le démarrage, et reste dehors s'il se termine après la fin de l'accord-cadre "
            f"({levers.framework_years} ans). Gain d'achat brut = Σ dépense confiée × remise × valeur actualisée du temps restant, sur "
            f"{found.horizon // 4} ans (assez pour voir en entier l'accord-cadre le plus tardif), avec les hypothèses centrales des leviers\u202f: remise "
            "par doublement de volume (δ) et plafond (λ) de la famille, taux de mutualisation "
            f"{formats.percent(levers.pooling_rate, 0)}, adhésion {formats.percent(levers.utilisation, 0)}. Ce sont des hypothèses\u202f: aucun coefficient "
            "français n'est public. Ni coûts, ni perte d'échelle sur le reste\u202f: le Simulateur les compte. Ce qui est déjà mutualisé n'entre pas\u202f; "
            "les marchés échus depuis plus d'un an sont tenus pour remplacés. Fin inconnue\u202f: durée supposée de quatre ans, la bande va de "
            "« toutes tardives » à « toutes précoces »."
        )


def _start_choice(context: Context, found: Window) -> int:
    quarters = [views.quarter_name(context.dataset.as_of, q) for q in range(QUARTERS)]
    chosen = st.selectbox(
        "Démarrage étudié", [BEST, *quarters], key="demarrage", bind="query-params", persist_state="session", width=300
    )
    return (found.best or 0) if chosen == BEST else quarters.index(chosen)


def _extension(contracts: Lines, t_c: int, years: float, start: str) -> None:
    st.subheader("Et si on prolongeait\u202f?")
    concerned = contracts.contracts[extendable(contracts, t_c)].sum()
    if not concerned:
        st.caption(
            f"Aucun marché en cours de ce segment ne se termine dans l'année qui précède {start}\u202f: rien à prolonger."
        )
        return
    with st.container(horizontal=True, key="choix_avenant"):
        quarters = st.slider(
            "Avenant (trimestres)", 0, 8, 2, key="avenant", bind="query-params", persist_state="session", width=300
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
    st.markdown(
        f"{formats.plural(int(concerned), 'marché se termine', 'marchés se terminent')} dans l'année qui précède {start}. Sans avenant, chacun est relancé pour sa "
        f"durée et n'entre qu'ensuite. Avec {formats.plural(quarters, 'trimestre', 'trimestres')} de plus pour {formats.plural(n, 'marché', 'marchés')} (les plus "
        f"gros d'abord), **{formats.euros(with_.spend[0] - without.spend[0])}{views.PER_YEAR}** de plus entrent au démarrage, et "
        f"**{formats.euros(with_.spend_entering - without.spend_entering)}** pendant la vie de l'accord-cadre."
    )
    bars("avenants", views.extension_bars(without, with_), legend=("Sans avenant (marchés relancés)", "Avec avenant"))
    st.caption("Un avenant doit rester dans les cas de l'article L. 2194-1 du code de la commande publique.")


def _lines(context: Context, code: str, frame: pd.DataFrame) -> Lines:
    return lines(
        pd.factorize(frame["buyer_key"])[0], frame["annual_eur"], frame["pooled_eur"], frame["end_quarter"].astype(float), frame["duration_years"],
        frame["n_contracts"], _family(context, code), preset("central"),
    )  # fmt: skip


def _family(context: Context, code: str) -> str:
    known = store.ask(context.dataset, "options_segments").set_index("segment")["family"]
    return str(known[code])


def _supplier_hhi(context: Context, code: str) -> float:
    found = store.ask(context.dataset, "spend_by", replace(context.filters, segments=(code,)), by="segment")[
        "supplier_hhi"
    ]
    return float(found.fillna(0.0).iloc[0]) if len(found) else 0.0
