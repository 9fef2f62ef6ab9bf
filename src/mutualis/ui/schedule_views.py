"""The Échéancier's texts, tables and rows of bars. No Streamlit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from mutualis import formats, labels
from mutualis.figures.schedule import CLASS_LABELS
from mutualis.levers import Levers
from mutualis.scenario.convergence import NEVER, Entries, Lines, Window, entry_class
from mutualis.ui.views import KeyFigure

PER_YEAR = "\u00a0par an"
COUNTED = (
    "Les montants sont ceux des marchés comptés comme dépense, ramenés à douze mois\u202f; un accord-cadre à plafond est un "
    "marché de plus, sans montant. Les mois se comptent depuis la date des données, jamais depuis le jour où l'on regarde l'écran."
)


def key_figures(totals: pd.Series) -> list[KeyFigure]:
    """Write the counters of ends."""
    soon = [
        (f"Échéances d'ici {months} mois", formats.count(totals[f"n_{months}"]),
         f"{formats.euros(totals[f'annual_{months}_eur'])}{PER_YEAR}",
         f"marchés dont l'échéance tombe entre la date des données et {months} mois plus tard (cumul). {COUNTED}")
        for months in (6, 12, 24)
    ]  # fmt: skip
    return [
        *soon,
        ("Échéances passées", formats.count(totals["n_over"]),
         f"dont {formats.count(totals['n_over_lately'])} depuis moins d'un an\u202f: {formats.euros(totals['annual_over_lately_eur'])}{PER_YEAR}",
         f"marchés dont l'échéance est antérieure à la date des données, reconduits ou remplacés depuis. {COUNTED}"),
        ("Échéances inconnues", formats.count(totals["n_unknown"]), f"{formats.euros(totals['unknown_eur'])} en tout, durée inconnue",
         "marchés dont ni la fin ni la durée ne sont publiées\u202f: leur montant n'est pas ramené à l'année. Plus bas, ils sont supposés durer "
         "quatre ans, durée légale maximale d'un accord-cadre, et montrés à part."),
    ]  # fmt: skip


def quarter_name(as_of: date, quarter: int) -> str:
    """Name a quarter counted from the one after the data's date.

    Examples:
        >>> quarter_name(date(2026, 6, 30), 0), quarter_name(date(2026, 6, 30), 2)
        ('T3 2026', 'T1 2027')
    """
    number = 4 * as_of.year + (as_of.month - 1) // 3 + 1 + quarter
    return f"T{number % 4 + 1} {number // 4}"


def gantt_rows(rows: pd.DataFrame, by: str, names: Mapping[str, str], hide_persons: bool) -> pd.DataFrame:
    """Arrange contracts for the Gantt: the group with the largest sum first, in it the largest contract first."""
    segment = rows["segment"].map(lambda code: names.get(code, labels.UNCLASSIFIED))
    group, label = (segment, rows["buyer_name"]) if by == "segment" else (rows["buyer_name"], segment)
    supplier = rows["supplier_name"].mask(rows["is_sole_trader"].astype(bool) & hide_persons, labels.PERSON)
    ends = rows["ends_on"].map(lambda day: formats.day(day) if not pd.isna(day) else "fin inconnue")
    lines = (rows["buyer_name"], segment + " · " + rows["object"].fillna(""), supplier.fillna("Titulaire inconnu"))
    hover = lines[0] + "\n" + lines[1] + "\n" + lines[2] + "\n"
    arranged = pd.DataFrame({
        "group": group, "label": label, "start": rows["notified_on"], "end": rows["ends_on"], "annual_eur": rows["annual_eur"],
        "hover": hover + rows["annual_eur"].map(formats.euros) + " par an · " + rows["notified_on"].map(formats.day) + " → " + ends,
    })  # fmt: skip
    arranged["start"] = arranged["start"].fillna(arranged["end"] - pd.DateOffset(years=1))
    arranged["weight"] = arranged.groupby("group")["annual_eur"].transform("sum")
    return arranged.sort_values(["weight", "group", "annual_eur"], ascending=[False, True, False]).reset_index(
        drop=True
    )


def contracts_table(rows: pd.DataFrame, names: Mapping[str, str], hide_persons: bool) -> pd.DataFrame:
    """Give the contracts of the calendar with French headers."""
    return pd.DataFrame({
        "Entité": rows["buyer_name"], "Segment": rows["segment"].map(lambda code: names.get(code, labels.UNCLASSIFIED)), "Objet": rows["object"],
        "Titulaire": rows["supplier_name"].mask(rows["is_sole_trader"].astype(bool) & hide_persons, labels.PERSON),
        "Début": rows["notified_on"], "Échéance": rows["ends_on"],
        "Montant annuel (k€ HT)": (rows["annual_eur"] / 1e3).round(1), "Déjà mutualisé": np.where(rows["is_pooled_already"], "oui", "non"),
    })  # fmt: skip


def ending_bars(segments: pd.DataFrame, names: Mapping[str, str], selected: tuple[str, ...]) -> list[dict[str, Any]]:
    """Rank segments by the spend of which several entities' contracts end together."""
    together = segments[segments["n_buyers_ending"] >= 2].sort_values("annual_ending_eur", ascending=False).head(12)
    return [
        {"code": row["segment"], "label": f"{names.get(row['segment'], row['segment'])} ({formats.count(row['n_buyers_ending'])} entités)",
         "values": [float(row["annual_ending_eur"])], "texts": [formats.euros(row["annual_ending_eur"])], "selected": row["segment"] in selected}
        for row in together.to_dict("records")
    ]  # fmt: skip


def best_sentence(found: Window, as_of: date, levers: Levers) -> str:
    """Say the best quarter and why, in one sentence."""
    if found.best is None and found.can_start.any():
        return "**Aucun trimestre ne rapporte d'ici quatre ans**\u202f: le gain d'achat brut est nul à chaque démarrage possible, faute de dépense à déplacer."
    if found.best is None:
        return (
            "**Aucun trimestre ne convient d'ici quatre ans**\u202f: il faut au moins deux entités libres au démarrage, avec une dépense encore à mutualiser, "
            f"et {formats.plural(levers.lead_quarters, 'trimestre', 'trimestres')} pour préparer la procédure."
        )
    entries, later = found.entries[found.best], min(found.best + 4, len(found.entries) - 1)
    lost = found.gain[found.best] - found.gain[later]
    waiting = f"attendre {quarter_name(as_of, later)}"
    then = f"{waiting} ferait perdre {formats.euros(lost)}" if lost > 0 else f"{waiting} ne coûterait rien"
    if later == found.best:
        then = "aucun démarrage plus tardif n'est comparé"
    return (
        f"**{quarter_name(as_of, found.best)} est le meilleur trimestre**\u202f: {formats.plural(entries.entities_entering, 'entité', 'entités')} et "
        f"{formats.euros(entries.spend_entering)}{PER_YEAR} peuvent entrer pendant la vie de l'accord-cadre, dont "
        f"{formats.plural(int(entries.entities[0]), 'entité', 'entités')} et {formats.euros(entries.spend[0])} dès le démarrage\u202f; le gain d'achat brut, "
        f"{formats.euros(found.gain[found.best])} sur {found.horizon // 4} ans (hypothèses centrales), y est le plus élevé des démarrages possibles, et {then}."
    )


def method(found: Window, levers: Levers) -> str:
    """Say how the window is computed, and what it leaves out."""
    return (
        f"{labels.YEARLY_BY_CONTRACT} {labels.YEARLY_ELSEWHERE['contract']}\n\n"
        "Un marché entre à son échéance, jamais avant le démarrage, et reste dehors s'il se termine après la fin de l'accord-cadre "
        f"({levers.framework_years} ans). Gain d'achat brut = Σ dépense confiée × remise × valeur actualisée du temps restant, sur "
        f"{found.horizon // 4} ans (assez pour voir en entier l'accord-cadre le plus tardif), avec les hypothèses centrales des leviers\u202f: remise "
        "par doublement de volume (δ) et plafond (λ) de la famille, taux de mutualisation "
        f"{formats.percent(levers.pooling_rate, 0)}, adhésion {formats.percent(levers.utilisation, 0)}. Ce sont des hypothèses\u202f: aucun coefficient "
        "français n'est public. Ni coûts, ni perte d'échelle sur le reste\u202f: le Simulateur les compte. Ce qui est déjà mutualisé n'entre pas\u202f: ni sa dépense, ni l'entité à qui il ne reste rien d'autre\u202f; "
        "un marché échu depuis plus d'un an, ou dont l'entité a un autre marché en cours dans le segment, est tenu pour remplacé. Fin inconnue\u202f: durée supposée de quatre ans, la bande va de "
        "«\u202ftoutes tardives\u202f» à «\u202ftoutes précoces\u202f»."
    )


def gain_texts(found: Window, as_of: date) -> list[str]:
    """Say what each start is worth and what waiting for it costs."""
    return [
        f"{quarter_name(as_of, q)}\u202f: gain brut {formats.euros(found.gain[q])} ({formats.euros(found.gain_late[q])} à {formats.euros(found.gain_early[q])} "
        f"selon les fins inconnues)<br>Attendre coûte {formats.euros(found.waiting_cost(q))} par rapport à {quarter_name(as_of, 0)}"
        + ("" if found.can_start[q] else "<br>Trop tôt, ou moins de deux entités libres au démarrage")
        for q in range(len(found.entries))
    ]


def window_table(found: Window, as_of: date) -> pd.DataFrame:
    """Give the window as a table, the accessible twin of its charts."""
    return pd.DataFrame([
        {"Démarrage": quarter_name(as_of, q), "Possible": "oui" if found.can_start[q] else "non", "Entités qui entrent": e.entities_entering,
         "Dépense qui entre (k€ par an)": round(e.spend_entering / 1e3, 1),
         **{f"{label} (k€ par an)": round(value / 1e3, 1) for label, value in zip(CLASS_LABELS, e.spend, strict=True)},
         "Gain brut (k€)": round(found.gain[q] / 1e3, 1), "Si les fins inconnues sont tardives (k€)": round(found.gain_late[q] / 1e3, 1),
         "Si elles sont précoces (k€)": round(found.gain_early[q] / 1e3, 1), "Coût de l'attente (k€)": round(found.waiting_cost(q) / 1e3, 1)}
        for q, e in enumerate(found.entries)
    ])  # fmt: skip


def entities_table(lines: Lines, names: list[str], t_c: int, years: float, as_of: date) -> pd.DataFrame:
    """Say of each group of contracts when it enters, the first to enter first."""
    kind = entry_class(lines, t_c, years)
    enters = np.where(kind < NEVER, np.maximum(np.nan_to_num(lines.end_quarter, nan=-1) + 1, t_c), np.inf)
    order = np.lexsort((-lines.spend, enters))
    known = ~lines.is_unknown
    return pd.DataFrame({
        "Entité": [names[lines.entity[i]] for i in order], "Marchés": lines.contracts[order].astype(int),
        "Montant annuel à mutualiser (k€ HT)": (lines.spend[order] / 1e3).round(1),
        "Fin": [quarter_name(as_of, int(lines.end_quarter[i])) if known[i] else formats.UNKNOWN for i in order],
        "Entrée": [quarter_name(as_of, int(enters[i])) if np.isfinite(enters[i]) else CLASS_LABELS[kind[i]] for i in order],
    })  # fmt: skip


def extension_bars(without: Entries, extended: Entries) -> list[dict[str, Any]]:
    """Compare entries with and without extensions, class by class."""
    return [
        {"code": label, "label": label, "values": [float(a), float(b)], "texts": [formats.euros(a), formats.euros(b)], "selected": False}
        for label, a, b in zip(CLASS_LABELS, without.spend, extended.spend, strict=True)
    ]  # fmt: skip
