"""Synthetic source files with the shape of the pilot regions' purchases: deterministic, any size.

They go through the ordinary import: nothing in the loader knows of them. Public services bear their real
names, on which the types of entity rest; every figure, firm and contract is made up.
`world` (who, what) → `contracts` and `payments` (draws) → `tables` (files as a source would deliver them).
"""

from mutualis.demo.files import AS_OF, DEFAULT_ROWS, DEFAULT_SEED, generate

__all__ = ["AS_OF", "DEFAULT_ROWS", "DEFAULT_SEED", "generate"]
