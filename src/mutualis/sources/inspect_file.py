"""Tell what a file is by its first bytes and rows, never by its name."""

import re
import zipfile
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from mutualis.errors import SourceError
from mutualis.sources import document, encoding, flat_json, header
from mutualis.sources.header import CELL_BYTES
from mutualis.sources.mapping import guess_mapping
from mutualis.sources.source_file import Discovery, Skipped, SourceFile

SAMPLE_ROWS = 20
HEAD_BYTES = 1 << 16
# Words that only a delivery of contracts carries; in a JSON, objects or lists stand under them.
DECP_WORDS = re.compile(
    r'"(marches|marche|acheteur|titulaires|contrat-concession)"\s*:\s*[\[{]|<([\w.-]+:)?(marches|marche)\b'
)


def inspect(path: Path, name: str, digest: str, workdir: Path) -> Discovery:
    """Describe a file so that it can be read.

    Args:
        path: the file as it came.
        name: what people see.
        digest: its SHA-256.
        workdir: where a UTF-8 copy may go.

    Returns:
        Its description; one for each sheet of a workbook whose sheets have the same columns (one a year, say).

    Raises:
        SourceError: it is empty, of no known form, or holds no table.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise SourceError(f"{name} : fichier vide.")
    if head.startswith(b"PAR1"):
        return Discovery((_parquet(path, name, digest),))
    if zipfile.is_zipfile(path) or head.startswith(b"\xd0\xcf\x11\xe0"):
        return _workbook(path, name, digest)
    if head.startswith(b"PK\x03\x04"):
        raise SourceError(f"{name} : classeur ou zip tronqué. Téléchargez-le de nouveau.")
    if head.startswith((b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"%PDF", b"\x89PNG")):
        raise SourceError(
            f"{name} : format non pris en charge. Fournissez un CSV, un classeur, un Parquet, un JSON, un XML ou un zip."
        )
    utf8, lost = encoding.to_utf8(path, workdir)
    start = _start(utf8, HEAD_BYTES)
    if not start.strip():
        raise SourceError(f"{name} : fichier vide.")
    if start.lstrip()[:1] in "{[":
        return Discovery((_json(encoding.without_nan(utf8, workdir), name, digest, start, lost, workdir),))
    if start.lstrip().startswith("<"):
        return Discovery((_document(utf8, name, digest, "xml", start, lost),))
    return Discovery((_csv(utf8, name, digest, start, lost),))


def _document(path: Path, name: str, digest: str, form: str, start: str, lost: int) -> SourceFile:
    if re.match(r"\s*<(!doctype\s+)?html", start, re.IGNORECASE):
        raise SourceError(
            f"{name} : c'est une page web, pas un fichier de données. Vérifiez l'adresse, ou enregistrez-la en XLSX depuis un tableur."
        )
    if not DECP_WORDS.search(start):
        raise SourceError(
            f"{name} : ce {form.upper()} ne contient pas de marchés (ni « marches », ni « acheteur »). Vérifiez le fichier."
        )
    places = document.find_records(path, form, name)
    return SourceFile(path, name, form, f"decp_{form}", digest, replacement_characters=lost, record_paths=places)


def _json(path: Path, name: str, digest: str, start: str, lost: int, workdir: Path) -> SourceFile:
    if not DECP_WORDS.search(start) and (table := flat_json.to_parquet(path, workdir)):
        found = replace(_parquet(table, name, digest), replacement_characters=lost)
        if header.score(found.headers) >= 2 and found.sample:
            return found
    return _document(path, name, digest, "json", start, lost)


def _parquet(path: Path, name: str, digest: str) -> SourceFile:
    try:
        headers = tuple(pq.read_schema(path).names)
        with duckdb.connect() as con:
            found = con.read_parquet(str(path)).limit(SAMPLE_ROWS)
            # a day with its time zone comes out as text: Python would want a package of zones for it
            zoned = [name for name, kind in zip(found.columns, found.types, strict=True) if "TIME ZONE" in str(kind)]
            kept = [
                duckdb.StarExpression(exclude=zoned),
                *(duckdb.ColumnExpression(name).cast("VARCHAR").alias(name) for name in zoned),
            ]
            rows = found.select(*kept).select(*[duckdb.ColumnExpression(name) for name in headers]).fetchall()
    except (OSError, ValueError, duckdb.Error) as error:
        raise SourceError(f"{name} : Parquet illisible ({' '.join(str(error).split())}).") from None
    return _table(path, name, digest, "parquet", headers, header.as_text_rows(rows))


def _workbook(path: Path, name: str, digest: str) -> Discovery:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        hidden = {sheet.name for sheet in workbook.sheets_metadata if sheet.visible != SheetVisibleEnum.Visible}
        sheets = [(sheet, _first_rows(workbook.get_sheet_by_name(sheet))) for sheet in workbook.sheet_names]
    except CalamineError as error:
        raise SourceError(f"{name} : classeur illisible ou protégé ({error}).") from None
    tables = [_sheet(path, name, digest, sheet, rows) for sheet, rows in sheets if len(rows) > 1]
    tables = [table for table in tables if table.sample]
    # what the author hid, an older copy or a list of choices, would count beside what is shown
    aside = [table for table in tables if table.sheet in hidden]
    tables = [table for table in tables if table.sheet not in hidden] or tables
    if not tables:
        raise SourceError(f"{name} : ce classeur n'a pas de feuille remplie.")
    # the sheet that looks most like a table of purchases, and those that have the columns read in it
    best = max(tables, key=lambda table: header.score(table.headers))
    wanted = set(guess_mapping(best.headers, best.sample).mapping.columns.values()) or set(best.headers)
    alike = [table for table in tables if wanted <= set(table.headers)]
    others = [table for table in tables if not wanted <= set(table.headers)]
    if len(alike) > 1:
        alike = [replace(table, name=f"{name}/{table.sheet}") for table in alike]
    why = f"feuille sans toutes les colonnes lues dans « {best.sheet} »"
    skipped = [Skipped(f"{name}/{table.sheet}", why) for table in others]
    skipped += [Skipped(f"{name}/{table.sheet}", "feuille masquée") for table in aside if table not in tables]
    return Discovery(tuple(alike), tuple(skipped))


def _sheet(
    path: Path, name: str, digest: str, sheet: str, rows: list[tuple[int, tuple[str | None, ...]]]
) -> SourceFile:
    line, names = header.find([row for _, row in rows])
    number = rows[line][0]
    return _table(
        path, name, digest, "sheet", header.unique(names), [row for _, row in rows[line + 1 :]],
        header_line=number, sheet=sheet,
    )  # fmt: skip


def _first_rows(sheet: CalamineSheet) -> list[tuple[int, tuple[str | None, ...]]]:
    """Give the first rows that are not blank, each with its number in the sheet."""
    first = islice(sheet.iter_rows(), header.SEARCHED_ROWS + SAMPLE_ROWS)
    numbered = ((number, header.as_text_row(row)) for number, row in enumerate(first, start=1))
    return [(number, row) for number, row in numbered if any(row)]


def _start(path: Path, size: int) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as text:
        return text.read(size)


def _csv(path: Path, name: str, digest: str, start: str, lost: int) -> SourceFile:
    is_cut = len(start) == HEAD_BYTES
    if is_cut:  # a cut line would look like a short one
        start = start[: start.rfind("\n") + 1] or start
    delimiter = header.find_delimiter(start)
    if delimiter is None:
        raise SourceError(f"{name} : ni tableau (séparateurs , ; | tabulation), ni JSON, ni XML reconnu.")
    rows, lines = header.split(start, delimiter)
    line, names = header.find(rows)
    if line + 1 >= len(rows) and is_cut:  # the first row alone is larger: a whole notice in one cell
        rows, lines = header.split(_start(path, CELL_BYTES), delimiter)
    if line + 1 >= len(rows):
        raise SourceError(f"{name} : un en-tête mais aucune ligne.")
    return _table(
        path, name, digest, "csv", header.unique(names), rows[line + 1 : line + 1 + SAMPLE_ROWS],
        delimiter=delimiter, header_line=lines[line], lost=lost,
    )  # fmt: skip


def _table(
    path: Path, name: str, digest: str, form: str, headers: tuple[str, ...], sample: list[tuple[str | None, ...]],
    *, delimiter: str = ",", header_line: int = 1, sheet: str = "", lost: int = 0,
) -> SourceFile:  # fmt: skip
    names = {header.lower() for header in headers}
    if not (names & {"acheteur_id", "acheteur.id"} and "montant" in names):
        kind = "generic"
    else:
        kind = "decp_export" if "titulaire_id_1" in names else "decp_tabular"
    return SourceFile(
        path, name, form, kind, digest, headers, tuple(sample[:SAMPLE_ROWS]), delimiter, header_line, sheet, lost
    )
