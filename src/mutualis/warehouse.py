"""Dataset versions: one DuckDB file each, built aside, checked, swapped in atomically, served read-only.

::

    <home>/versions/<version>.duckdb   one immutable file per version
    <home>/current                     the name of the version in use, replaced in one rename
    <home>/building/                   what an import is making; a killed import leaves its file here
    <home>/import.lock                 held by the one import that runs; the system frees it if it dies
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from mutualis.errors import WarehouseError

SCHEMA_VERSION = 7
SQL = files("mutualis") / "sql"

# No extension is fetched at run time: the app works with the network off.
CONNECTION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # a page of rows is found by its keys: they tell which blocks to read
    "dynamic_or_filter_threshold": "1000",
}


@dataclass(frozen=True)
class Dataset:
    """What a version says of itself.

    Attributes:
        version: its name, unique across homes.
        created_at: when it was built (UTC).
        as_of: the day « dans 6 mois » counts from.
        is_demo: whether the data is synthetic.
        sources: the names of its files, in reading order.
        n_spend: rows of the spend table.
        n_moves: moves by hand that hold.
        imported_as: the version that the import made: itself, unless moves by hand were written since.
    """

    version: str
    created_at: datetime
    as_of: date
    is_demo: bool
    sources: tuple[str, ...]
    n_spend: int
    n_moves: int
    imported_as: str


def current_version(home: Path) -> str | None:
    """Name the version in use; cheap enough to ask at each page run.

    Args:
        home: the dataset's folder.

    Returns:
        The version's name, or None when nothing was imported yet.
    """
    with suppress(FileNotFoundError):
        return (home / "current").read_text(encoding="utf-8").strip() or None
    return None


def list_versions(home: Path) -> list[Dataset]:
    """Describe the versions kept that can still be read, the newest first."""
    found = []
    for name in _names(home):
        # one that is damaged, or built by another schema, is of no use
        with suppress(WarehouseError), open_version(home, name) as con:
            found.append(describe(con))
    return sorted(found, key=lambda dataset: dataset.created_at, reverse=True)


def open_version(home: Path, version: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open a version read-only.

    Args:
        home: the dataset's folder.
        version: its name; the one in use by default.

    Returns:
        A connection; call ``cursor()`` on it for each query, two threads must not share one.

    Raises:
        WarehouseError: no dataset, an unknown version, one that cannot be read, or one built by another schema.
    """
    name = version or current_version(home)
    if name is None:
        raise WarehouseError(
            "Aucune donnée chargée\u202f: importez un fichier (écran Données) ou lancez « mutualis demo »."
        )
    path = home / "versions" / f"{name}.duckdb"
    if not path.exists():
        raise WarehouseError(
            f"La version {name} n'existe plus dans {home}. Versions\u202f: {', '.join(_names(home)) or 'aucune'}."
        )
    try:
        con = duckdb.connect(str(path), read_only=True, config=CONNECTION)
        silence(con)
        built_with = con.execute("select schema_version from dataset").fetchall()[0][0]
    except duckdb.Error:
        raise WarehouseError(f"La version {name} est illisible\u202f: réimportez ses fichiers.") from None
    if built_with != SCHEMA_VERSION:
        con.close()
        raise WarehouseError(f"La version {name} vient d'une autre version de Mutualis\u202f: réimportez ses fichiers.")
    return con


def silence(con: duckdb.DuckDBPyConnection) -> None:
    """Keep DuckDB's progress bar, its cursors' too, out of the standard output: the command line writes its JSON there."""
    con.execute("set enable_progress_bar = false")


def describe(con: duckdb.DuckDBPyConnection) -> Dataset:
    """Read a version's own description."""
    row = con.execute(
        "select version, created_at, as_of, is_demo, sources, n_spend, n_moves, imported_as from dataset"
    ).fetchall()[0]
    return Dataset(row[0], row[1], row[2], row[3], tuple(row[4]), *row[5:])


def use_version(home: Path, version: str) -> None:
    """Make a kept version the one in use; running sessions pick it up at their next run.

    Raises:
        WarehouseError: the version is not there.
    """
    open_version(home, version).close()
    _point_to(home, version)


@contextmanager
def building(home: Path) -> Iterator[Path]:
    """Hold the import lock and give a fresh path to build a version at.

    Args:
        home: the dataset's folder, made if needed.

    Yields: a path in ``<home>/building``; what is still there at the end is removed.

    Raises:
        WarehouseError: another import is running, or the folder cannot be written.
    """
    lock = FileLock(home / "import.lock")
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise WarehouseError(
            "Un import ou un reclassement est déjà en cours sur ce jeu de données\u202f: attendez sa fin puis recommencez."
        ) from None
    except OSError as error:
        raise WarehouseError(
            f"Le dossier des données {home} ne peut pas être écrit ({error.strerror or error}) : vérifiez MUTUALIS_HOME."
        ) from None
    aside = home / "building"
    try:
        # what a killed import left behind
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir()
        yield aside / "new.duckdb"
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        lock.release()


def publish(home: Path, built: Path, version: str) -> None:
    """Swap a built file in: it becomes a version, then the version in use, in two renames."""
    (home / "versions").mkdir(exist_ok=True)
    built.replace(home / "versions" / f"{version}.duckdb")
    _point_to(home, version)


def drop_reworked(home: Path, *kept: str) -> None:
    """Remove versions that moves by hand made, but those named: their import is kept, the journal has the moves."""
    for dataset in list_versions(home):
        if dataset.version not in (dataset.imported_as, *kept):
            (home / "versions" / f"{dataset.version}.duckdb").unlink(missing_ok=True)


def run_folder(
    con: duckdb.DuckDBPyConnection, folder: str, parameters: dict[str, object] | None = None
) -> Iterator[str]:
    """Run the statements of a folder of ``sql/`` in the order of their names.

    Args:
        con: the version being built.
        folder: ``macros``, ``staging``, ``marts``, ``classification`` or ``sums``.
        parameters: values of ``$name`` parameters, given to the statements that use them.

    Yields: the name of each file, once run.
    """
    for name, text in statements(folder):
        wanted = {key: value for key, value in (parameters or {}).items() if f"${key}" in text}
        con.execute(text, wanted)
        yield name


def next_version(home: Path, content: object) -> str:
    """Name a version to come: a number that no version bears, and a digest of what it is made of."""
    digest = hashlib.sha256(repr((content, SCHEMA_VERSION)).encode()).hexdigest()
    numbers = [int(path.stem[1:].split("-")[0]) for path in (home / "versions").glob("v*-*.duckdb")]
    return f"v{max(numbers, default=0) + 1}-{digest[:8]}"


def run_checks(con: duckdb.DuckDBPyConnection, *names: str) -> None:
    """Run claims of ``sql/checks``, all of them unless named: each must return no row.

    Raises:
        WarehouseError: a claim does not hold; names it and shows its first row.
    """
    for name, text in statements("checks"):
        if (not names or name in names) and (broken := con.execute(text).fetchone()) is not None:
            raise WarehouseError(
                f"Contrôle « {name} » non tenu\u202f: {broken}. La version précédente reste en service."
            )


def statements(folder: str) -> list[tuple[str, str]]:
    """List (name, text) of the statements of a folder of ``sql/``, sorted by name."""
    found = [(path.name.removesuffix(".sql"), path.read_text(encoding="utf-8")) for path in (SQL / folder).iterdir()]
    return sorted(found)


def _names(home: Path) -> list[str]:
    return sorted(path.stem for path in (home / "versions").glob("*.duckdb"))


def _point_to(home: Path, version: str) -> None:
    pointer = home / f"current.{os.getpid()}"
    with pointer.open("w", encoding="utf-8") as file:
        file.write(version)
        file.flush()
        os.fsync(file.fileno())
    pointer.replace(home / "current")
