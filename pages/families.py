"""Familles d'achats: what is bought, who buys the same thing, what pooling it may bring."""

from mutualis.ui import blocks, families, handoff, moves, overlap, potential, prices, rows

context = blocks.frame("Familles d'achats")
view = families.view_choice()
if len(context.filters.segments) == 1:
    handoff.simulate_button("simuler_filtre", "Simuler ce segment")
if view in families.OF_THE_TREE:
    families.tree_view(context, view)
elif view == "matrice":
    overlap.matrix(context)
elif view == "potentiel":
    potential.quadrants(context)
elif view == "degre":
    potential.levels(context)
elif view == "prix":
    prices.comparison(context)
elif view == "rattachements":
    moves.view(context)
else:
    rows.rows_view(context)
