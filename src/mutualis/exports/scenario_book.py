"""A scenario as a workbook: hypotheses, the cells it works on, results by segment and entity, cash with live formulas.

With the sheets « Leviers », « Segments » and « Cellules », the results can be computed again without the app.
"""

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from mutualis import formats
from mutualis.exports.cells import harmless
from mutualis.figures.scenario import quarter_label
from mutualis.lever_groups import GROUPS
from mutualis.levers import BY_KEY
from mutualis.scenario.break_even import break_even_by_segment
from mutualis.scenario.results import Breakdown
from mutualis.simulation_report import Outcome
from mutualis.warehouse import Dataset

Row = Sequence[object]


def write(out: Outcome, dataset: Dataset) -> bytes:
    """Write the workbook.

    Args:
        out: the scenario and all that follows from it.
        dataset: the version it was computed on.

    Returns:
        XLSX content.
    """
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#e3e3fd", "text_wrap": True, "valign": "top"})
        _sheet(book, "Synthèse", head, ("Ligne", "Valeur", "P10", "P50", "P90", "Unité"), _summary(out, dataset))
        _sheet(
            book,
            "Leviers",
            head,
            ("Thème", "Clé", "Levier", "Valeur", "Unité", "Prudent", "Central", "Ambitieux", "Aide", "Source"),
            _levers(out),
        )
        _sheet(book, "Segments", head, SEGMENT_HEADS, _segments(out))
        _sheet(book, "Entités", head, ENTITY_HEADS, _entities(out.found.result.by_buyer, out.base.buyer_names))
        _sheet(book, "Départements", head, ENTITY_HEADS, _entities(out.found.result.by_department, {}))
        _cash(book, head, out)
        _sheet(book, "Cellules", head, CELL_HEADS, _cells(out))
        _sheet(book, "Sources", head, ("Élément", "Valeur"), _sources(out, dataset))
    return content.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, head: Any, heads: Row, rows: Sequence[Row]) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, heads, head)
    for r, row in enumerate(rows, start=1):
        sheet.write_row(r, 0, [_safe(value) for value in row])
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _safe(value: object) -> object:
    """A text of the data must never run as a formula; what is unknown is an empty cell."""
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else harmless(value)


def _summary(out: Outcome, dataset: Dataset) -> list[Row]:
    result, spans, limits = out.found.result, out.spans, out.thresholds
    span = {
        name: (getattr(spans, name).p10, getattr(spans, name).p50, getattr(spans, name).p90)
        for name in ("purchase", "budget", "process", "npv_budget", "npv")
    }
    none = ("", "", "")
    warned = [(f"Attention : {warning}", "", *none, "") for warning in result.warnings]
    demo = (
        [("DONNÉES DE DÉMONSTRATION : fournisseurs, marchés et montants sont inventés", "", *none, "")]
        if dataset.is_demo
        else []
    )
    return [
        *demo,
        ("Seuil de rentabilité : remise moyenne par doublement", "jamais atteint" if limits.delta is None else limits.delta, *none, "part"),
        ("Seuil de rentabilité : taux d'adhésion", "jamais atteint" if limits.utilisation is None else limits.utilisation, *none, "part"),
        ("Dépense du périmètre", result.spend, *none, "€/an"),
        ("Dépense mutualisable", result.addressable, *none, "€/an"),
        ("Dépense déplacée", result.moved, *none, "€/an"),
        ("Économie achat, 12 mois", result.purchase.twelve_months, *span["purchase"], "€"),
        ("  dont effet de volume", result.purchase.gross, *none, "€"),
        ("  dont perte sur le volume laissé", result.purchase.residual, *none, "€"),
        ("Économie achat, durée totale", result.purchase.full_term, *none, "€"),
        *((f"Économie achat, part de {year}", eur, *none, "€") for year, eur in result.purchase.by_year.items()),
        ("Effet budgétaire", result.budget.yearly, *span["budget"], "€/an"),
        ("Résultat budgétaire, actualisé", result.budget.npv, *span["npv_budget"], "€"),
        ("Gain de gestion : procédures évitées", result.process.procedures, *none, "par an"),
        ("Gain de gestion : heures redéployables", result.process.hours, *none, "h/an"),
        ("Gain de gestion : ETP", result.process.fte, *none, "ETP"),
        ("Gain de gestion, valeur du temps", result.process.eur, *span["process"], "€/an"),
        ("Offres épargnées aux entreprises", result.process.bidders_eur, *none, "€/an"),
        ("Coûts, actualisés", result.npv_costs, *none, "€"),
        ("Résultat économique, actualisé", result.npv, *span["npv"], "€"),
        *warned,
    ]  # fmt: skip


def _levers(out: Outcome) -> list[Row]:
    values = out.scenario.levers.by_key()
    return [
        (group, key, BY_KEY[key].label, values[key], "part" if BY_KEY[key].kind == "percent" else BY_KEY[key].unit,
         *BY_KEY[key].presets, BY_KEY[key].help, BY_KEY[key].source)
        for group, keys in GROUPS.items()
        for key in keys
    ]  # fmt: skip


SEGMENT_HEADS = (
    "Code", "Segment", "Famille", "α mutualisable", "δ remise par doublement", "λ plafond", "Début (trimestre)", "Lots par territoire",
    "HHI fournisseurs", "Part PME actuelle", "Marché moyen (€/an)", "Dépense (€/an)", "Mutualisable (€/an)", "Déplacé (€/an)",
    "Effet de volume (€/an)", "Perte (€/an)", "Malus (€/an)", "Effet budgétaire (€/an)", "Résultat budgétaire (€)", "Temps de procédure (€)",
    "Coûts (€)", "Résultat économique (€)", "δ du seuil", "Membres", "Lots", "Part PME du lot le plus gros", "Plancher PME", "Garde-fou",
    "Lots qui suffisent", "HHI après",
)  # fmt: skip
ENTITY_HEADS = (
    "Code", "Nom", "Dépense (€/an)", "Mutualisable (€/an)", "Déplacé (€/an)", "Effet de volume (€/an)", "Perte (€/an)", "Malus (€/an)",
    "Effet budgétaire (€/an)", "Temps de procédure (€/an)",
)  # fmt: skip
CELL_HEADS = (
    "Entité", "Nom", "Type", "Département", "Région", "Segment", "Dépense (€/an)", "Part non mutualisée", "Fin (trimestre, vide : inconnue)",
    "Durée (ans)", "Procédures par an", "Chance d'être membre", "Lot", "Déplacé (€/an)",
)  # fmt: skip


def _segments(out: Outcome) -> list[Row]:
    found, names, limits = out.found, out.base.segment_names, break_even_by_segment(out.found)
    hyp, rows, projects, firms, kinds = (
        found.pooling.hypotheses, found.result.by_segment, found.result.projects, found.result.small_firms, found.pooling.cells.segments,
    )  # fmt: skip
    return [
        (
            code, names.get(code, code), kinds.family[i], hyp.alpha[i], hyp.delta[i], hyp.lam[i], hyp.launch_quarter[i], hyp.lots[i],
            kinds.supplier_hhi[i], kinds.sme_share[i], kinds.mean_contract_eur[i], rows.spend[i], rows.addressable[i], rows.moved[i],
            rows.gross[i], rows.residual[i], rows.malus[i], rows.net[i], projects.npv_budget[i], projects.npv_process[i], projects.npv_costs[i],
            projects.npv[i], limits[i], projects.members[i], projects.lots[i], firms.lot_share[i], firms.floor[i],
            "franchi" if firms.is_broken[i] else "tenu", firms.lots_needed[i], firms.hhi_after[i],
        )
        for i, code in enumerate(rows.code.tolist())
        if rows.spend[i] > 0
    ]  # fmt: skip


def _entities(rows: Breakdown, names: Any) -> list[Row]:
    return [
        (code, names.get(code, code), rows.spend[i], rows.addressable[i], rows.moved[i], rows.gross[i], rows.residual[i], rows.malus[i],
         rows.net[i], rows.process_eur[i])
        for i, code in enumerate(rows.code.tolist())
        if rows.spend[i] > 0
    ]  # fmt: skip


def _cells(out: Outcome) -> list[Row]:
    pooling = out.found.pooling
    cells, buyers, names = pooling.cells, pooling.cells.buyers, out.base.buyer_names
    moved = pooling.line_eur * pooling.entry.share
    found: list[Row] = []
    for i, pair in enumerate(cells.pair.tolist()):
        b, s = int(cells.pair_buyer[pair]), int(cells.pair_segment[pair])
        key = str(buyers.key[b])
        found.append((
            key, names.get(key, key), buyers.type[b], buyers.department[b], buyers.region[b], cells.segments.code[s], cells.spend[i],
            cells.addressable[i], cells.end_quarter[i], cells.duration_years[i], cells.procedures[i], pooling.membership.chance[b],
            f"L{int(pooling.stakes.lot[pair])}", moved[i],
        ))  # fmt: skip
    return found


def _cash(book: xlsxwriter.Workbook, head: Any, out: Outcome) -> None:
    """Write cash by quarter: the sums, the discounting and the running total are formulas."""
    cash, rate = out.found.result.cash, out.scenario.levers.discount_rate
    sheet = book.add_worksheet("Trésorerie")
    sheet.write_row(0, 0, ("Taux d'actualisation", rate))
    heads = (
        "Trimestre",
        "t",
        "Prix net (€)",
        "Temps de procédure (€)",
        "Coûts (€)",
        "Total (€)",
        "Cumul (€)",
        "Facteur",
        "Actualisé (€)",
        "Prix actualisé (€)",
    )
    sheet.write_row(1, 0, heads, head)
    first, total, running, weight = 2, 0.0, 0.0, 0.0
    sums = [0.0, 0.0]
    for t, flows in enumerate(zip(cash.budget.tolist(), cash.process.tolist(), cash.costs.tolist(), strict=True)):
        r = first + t
        total, weight = sum(flows), (1 + rate) ** (-(t + 0.5) / 4)
        running += total
        sums = [sums[0] + total * weight, sums[1] + flows[0] * weight]
        sheet.write_row(r, 0, (quarter_label(out.base.first_quarter, t), t, *flows))
        sheet.write_formula(r, 5, f"=SUM({_at(r, 2)}:{_at(r, 4)})", None, total)
        sheet.write_formula(r, 6, f"={_at(r, 5)}" if t == 0 else f"={_at(r - 1, 6)}+{_at(r, 5)}", None, running)
        sheet.write_formula(r, 7, f"=(1+$B$1)^(-({_at(r, 1)}+0.5)/4)", None, weight)
        sheet.write_formula(r, 8, f"={_at(r, 5)}*{_at(r, 7)}", None, total * weight)
        sheet.write_formula(r, 9, f"={_at(r, 2)}*{_at(r, 7)}", None, flows[0] * weight)
    last = first + len(cash.total) - 1
    sheet.write(last + 1, 0, "Résultat économique et résultat budgétaire, actualisés")
    for column, value in ((8, sums[0]), (9, sums[1])):
        sheet.write_formula(last + 1, column, f"=SUM({_at(first, column)}:{_at(last, column)})", None, value)
    sheet.freeze_panes(2, 0)
    sheet.autofit()


def _at(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column))


def _sources(out: Outcome, dataset: Dataset) -> list[Row]:
    scenario = out.scenario
    perimeter = scenario.as_dict()["perimetre"]
    return [
        ("Scénario", scenario.name), ("Auteur", scenario.author), ("Commentaire", scenario.comment), ("Préréglage de départ", scenario.base),
        ("Version des données", dataset.version), ("Données au", formats.day(dataset.as_of)),
        ("Nature", "Données de démonstration (synthétiques)" if dataset.is_demo else "Données importées"),
        *(("Fichier", name) for name in dataset.sources),
        *((f"Périmètre : {key}", ", ".join(value) if isinstance(value, list) else value) for key, value in perimeter.items()),
        ("Trimestre 0", quarter_label(out.base.first_quarter, 0)),
        ("Méthode", "Modèle F1 à F16 ; prix constants, hors taxes ; les effets de prix sont des hypothèses"),
    ]  # fmt: skip
