"""What the parts of the command line share."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutualis.errors import MutualisError

# adds a command to subparsers: its name, what it runs, its help
Command = Callable[[Any, str, Callable[[argparse.Namespace], None], str], argparse.ArgumentParser]


def write_file(path: Path, content: bytes) -> None:
    """Write a file that was asked for.

    Raises:
        MutualisError: it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise MutualisError(f"Le fichier {path} ne peut pas être écrit\u202f: vérifiez le dossier.") from error
