"""One item's unit price against the quantity each entity buys."""

import pandas as pd

from mutualis import formats
from mutualis.figures.axis import log_axis, plain_axis
from mutualis.figures.scatter import Dot, Guide, Scatter

DOT_PIXELS = 5.5


def price_chart(rows: pd.DataFrame, item: str, unit: str) -> Scatter:
    """Draw each entity's mean price against its quantity (logarithm), the target across.

    Args:
        rows: columns buyer_name, price_eur, quantity, gap, target_eur, of one item.
        item: its name.
        unit: what it is counted in.
    """
    target = float(rows["target_eur"].iloc[0])
    quantities, prices = rows["quantity"], rows["price_eur"]
    across = log_axis(f"Quantité achetée ({unit})", float(quantities.min()), float(quantities.max()), formats.count)
    upwards = plain_axis(
        f"Prix (€ par {unit})", min(float(prices.min()), target), max(float(prices.max()), target), lambda price: formats.decimal(price, 2)
    )  # fmt: skip
    dots = [
        Dot(
            across.at(float(quantity)), upwards.at(float(price)), DOT_PIXELS, "gain" if price <= target else "loss",
            f"{name}\u202f: {formats.decimal(price, 2)}{formats.NARROW}€ par {unit}, {formats.count(quantity)} achetés, écart à la cible {formats.percent(gap, 0)}",
        )
        for name, price, quantity, gap in zip(rows["buyer_name"], prices, quantities, rows["gap"], strict=True)
    ]  # fmt: skip
    return Scatter(
        f"{item}\u202f: prix unitaire par entité",
        "Prix unitaire par entité selon la quantité achetée\u202f; le tableau ci-dessous donne les mêmes chiffres",
        across, upwards, dots, [Guide(upwards.at(target), True, f"cible {formats.decimal(target, 2)}{formats.NARROW}€")],
        [("gain", "au prix cible ou moins"), ("loss", "plus cher que la cible")],
    )  # fmt: skip
