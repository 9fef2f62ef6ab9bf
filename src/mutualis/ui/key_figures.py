"""Key figures side by side, each with its way back: formula, query, freshness, checks."""

from collections.abc import Sequence
from html import escape
from math import ceil

import streamlit as st

from mutualis import formats, queries
from mutualis.ui.blocks import Context
from mutualis.ui.views import KeyFigure

MOST_IN_A_ROW = 5
QUESTION = "Comment ce chiffre est-il calculé\u202f?"
CHECKS = (
    "Contrôles passés à l'import\u202f: chaque ligne lue est retenue, fusionnée ou en quarantaine\u202f; les montants se "
    "recomposent au centime\u202f; un marché compte une fois\u202f; un plafond d'accord-cadre n'est jamais une dépense."
)


def draw(context: Context, **figures: Sequence[KeyFigure]) -> None:
    """Draw key figures.

    Args:
        context: the page's.
        **figures: what they say, by the name of the query they come from.
    """
    cards = [
        _card(f"calcul-{query}-{number}", *figure, _source(query, context))
        for query, found in figures.items()
        for number, figure in enumerate(found)
    ]
    n_rows = ceil(len(cards) / MOST_IN_A_ROW)
    # one element for all: Streamlit sends, places and draws again each element of a page at every run
    st.html(f"<div class='figures' style='--in-a-row:{ceil(len(cards) / n_rows)}'>{''.join(cards)}</div>")


def _source(query: str, context: Context) -> str:
    return (
        f"<p>Données au {formats.day(context.dataset.as_of)}, version {escape(context.dataset.version)}. {CHECKS}</p>"
        f"<p>Requête «\u202f{query}\u202f»\u202f:</p><pre tabindex='0'>{escape(queries.query_text(query))}</pre>"
    )


def _card(name: str, label: str, value: str, note: str, formula: str, source: str) -> str:
    label = escape(label)
    return (
        f"<div class='figure'><span>{label}</span><strong>{escape(value)}</strong><small>{escape(note)}</small>"
        f"<button type='button' popovertarget='{name}' aria-label='{QUESTION} {label}'>{QUESTION}</button>"
        f"<div popover id='{name}' class='calculation'><p><b>{label}</b>\u202f: {escape(formula)}</p>{source}</div></div>"
    )
