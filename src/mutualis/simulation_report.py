"""A simulation as plain values: what the command line prints and what the workbook writes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from mutualis.scenario.break_even import BreakEven, break_even
from mutualis.scenario.engine import Simulation
from mutualis.scenario.intervals import Intervals, intervals
from mutualis.scenario.results import Breakdown
from mutualis.scenario_file import Scenario
from mutualis.simulation import SpendBase, run


@dataclass(frozen=True)
class Outcome:
    """A scenario and all that follows from it."""

    base: SpendBase
    scenario: Scenario
    found: Simulation
    spans: Intervals
    thresholds: BreakEven


def outcome(base: SpendBase, scenario: Scenario) -> Outcome:
    """Simulate a scenario, its intervals and thresholds.

    Raises:
        ScenarioError: as ``simulation.run``.
    """
    found = run(base, scenario)
    return Outcome(base, scenario, found, intervals(found), break_even(found))


def as_dict(out: Outcome, dataset_version: str) -> dict[str, Any]:
    """Give an outcome as JSON values, money in euros rounded to the cent.

    Args:
        out: the outcome.
        dataset_version: the version it was computed on.

    Returns:
        ``economie_achat``, ``effet_budgetaire``, ``gain_de_gestion`` (three lines, never added), the economic result,
        cascade, cash, thresholds, intervals, by segment, by buyer, by département, guard-rail, workload, warnings.
    """
    result, thresholds = out.found.result, out.thresholds
    said: dict[str, Any] = _rounded({
        "scenario": out.scenario.as_dict(),
        "donnees": dataset_version,
        "depense": result.spend, "mutualisable": result.addressable, "deplace": result.moved,
        "economie_achat": {
            "douze_mois": result.purchase.twelve_months, "effet_de_volume": result.purchase.gross, "perte": result.purchase.residual,
            "duree_totale": result.purchase.full_term, "par_annee": {str(year): eur for year, eur in result.purchase.by_year.items()},
            "annee_n": result.purchase.year_n, "annee_n1": result.purchase.year_n1, "part_de_la_depense": result.dae_ratio,
            "fourchette": asdict(out.spans.purchase),
        },
        "effet_budgetaire": {"par_an": result.budget.yearly, "malus": result.budget.malus, "actualise": result.budget.npv,
                             "fourchette": asdict(out.spans.budget), "fourchette_actualisee": asdict(out.spans.npv_budget)},
        "gain_de_gestion": asdict(result.process) | {"fourchette": asdict(out.spans.process)},
        "resultat_economique": {"actualise": result.npv, "couts": result.npv_costs, "fourchette": asdict(out.spans.npv),
                                "chances_positif": out.spans.chance_of_gain, "retour_trimestre": result.payback_quarter},
        "seuils": {"facteur_effet": thresholds.factor, "effet": thresholds.delta, "effet_du_scenario": thresholds.delta_now,
                   "adhesion": thresholds.utilisation},
        "cascade": [asdict(step) for step in result.waterfall],
        "tresorerie": {name: getattr(result.cash, name).tolist() for name in ("budget", "process", "costs", "total")},
        "segments": _rows(result.by_segment) if len(result.by_segment.code) else [],
        "entites": _rows(result.by_buyer),
        "departements": _rows(result.by_department),
        "pme": {"avant": result.small_firms.total_before, "apres": result.small_firms.total_after,
                "segments_sous_le_plancher": result.by_segment.code[result.small_firms.is_broken].tolist()},
        "charge": {"procedures": result.workload.procedures.tolist(), "capacite": result.workload.procedures_capacity,
                   "jours": result.workload.days.tolist(), "capacite_jours": result.workload.days_capacity},
        "alertes": list(result.warnings),
    })  # fmt: skip
    return said


def _rows(rows: Breakdown) -> list[Mapping[str, Any]]:
    names = ("spend", "addressable", "moved", "gross", "residual", "malus", "net", "process_eur")
    columns = [getattr(rows, name).tolist() for name in names]
    return [
        {"code": code} | dict(zip(names, values, strict=True))
        for code, values in zip(rows.code.tolist(), zip(*columns, strict=True), strict=True)
        if values[0] > 0
    ]


def _rounded(value: Any) -> Any:
    """Round money to the cent; shares and rates keep eight decimals."""
    if isinstance(value, Mapping):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if isinstance(value, float):
        return round(value, 2) if abs(value) >= 1 else round(value, 8)
    return value
