"""Simulateur: what a pooling scenario brings, to whom, from when, at what price."""

from mutualis.ui import blocks, simulator

context = blocks.frame("Simulateur")
simulator.above(context)
simulator.live(context)
