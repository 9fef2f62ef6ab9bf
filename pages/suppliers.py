"""Fournisseurs: who sells to several entities, how concentrated each segment is, where suppliers are."""

from mutualis.ui import blocks, rows

context = blocks.frame("Fournisseurs")
rows.rows_view(context)
