"""Fournisseurs: who sells to several entities, how concentrated each segment is, where suppliers are."""

from mutualis.ui import blocks, rows, suppliers

context = blocks.frame("Fournisseurs")
view = suppliers.view_choice()
if view == "partages":
    suppliers.shared(context)
elif view == "concentration":
    suppliers.concentration(context)
elif view == "lieux":
    suppliers.places(context)
elif view == "fiche":
    suppliers.sheet(context)
else:
    rows.rows_view(context)
