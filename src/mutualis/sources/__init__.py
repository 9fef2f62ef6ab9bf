"""Source files, whatever their shape, into one table of text: ``raw``.

``discover`` finds the files and tells their kind by their content; ``read`` pours one into the ``raw`` table.
Nothing is cleaned here: that is the loader's, once for all sources.
"""

from mutualis.sources.discover import discover
from mutualis.sources.mapping import CEILING, Guess, Mapping, guess_mapping, load_mapping, save_mapping
from mutualis.sources.raw import create_raw_tables
from mutualis.sources.reading import Progress, read
from mutualis.sources.source_file import Discovery, Skipped, SourceFile

__all__ = [
    "CEILING",
    "Discovery",
    "Guess",
    "Mapping",
    "Progress",
    "Skipped",
    "SourceFile",
    "create_raw_tables",
    "discover",
    "guess_mapping",
    "load_mapping",
    "read",
    "save_mapping",
]
