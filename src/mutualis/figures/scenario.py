"""A scenario's results → charts."""

from collections.abc import Mapping, Sequence

import numpy as np

from mutualis import formats
from mutualis.figures.chart import Box, Chart, Limit, Line, Mark, Tone
from mutualis.levers import BY_KEY
from mutualis.scenario.intervals import Intervals
from mutualis.scenario.results import Breakdown, Cash, Result, SmallFirms, Step, Workload
from mutualis.scenario.sensitivity import Flexibility, Swing

WINNERS, LOSERS, SEGMENTS_AT_RISK, TORNADO = 6, 4, 10, 9
BAR_TONES: Mapping[str, Tone] = {"Temps de procédure": "process", "Coûts": "cost"}


def quarter_label(first: tuple[int, int], t: int) -> str:
    """Name a quarter.

    Args:
        first: calendar year and quarter (1-4) of t = 0.
        t: quarters since.

    Examples:
        >>> quarter_label((2026, 3), 2)
        'T1 2027'
    """
    year, quarter = first
    return f"T{(quarter - 1 + t) % 4 + 1} {year + (quarter - 1 + t) // 4}"


def waterfall(steps: Sequence[Step]) -> Chart:
    """Draw how the result is made: moves from one level to the next, totals from zero."""
    boxes, level = [], 0.0
    for i, step in enumerate(steps):
        start, end = (0.0, step.eur) if step.is_total else (level, level + step.eur)
        tone: Tone = "total" if step.is_total else BAR_TONES.get(step.label, "gain" if step.eur >= 0 else "loss")
        boxes.append(Box(i, start, end, tone, formats.euros(step.eur), f"{step.label} : {formats.euros(step.eur)}"))
        level = end
    said = ", ".join(f"{step.label.lower()} {formats.euros(step.eur)}" for step in steps)
    return Chart(
        "Comment se forme le résultat (€ actualisés sur l'horizon)", f"Cascade : {said}.",
        [step.label for step in steps], formats.euros, boxes=boxes,
    )  # fmt: skip


def cash_chart(cash: Cash, first: tuple[int, int], payback: int | None) -> Chart:
    """Draw cash by quarter and its running sum."""
    boxes = []
    for t, (budget, process, cost) in enumerate(zip(cash.budget, cash.process, cash.costs, strict=True)):
        name = quarter_label(first, t)
        above, below = max(budget, 0.0), min(budget, 0.0)
        boxes += [
            Box(t, 0.0, budget, "gain" if budget >= 0 else "loss", tip=f"{name}, prix net : {formats.euros(budget)}"),
            Box(t, above, above + process, "process", tip=f"{name}, temps de procédure : {formats.euros(process)}"),
            Box(t, below, below + cost, "cost", tip=f"{name}, coûts : {formats.euros(cost)}"),
        ]
    paid = "jamais sur l'horizon" if payback is None else quarter_label(first, payback)
    return Chart(
        f"Par trimestre, et cumulé ; retour : {paid}",
        f"Trésorerie par trimestre, cumul final {formats.euros(float(cash.total.sum()))}, retour sur investissement {paid}.",
        [quarter_label(first, t) for t in range(len(cash.total))], formats.euros,
        boxes=[box for box in boxes if box.start != box.end], lines=[Line(tuple(np.cumsum(cash.total).tolist()), "total")],
        legend=[("gain", "Prix net"), ("process", "Temps de procédure"), ("cost", "Coûts"), ("total", "Cumul")],
    )  # fmt: skip


def winners_and_losers(rows: Breakdown, names: Mapping[str, str]) -> Chart:
    """Draw who gains most and who loses most, per year at cruise."""
    losers = rows.losers[:LOSERS][::-1]
    at = [*rows.winners[: WINNERS + LOSERS - len(losers)].tolist(), *losers.tolist()]
    values = rows.net[at].tolist()
    label = [names.get(code, code) for code in rows.code[at].tolist()]
    return Chart(
        f"Qui gagne ({len(rows.winners)}), qui perd ({len(rows.losers)}) : effet budgétaire par an",
        "Premiers gagnants et perdants : " + ", ".join(f"{n} {formats.euros(v)}" for n, v in zip(label, values, strict=True)) + ".",
        label, formats.euros, is_rows=True,
        boxes=[Box(i, 0.0, v, "gain" if v >= 0 else "loss", formats.euros(v), label[i]) for i, v in enumerate(values)],
    )  # fmt: skip


def workload_chart(load: Workload, first: tuple[int, int]) -> Chart:
    """Draw the procedures that the PFRA launches each quarter against its capacity."""
    boxes = []
    for t, count in enumerate(load.procedures.tolist()):
        if count:
            over = count > load.procedures_capacity or load.days[t] > load.days_capacity
            tip = f"{quarter_label(first, t)} : {formats.count(count)} procédures, {formats.count(load.days[t])} jours d'acheteur"
            boxes.append(Box(t, 0.0, count, "loss" if over else "gain", formats.count(count), tip))
    capacity = (
        f"capacité : {formats.count(load.procedures_capacity)} procédures, {formats.count(load.days_capacity)} jours"
    )
    return Chart(
        "Charge de la PFRA : procédures lancées par trimestre",
        f"Procédures par trimestre, {capacity} ; {len(load.is_over)} trimestres au-dessus.",
        [quarter_label(first, t) for t in range(len(load.procedures))], formats.count,
        boxes=boxes, limits=[Limit(load.procedures_capacity, capacity)],
    )  # fmt: skip


def sme_chart(firms: SmallFirms, codes: Sequence[str], names: Mapping[str, str]) -> Chart:
    """Draw the SME share of the segments most at risk: today, in the worst lot, and the floor to keep."""
    margin = firms.lot_share - firms.floor
    concerned = np.nonzero(firms.lots_needed > 0)[0]
    at = concerned[np.argsort(margin[concerned], kind="stable")][:SEGMENTS_AT_RISK].tolist()
    boxes, marks = [], []
    for i, k in enumerate(at):
        before, after, broken = float(firms.share_before[k]), float(firms.lot_share[k]), bool(firms.is_broken[k])
        needed = (
            f" ; {formats.plural(int(firms.lots_needed[k]), 'lot suffirait', 'lots suffiraient')}" if broken else ""
        )
        tip = f"{names.get(codes[k], codes[k])} : {formats.percent(before)} aujourd'hui, {formats.percent(after)} dans le lot le plus gros{needed}"
        boxes.append(Box(i, before, after, "loss" if broken else "pale", tip=tip))
        marks += [
            Mark(i, before, "cost", tip),
            Mark(i, after, "loss" if broken else "gain", tip),
            Mark(i, float(firms.floor[k]), "limit", tip),
        ]
    return Chart(
        "Part des PME par segment : aujourd'hui, dans le lot le plus gros, plancher",
        f"{int(firms.is_broken.sum())} segments sous le plancher.",
        [names.get(codes[k], codes[k]) for k in at], lambda share: formats.percent(share, 0), is_rows=True, boxes=boxes, marks=marks,
        legend=[("cost", "Aujourd'hui"), ("gain", "Lot le plus gros"), ("loss", "Sous le plancher"), ("limit", "Plancher")],
    )  # fmt: skip


def interval_chart(found: Intervals, result: Result) -> Chart:
    """Draw P10-P90 of each line, its P50 and the point estimate."""
    lines = [
        ("Économie achat, 12 mois", found.purchase, result.purchase.twelve_months),
        ("Effet budgétaire, par an", found.budget, result.budget.yearly),
        ("Temps de procédure, par an", found.process, result.process.eur),
        ("Résultat budgétaire, actualisé", found.npv_budget, result.budget.npv),
        ("Résultat économique, actualisé", found.npv, result.npv),
    ]
    boxes, marks = [], []
    for i, (name, span, point) in enumerate(lines):
        tip = f"{name} : {formats.span(span.p10, span.p90)}, médiane {formats.euros(span.p50)}, estimation centrale {formats.euros(point)}"
        boxes.append(Box(i, span.p10, span.p90, "pale", tip=tip))
        marks += [Mark(i, span.p50, "gain", tip), Mark(i, point, "loss", tip)]
    return Chart(
        "Fourchettes : 8 chances sur 10 d'être dans la barre", "Fourchettes de chaque ligne : "
        + ", ".join(f"{name.lower()} {formats.span(span.p10, span.p90)}" for name, span, _ in lines) + ".",
        [name for name, _, _ in lines], formats.euros, is_rows=True, boxes=boxes, marks=marks,
        legend=[("pale", "P10 à P90"), ("gain", "Médiane (P50)"), ("loss", "Estimation centrale")],
    )  # fmt: skip


def tornado_chart(swings: Sequence[Swing], now: float) -> Chart:
    """Draw what each lever alone does to the economic result."""
    boxes = []
    for i, swing in enumerate(swings[:TORNADO]):
        for value, side in ((swing.prudent, "prudent"), (swing.ambitious, "ambitieux")):
            tip = f"{BY_KEY[swing.key].label}, valeur {side}e : {formats.euros(value)}".replace(
                "ambitieuxe", "ambitieuse"
            )
            boxes.append(Box(i, now, value, "loss" if value < now else "gain", tip=tip))
    return Chart(
        "Ce dont le résultat économique dépend, un levier à la fois",
        "Leviers par influence : " + ", ".join(BY_KEY[swing.key].label for swing in swings[:TORNADO]) + ".",
        [BY_KEY[swing.key].label for swing in swings[:TORNADO]], formats.euros, is_rows=True, boxes=boxes,
        limits=[Limit(now, formats.euros(now))], legend=[("loss", "Moins bon que le scénario"), ("gain", "Meilleur")],
    )  # fmt: skip


def frontier_chart(points: Sequence[Flexibility], now: float) -> Chart:
    """Draw the price of flexibility: gain against freedom kept, for the same entities."""
    names = [f"{formats.percent(point.freedom, 0)} libre" for point in points]
    boxes = [
        Box(i, 0.0, point.purchase, "total" if point.obligation == now else "pale", formats.euros(point.purchase),
            f"Obligation {formats.percent(point.obligation, 0)} : économie achat {formats.euros(point.purchase)} par an, "
            f"résultat économique {formats.euros(point.npv)}, {names[i]}")
        for i, point in enumerate(points)
    ]  # fmt: skip
    return Chart(
        "Le prix de la souplesse : économie achat par an, du plus souple au plus rigide",
        "Pour les mêmes entités : " + ", ".join(f"{name} {formats.euros(point.purchase)}" for name, point in zip(names, points, strict=True)) + ".",
        names, formats.euros, boxes=boxes, legend=[("total", "Ce scénario"), ("pale", "Autres obligations")],
    )  # fmt: skip
