"""Every error a user may meet, each with one clear French sentence.

::

    MutualisError
    ├── SourceError      a file cannot be read: not a known format, empty, unreadable, unmapped
    ├── WarehouseError   no dataset, an import already running, a failed check, an old schema
    ├── ScenarioError    a lever out of range, an empty perimeter, an unknown key
    └── MoveError        a move by hand without author, reason, subject or known segment

The command line prints the sentence and exits 1; the screens show it in place.
"""


class MutualisError(Exception):
    """Root of the tree; ``str(error)`` is the French sentence to show."""


class SourceError(MutualisError):
    """A source file cannot be read as spend data."""


class WarehouseError(MutualisError):
    """The dataset is missing, locked, inconsistent or of another schema."""


class ScenarioError(MutualisError):
    """A scenario's levers or perimeter do not make sense."""


class MoveError(MutualisError):
    """A move by hand from one segment to another cannot be written."""
