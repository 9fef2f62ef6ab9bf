"""The Simulateur's key results: the threshold first, then three lines that are never added, each with its interval."""

from html import escape

import streamlit as st

from mutualis import formats, labels
from mutualis.scenario.break_even import BreakEven
from mutualis.scenario.engine import Simulation
from mutualis.scenario.intervals import Intervals
from mutualis.scenario.plausibility import DAE_RATIO
from mutualis.scenario.uncertainty import Interval
from mutualis.ui.blocks import Context

PENDING = "calcul…"
# a discount that would read 0,00 %
SMALLEST = 5e-5
FORMULAS = """
**Seuil de rentabilité** : remise moyenne par doublement de volume (δ, pondérée par la dépense déplacée) à partir de laquelle le
résultat économique devient positif, les autres hypothèses inchangées ; puis le plus petit taux d'adhésion.
**Économie achat** (règle de la DAE) : montant de référence, à prix constants, moins montant obtenu. Sur chaque euro déplacé :
remise = λ'·[1 − (1 − δ/λ)^k], k = nombre de doublements entre le volume de l'entité et celui du lot ; moins la perte d'échelle sur ce que
l'entité n'a pas confié. Sur 12 mois en régime de croisière, et sur la durée de l'accord-cadre (entrées au fil des échéances, montée en charge).
**Effet budgétaire** : la même chose, malus déduit. **Gain de gestion** : procédures évitées × jours ; du temps redéployable, jamais de l'argent.
**Résultat économique** : effet budgétaire et temps de procédure, moins les coûts, actualisés sur l'horizon.
**Fourchettes** : 1 024 tirages des hypothèses de prix (corrélées entre segments), de l'adhésion, de la perte, du malus et du coût d'une procédure ;
8 chances sur 10 d'être dans la fourchette. Les effets de prix sont des hypothèses : aucun coefficient français n'est public.
"""


def write(found: Simulation, spans: Intervals | None, thresholds: BreakEven | None) -> str:
    """Write the cards; what is not computed yet is said so.

    Args:
        found: the point estimate.
        spans: its intervals.
        thresholds: its thresholds.
    """
    result = found.result
    purchase, process = result.purchase, result.process
    by_year = ", ".join(f"{year}\u202f: {formats.euros(eur)}" for year, eur in list(purchase.by_year.items())[:2])
    return "<div class='result-cards'><div class='cards'>" + "".join([
        _card("Seuil de rentabilité", *_threshold(thresholds), kind="first"),
        _card("Économie achat, sur 12 mois", formats.euros(purchase.twelve_months), _range(spans.purchase if spans else None),
              f"durée totale {formats.euros(purchase.full_term)} · {by_year or 'aucune entrée'}",
              f"{formats.percent(result.dae_ratio, 2)} de la dépense (DAE 2024, tous leviers\u202f: {formats.percent(DAE_RATIO, 2)})"),
        _card("Effet budgétaire, par an", formats.euros(result.budget.yearly), _range(spans.budget if spans else None),
              f"{formats.percent(result.net_rate)} des {formats.euros(result.moved)} déplacés"),
        _card("Gain de gestion, par an", f"{formats.decimal(process.fte)} ETP", "temps redéployable",
              f"{formats.count(process.procedures)} procédures évitées, {formats.count(process.hours)} h ({formats.euros(process.eur)})",
              f"et {formats.euros(process.bidders_eur)} d'offres épargnées aux entreprises"),
        _card("Résultat économique, actualisé", formats.euros(result.npv), _range(spans.npv if spans else None),
              chance(spans) if spans else PENDING,
              f"retour\u202f: {_payback(found)}", kind="broken" if result.npv < 0 else ""),
    ]) + "</div><p class='apart'>Trois lignes qui ne s'additionnent pas\u202f: économie achat, effet budgétaire, gain de gestion.</p>" + "".join(
        f"<p class='warning'><b>Attention</b> {escape(warning)}</p>" for warning in result.warnings) + "</div>"  # fmt: skip


def threshold(delta: float | None) -> str:
    """Say the break-even discount by doubling; a discount that would read 0,00 % is reached already."""
    if delta is None:
        return "Jamais atteint"
    return "Déjà atteint" if delta < SMALLEST else f"{formats.percent(delta, 2)} par doublement"


def chance(spans: Intervals) -> str:
    """Say how likely the result is to be positive; where no draw moves it from zero, that it is neither."""
    if spans.npv.p10 == spans.npv.p90 == 0:
        return "ni gain ni perte"
    return f"{formats.percent(spans.chance_of_gain, 0)} de chances d'être positif"


def explain(context: Context) -> None:
    """Draw the way from the cards to their formulas."""
    with st.popover("Comment ces chiffres sont-ils calculés\u202f?", type="tertiary"):
        st.markdown(FORMULAS)
        st.markdown(f"{labels.YEARLY_BY_PERIOD} {labels.YEARLY_ELSEWHERE['period']}")
        st.page_link(
            "../../../pages/method.py",
            label="Méthode\u202f: formules, leviers, sources et limites",
            icon=":material/menu_book:",
        )
        st.caption(
            f"Données au {formats.day(context.dataset.as_of)}, version {context.dataset.version}. Requêtes "
            "« scenario_lines », « scenario_buyers », « scenario_segments » (mutualis query). Le classeur XLSX porte toutes les hypothèses."
        )


def _card(label: str, value: str, *notes: str, kind: str = "") -> str:
    first, *rest = notes
    small = "".join(f"<small>{escape(note)}</small>" for note in rest)
    return f"<div class='card {kind}'><span>{label}</span><strong>{value}</strong><small class='range'>{escape(first)}</small>{small}</div>"


def _range(span: Interval | None) -> str:
    return PENDING if span is None else f"{formats.span(span.p10, span.p90)} (P50 {formats.euros(span.p50)})"


def _threshold(found: BreakEven | None) -> tuple[str, ...]:
    if found is None:
        return ("…", PENDING, PENDING)
    use = (
        "aucune adhésion n'y suffit"
        if found.utilisation is None
        else f"adhésion minimale\u202f: {formats.percent(found.utilisation, 0)}"
    )
    if found.delta is None:
        return (threshold(None), "même à la remise la plus forte", use)
    if found.delta < SMALLEST:
        return (threshold(found.delta), "sans aucune remise\u202f: le temps de procédure couvre les coûts", use)
    return (
        threshold(found.delta),
        f"hypothèse du scénario\u202f: {formats.percent(found.delta_now, 2)}",
        use,
    )


def _payback(found: Simulation) -> str:
    quarter = found.result.payback_quarter
    return "jamais sur l'horizon" if quarter is None else f"trimestre {quarter + 1}"
