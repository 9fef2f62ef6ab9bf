"""Raw rows → the validated spend table, with a reason for each row that is not in it.

The work is done by ``sql/macros``, ``staging``, ``marts``, ``classification``, ``sums`` and ``checks``, in that order; this module
runs them on a new version and reports the identity *rows read = kept + quarantined + merged* for each file.
"""

import html
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import duckdb

from mutualis import reclassification, sources, warehouse
from mutualis.errors import SourceError, WarehouseError
from mutualis.reference import load_reference
from mutualis.segment_moves import Rule

Progress = Callable[[float, str], None]

# A share of the machine that leaves room for the app itself; past it DuckDB spills to disk.
MEMORY_LIMIT = "1200MB"
READING_SHARE = 0.5


@dataclass(frozen=True)
class FileReport:
    """What became of a file's rows.

    Attributes:
        file: its name as people see it.
        kind: the format it was told to be.
        rows_read: records in the file; always kept + quarantined + merged.
        rows_kept: records that made a row of the spend table.
        rows_quarantined: records set aside, each with a reason and a remedy.
        rows_merged: records that say again what a kept one says.
        reasons: code → number of records, for quarantine and merge alike.
        replacement_characters: U+FFFD found: letters lost before the file came here.
    """

    file: str
    kind: str
    rows_read: int
    rows_kept: int
    rows_quarantined: int
    rows_merged: int
    reasons: dict[str, int]
    replacement_characters: int


@dataclass(frozen=True)
class ImportReport:
    """An import's outcome: one report per file, the files left aside, the version made."""

    dataset_version: str
    files: tuple[FileReport, ...]
    skipped: tuple[tuple[str, str], ...]

    def as_dict(self) -> dict[str, object]:
        """Give the report as plain values: totals, then each file."""
        counts = ("rows_read", "rows_kept", "rows_quarantined", "rows_merged")
        reasons: dict[str, int] = {}
        for file in self.files:
            for code, n in file.reasons.items():
                reasons[code] = reasons.get(code, 0) + n
        return {
            "dataset_version": self.dataset_version,
            "total": {name: sum(getattr(file, name) for file in self.files) for name in counts} | {"reasons": reasons},
            "files": [asdict(file) for file in self.files],
            "skipped": [{"file": name, "why": why} for name, why in self.skipped],
        }


def import_files(
    home: Path,
    paths: Sequence[str | Path],
    *,
    mapping: sources.Mapping | None = None,
    append: bool = False,
    as_of: date | None = None,
    is_demo: bool = False,
    rules: Callable[[], Sequence[Rule]] = tuple,
    progress: Progress = lambda share, step: None,
) -> ImportReport:
    """Build a new version of the dataset from source files and put it in use.

    Args:
        home: the dataset's folder.
        paths: files, folders, zips or http addresses.
        mapping: columns of the generic files; guessed file by file when None.
        append: add to the version in use instead of replacing it (its own raw rows are loaded again, so that
            a contract delivered twice still counts once).
        as_of: the day the data is looked at from; today by default.
        is_demo: whether the rows are synthetic.
        rules: gives the moves by hand that hold, asked once no move can be written any more.
        progress: called with a share in [0, 1] and the step's French name.

    Returns:
        The report, once the version serves. On any error the former version still serves.

    Raises:
        SourceError: a file is not spend data, or needs a mapping.
        WarehouseError: another import runs, a check fails, or real and demo rows would mix.
    """
    with warehouse.building(home) as path, tempfile.TemporaryDirectory(dir=path.parent) as workdir:
        former = warehouse.current_version(home) if append else None
        known = {} if former is None else _known_files(home, former, is_demo)
        progress(0.0, "Lecture des fichiers")
        held = rules()
        found = sources.discover(paths, Path(workdir), mapping).without_repeats(known)
        if not found.files:
            raise SourceError(_nothing_found(found.skipped, append))
        version = warehouse.next_version(home, (sorted(file.digest for file in found.files), former, mapping, held))
        con = duckdb.connect(str(path), config=warehouse.CONNECTION | {"memory_limit": MEMORY_LIMIT})
        try:
            warehouse.silence(con)
            con.execute("set temp_directory = $folder", {"folder": str(Path(workdir) / "spill")})
            con.create_function("html_text", html.unescape, ["VARCHAR"], "VARCHAR")
            sources.create_raw_tables(con)
            create_file_table(con)
            if former is not None:
                _copy_raw_rows(con, home / "versions" / f"{former}.duckdb")
            _read_all(con, found.files, mapping, progress)
            day = as_of or datetime.now(UTC).date()
            build(con, day, held, progress)
            reports = _finish(con, version, day, is_demo)
        finally:
            con.close()
        warehouse.publish(home, path, version)
    progress(1.0, "Terminé")
    return ImportReport(version, reports, tuple((skip.name, skip.why) for skip in found.skipped))


def build(
    con: duckdb.DuckDBPyConnection,
    as_of: date,
    rules: Sequence[Rule] = (),
    progress: Progress = lambda share, step: None,
) -> None:
    """Turn the raw rows of a version being built into its marts, then check them.

    Args:
        con: a connection whose ``raw``, ``reject`` and ``file`` tables are filled.
        as_of: dates a year later than this are not believed.
        rules: moves by hand that hold.
        progress: as in ``import_files``.

    Raises:
        WarehouseError: a check does not hold.
    """
    load_reference(con)
    list(warehouse.run_folder(con, "macros"))
    steps = len(warehouse.statements("staging")) + len(warehouse.statements("marts")) + 1
    runs = chain.from_iterable(warehouse.run_folder(con, folder, {"as_of": as_of}) for folder in ("staging", "marts"))
    for done, _ in enumerate(runs, start=1):
        progress(READING_SHARE + (1 - READING_SHARE) * done / steps, "Nettoyage et rapprochement")
    reclassification.apply(con, rules)
    progress(1 - (1 - READING_SHARE) / steps, "Contrôles")
    warehouse.run_checks(con)


def _known_files(home: Path, former: str, is_demo: bool) -> dict[str, str]:
    """Give the files that new ones are added to, content → name, once sure that real and demo rows do not mix."""
    with warehouse.open_version(home, former) as con:
        if warehouse.describe(con).is_demo != is_demo:
            raise WarehouseError(
                "Données réelles et données de démonstration ne se mélangent pas : importez sans « --append » "
                "pour remplacer le jeu actuel."
            )
        return dict(con.execute("select digest, file_name from file").fetchall())


def _nothing_found(skipped: Sequence[sources.Skipped], append: bool) -> str:
    why = " ; ".join(f"{skip.name} : {skip.why}" for skip in skipped[:3])
    what = "Aucun fichier de dépenses à ajouter" if append else "Aucun fichier de dépenses trouvé"
    return f"{what}. {why}" if why else f"{what} dans ce dossier."


def create_file_table(con: duckdb.DuckDBPyConnection) -> None:
    """Create the empty ``file`` table of a version being built: one row per source file."""
    con.execute(
        "create table file (file_no integer, file_name varchar, kind varchar, digest varchar, "
        "replacement_characters bigint, rows_read bigint)"
    )


def _copy_raw_rows(con: duckdb.DuckDBPyConnection, former: Path) -> None:
    con.execute("attach $path as former (read_only)", {"path": str(former)})
    con.execute(
        "insert into file by name select file_no, file_name, kind, digest, replacement_characters, rows_read from former.file"
    )
    con.execute("insert into raw by name from former.raw")
    con.execute("insert into reject by name from former.reject")
    con.execute("detach former")


def _read_all(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[sources.SourceFile],
    mapping: sources.Mapping | None,
    progress: Progress,
) -> None:
    first = con.execute("select coalesce(max(file_no), 0) + 1 from file").fetchall()[0][0]
    sizes = [max(file.path.stat().st_size, 1) for file in files]
    for index, file in enumerate(files):
        before, size = sum(sizes[:index]), sizes[index]

        def report(share: float, name: str = file.name, before: int = before, size: int = size) -> None:
            progress(READING_SHARE * (before + share * size) / sum(sizes), f"Lecture de {name}")

        report(0.0)
        rows_read = sources.read(con, file, first + index, mapping, report)
        con.execute(
            "insert into file values ($no, $name, $kind, $digest, $lost, $rows)",
            {
                "no": first + index,
                "name": file.name,
                "kind": file.kind,
                "digest": file.content,
                "lost": file.replacement_characters,
                "rows": rows_read,
            },
        )


def _finish(con: duckdb.DuckDBPyConnection, version: str, as_of: date, is_demo: bool) -> tuple[FileReport, ...]:
    con.execute(
        "create table dataset as select $version as version, $now::timestamp as created_at, $as_of::date as as_of, "
        "$is_demo as is_demo, (select list(file_name order by file_no) from file) as sources, "
        "(select count(*) from spend) as n_spend, (select count(*) from segment_rule) as n_moves, $version as imported_as, "
        "$schema as schema_version",
        {
            "version": version,
            "now": datetime.now(UTC).replace(tzinfo=None),
            "as_of": as_of,
            "is_demo": is_demo,
            "schema": warehouse.SCHEMA_VERSION,
        },
    )
    rows = con.execute("from file_report order by file_no").fetchall()
    reasons: dict[int, dict[str, int]] = {}
    for file_no, code, n in con.execute("from file_reason order by all").fetchall():
        reasons.setdefault(file_no, {})[code] = n
    return tuple(
        FileReport(name, kind, read, kept, quarantined, merged, reasons.get(no, {}), lost)
        for no, name, kind, read, kept, quarantined, merged, lost in rows
    )
