"""Simulateur: what a pooling scenario brings, to whom, from when, at what price."""

from mutualis.ui import blocks, simulator

simulator.live(blocks.frame("Simulateur"))
