"""Synthetic source files with the shape of the pilot regions' purchases: deterministic, labelled, any size.

They go through the ordinary import: nothing in the loader knows of them. Every name of a firm is made up, every
SIREN starts with 000, which is never given.
"""

from mutualis.demo.generate import AS_OF, DEFAULT_ROWS, DEFAULT_SEED, generate

__all__ = ["AS_OF", "DEFAULT_ROWS", "DEFAULT_SEED", "generate"]
