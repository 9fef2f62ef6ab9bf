"""Unit prices of the same item across entities: spread, target (F7), gain. No Streamlit."""

from itertools import pairwise

import numpy as np
import pandas as pd

from mutualis import labels
from mutualis.levers import Levers
from mutualis.scenario.alignment import aligned_saving, weighted_quantile

# A tenth of the quantities at twice the price of another tenth: seldom the same item.
COMPARABLE_SPREAD = 2.0
DOUBTFUL, PLAUSIBLE = "à vérifier", "plausible"


def compared(prices: pd.DataFrame, levers: Levers) -> pd.DataFrame:
    """Compare what entities pay for each item, and aim at a price that a part of the quantities already has.

    Args:
        prices: columns of ``item_prices.sql``.
        levers: τ, r, ρ and κ.

    Returns:
        The rows of items bought by several entities, with target_eur (per unit), gap (price / target − 1), saving_eur
        (€/yr) and is_comparable.

    Source: design model F7.
    """
    item = ["item", "unit"]
    shared = prices[prices.groupby(item)["item"].transform("size") > 1].sort_values(
        item, kind="stable", ignore_index=True
    )
    number = shared.groupby(item).ngroup().to_numpy()
    price, quantity = (shared[name].to_numpy(dtype=float) for name in ("price_eur", "quantity"))
    limits = np.searchsorted(number, np.arange(number.max(initial=-1) + 2))
    at = [
        [weighted_quantile(price[first:end], quantity[first:end], tau) for tau in (levers.target_quantile, 0.1, 0.9)]
        for first, end in pairwise(limits.tolist())
    ]
    target, low, high = np.reshape(at, (-1, 3))[number].T
    # the target is set by all that is bought, the gain counts only what no shared vehicle carries
    phi = levers.pooling_rate * levers.utilisation
    saving = aligned_saving(price, shared["yearly_quantity"], phi, target, levers.comparability)
    return shared.assign(
        target_eur=target, gap=price / target - 1, saving_eur=saving, is_comparable=high <= COMPARABLE_SPREAD * low
    )


def quantities_table(coverage: pd.DataFrame) -> pd.DataFrame:
    """Say which data have quantities (rows of ``coverage.sql``), with French headers."""
    return pd.DataFrame({
        "Données": coverage["grain"].map(labels.GRAINS), "Lignes": coverage["n_rows"], "Avec une quantité (%)": (100 * coverage["unit_price_share"]).round(1),
    })  # fmt: skip


def items_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Give one row per item with French headers and units, the largest gain first."""
    by_item = rows.groupby(["item", "unit"], sort=False)
    table = pd.DataFrame({
        "Comparabilité": by_item["is_comparable"].first().map({True: PLAUSIBLE, False: DOUBTFUL}),
        "Gain d'alignement (k€/an)": (by_item["saving_eur"].sum() / 1e3).round(1), "Entités": by_item["buyer_key"].nunique(),
        "Dépenses (k€ HT)": (by_item["spend_eur"].sum() / 1e3).round(1), "Prix le plus bas (€)": by_item["price_eur"].min().round(2),
        "Prix moyen (€)": (by_item["spend_eur"].sum() / by_item["quantity"].sum()).round(2), "Prix le plus haut (€)": by_item["price_eur"].max().round(2),
        "Prix cible (€)": by_item["target_eur"].first().round(2),
    })  # fmt: skip
    table = table.rename_axis(["Article", "Unité"]).reset_index()
    return table.sort_values("Gain d'alignement (k€/an)", ascending=False, ignore_index=True)


def item_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Give one item's prices by entity with French headers and units, the dearest first."""
    rows = rows.sort_values("price_eur", ascending=False)
    return pd.DataFrame({
        "Entité": rows["buyer_name"], "Prix moyen (€)": rows["price_eur"].round(2), "Écart à la cible (%)": (100 * rows["gap"]).round(1),
        "Quantité": rows["quantity"].round(0), "Dépenses (€ HT)": rows["spend_eur"].round(2), "Lignes": rows["n_rows"],
        "Gain d'alignement (€/an)": rows["saving_eur"].round(0),
    })  # fmt: skip
