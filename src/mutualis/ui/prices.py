"""« Prix unitaires »: what entities pay for the same item, and what aligning them would bring."""

import streamlit as st

from mutualis import formats, labels
from mutualis.figures.prices import price_chart
from mutualis.levers import preset
from mutualis.ui import blocks, key_figures, store
from mutualis.ui.blocks import Context
from mutualis.ui.components import scatter
from mutualis.ui.price_table import compared, item_table, items_table, quantities_table

ITEMS, CHART_PIXELS = 300, 380
CENTRAL = preset("central")


def comparison(context: Context) -> None:
    """Draw the spread of each item's price, then one item entity by entity; say so when there is no quantity."""
    rows = compared(context.ask("item_prices", n_items=ITEMS), CENTRAL)
    if rows.empty:
        blocks.empty_state(
            "Ces données n'ont pas de quantités, ou aucun article acheté par plusieurs entités\u202f: les prix unitaires ne peuvent pas être comparés. "
            + ("Élargissez" if context.filters.grain == "payment" else "Choisissez «\u202fDépenses payées\u202f», élargissez")
            + " le périmètre, ou importez un fichier avec l'article, l'unité et la quantité (écran Données)."
        )  # fmt: skip
        blocks.grid(quantities_table(store.ask(context.dataset, "coverage")), "content")
        return
    tau, reliability = CENTRAL.target_quantile, CENTRAL.comparability
    figures = [
        ("Articles comparés", formats.count(rows.groupby(["item", "unit"]).ngroups), f"{formats.euros(rows['spend_eur'].sum())} de dépenses avec quantité",
         "articles, par unité, achetés par au moins deux entités du périmètre, quantités et montants positifs."),
        ("Gain d'alignement par an", formats.euros(rows["saving_eur"].sum()), "à ne pas ajouter au gain de volume",
         f"prix cible\u202f: le prix auquel {formats.percent(tau, 0)} des quantités sont déjà achetées, jamais le minimum. Gain\u202f: écart au prix cible × "
         f"quantité annuelle non mutualisée × taux de mutualisation × adhésion × comparabilité ({formats.percent(reliability, 0)}). {labels.YEARLY_WINDOW}"),
    ]  # fmt: skip
    key_figures.draw(context, item_prices=figures)
    st.warning(
        f"Un même libellé peut cacher des qualités, des livraisons ou des dates différentes\u202f: {formats.percent(reliability, 0)} seulement de l'écart est "
        "tenu pour réel. «\u202fÀ vérifier\u202f»\u202f: un dixième des quantités coûte plus de deux fois le prix d'un autre dixième."
    )
    items = items_table(rows)
    blocks.table(items, "prix_par_article", context, height=320)
    pairs = list(zip(items["Article"], items["Unité"], strict=True))
    item, unit = st.selectbox("Article", pairs, format_func=lambda pair: f"{pair[0]} (par {pair[1]})", key="article", width=420)  # fmt: skip
    one = rows[(rows["item"] == item) & (rows["unit"] == unit)]
    scatter.draw("prix_article", price_chart(one, item, unit), blocks.export_note(context), height=CHART_PIXELS)
    blocks.table(item_table(one), "prix_par_entite", context, height=320)
