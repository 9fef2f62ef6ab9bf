"""The scenario's price effect by alignment of unit prices, beside the volume effect on the same spend."""

import pandas as pd
import streamlit as st

from mutualis import formats
from mutualis.queries import Filters
from mutualis.scenario.engine import Simulation
from mutualis.scenario.price_alternative import PriceAlternative, price_alternative
from mutualis.simulation import SpendBase
from mutualis.ui import blocks, store
from mutualis.ui.blocks import Context

ITEMS = 2000


def draw(context: Context, base: SpendBase, found: Simulation, regions: tuple[str, ...]) -> None:
    """Draw both effects by segment; say so when there is no quantity.

    Args:
        context: the page's.
        base, found: the scenario's.
        regions: its regions.
    """
    st.markdown(
        "**Le même scénario par alignement des prix unitaires** (à la place de l'effet de volume, jamais en plus)"
    )
    # the scenario cuts the rest of its perimeter itself: one query, whatever the filters
    asked = context.filters
    wide = Filters(grain=asked.grain, regions=regions, start=asked.start, end=asked.end)
    both = price_alternative(found, store.ask(context.dataset, "item_prices", wide, n_items=ITEMS))
    if not both.segment.size:
        st.caption(
            "Aucun article avec quantité n'est acheté par plusieurs entités de ce périmètre\u202f: choisissez «\u202fDépenses payées\u202f», ou importez un "
            "fichier avec l'article, l'unité et la quantité (écran Données)."
        )
        return
    levers, gross = found.pooling.levers, found.result.purchase.gross
    by_volume, by_alignment = float(both.by_volume.sum()), float(both.by_alignment.sum())
    st.markdown(
        f"Sur les {formats.euros(both.moved.sum())} déplacés par an qui ont un prix unitaire\u202f: effet de volume **{formats.euros(by_volume)}**, "
        f"alignement **{formats.euros(by_alignment)}**. L'effet de volume de tout le scénario passerait de {formats.euros(gross)} à "
        f"**{formats.euros(gross - by_volume + by_alignment)}**."
    )
    blocks.table(table(both, base), "scenario_alignement", context)
    st.caption(
        f"Prix cible\u202f: celui auquel {formats.percent(levers.target_quantile, 0)} des quantités sont déjà achetées\u202f; "
        f"{formats.percent(levers.comparability, 0)} de l'écart est tenu pour réel (leviers «\u202fPrix cible\u202f» et "
        "«\u202fComparabilité des prix\u202f»). Requête «\u202fitem_prices\u202f»."
    )


def table(both: PriceAlternative, base: SpendBase) -> pd.DataFrame:
    """Give both effects with French headers, the largest alignment first."""
    codes = both.segment.tolist()
    return pd.DataFrame({
        "Segment": [base.segment_name(code) for code in codes], "Articles": both.items,
        "Dépense avec prix unitaire (k€/an)": both.spend / 1e3, "Déplacé (k€/an)": both.moved / 1e3,
        "Effet de volume (k€/an)": both.by_volume / 1e3, "Alignement (k€/an)": both.by_alignment / 1e3,
    }).sort_values("Alignement (k€/an)", ascending=False).round(1)  # fmt: skip
