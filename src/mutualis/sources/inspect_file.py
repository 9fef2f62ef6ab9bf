"""Tell what a file is by its first bytes and rows, never by its name."""

import re
import zipfile
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from mutualis.errors import SourceError
from mutualis.sources import document, encoding, header
from mutualis.sources.source_file import Discovery, Skipped, SourceFile

SAMPLE_ROWS = 20
HEAD_BYTES = 1 << 16
# Words that only a delivery of contracts carries.
DECP_WORDS = re.compile(
    r'"(marches|marche|acheteur|titulaires|codeCPV|contrat-concession)"\s*:|<([\w.-]+:)?(marches|marche)\b'
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
    if head.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"%PDF", b"\x89PNG")):
        raise SourceError(
            f"{name} : format non pris en charge. Fournissez un CSV, un classeur, un Parquet, un JSON, un XML ou un zip."
        )
    utf8, lost = encoding.to_utf8(path, workdir)
    with utf8.open(encoding="utf-8-sig", errors="replace") as text:
        start = text.read(HEAD_BYTES)
    if start.lstrip()[:1] in "{[":
        return Discovery((_document(encoding.without_nan(utf8, workdir), name, digest, "json", start, lost),))
    if start.lstrip().startswith("<"):
        return Discovery((_document(utf8, name, digest, "xml", start, lost),))
    return Discovery((_csv(utf8, name, digest, start, lost),))


def _document(path: Path, name: str, digest: str, form: str, start: str, lost: int) -> SourceFile:
    if re.match(r"\s*<(!doctype\s+)?html", start, re.IGNORECASE):
        raise SourceError(f"{name} : c'est une page web, pas un fichier de données. Vérifiez l'adresse ou le fichier.")
    if not DECP_WORDS.search(start):
        raise SourceError(
            f"{name} : ce {form.upper()} ne contient pas de marchés (ni « marches », ni « acheteur »). Vérifiez le fichier."
        )
    places = document.find_records(path, form, name)
    return SourceFile(path, name, form, f"decp_{form}", digest, replacement_characters=lost, record_paths=places)


def _parquet(path: Path, name: str, digest: str) -> SourceFile:
    try:
        headers = tuple(pq.read_schema(path).names)
        with duckdb.connect() as con:
            rows = con.read_parquet(str(path)).limit(SAMPLE_ROWS).fetchall()
    except (OSError, ValueError, duckdb.Error) as error:
        raise SourceError(f"{name} : Parquet illisible ({error}).") from None
    return _table(path, name, digest, "parquet", headers, header.as_text_rows(rows))


def _workbook(path: Path, name: str, digest: str) -> Discovery:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        sheets = [(sheet, _first_rows(workbook.get_sheet_by_name(sheet))) for sheet in workbook.sheet_names]
    except CalamineError as error:
        raise SourceError(f"{name} : classeur illisible ou protégé ({error}).") from None
    tables = [_sheet(path, name, digest, sheet, rows) for sheet, rows in sheets if len(rows) > 1]
    tables = [table for table in tables if table.sample]
    if not tables:
        raise SourceError(f"{name} : ce classeur n'a pas de feuille remplie.")
    # the sheet that looks most like a table of purchases, and those built like it
    best = max(tables, key=lambda table: header.score(table.headers))
    alike = [table for table in tables if table.headers == best.headers]
    if len(alike) > 1:
        alike = [replace(table, name=f"{name}/{table.sheet}") for table in alike]
    return Discovery(
        tuple(alike),
        tuple(
            Skipped(f"{name}/{table.sheet}", f"feuille dont les colonnes ne sont pas celles de « {best.sheet} »")
            for table in tables
            if table.headers != best.headers
        ),
    )


def _sheet(
    path: Path, name: str, digest: str, sheet: str, rows: list[tuple[int, tuple[str | None, ...]]]
) -> SourceFile:
    line = header.find([row for _, row in rows])
    number, names = rows[line]
    return _table(
        path, name, digest, "sheet", header.unique(names), [row for _, row in rows[line + 1 :]],
        header_line=number, sheet=sheet,
    )  # fmt: skip


def _first_rows(sheet: CalamineSheet) -> list[tuple[int, tuple[str | None, ...]]]:
    """Give the first rows that are not blank, each with its number in the sheet."""
    first = islice(sheet.iter_rows(), header.SEARCHED_ROWS + SAMPLE_ROWS)
    numbered = ((number, header.as_text_row(row)) for number, row in enumerate(first, start=1))
    return [(number, row) for number, row in numbered if any(row)]


def _csv(path: Path, name: str, digest: str, start: str, lost: int) -> SourceFile:
    if len(start) == HEAD_BYTES:  # a cut line would look like a short one
        start = start[: start.rfind("\n") + 1] or start
    delimiter = header.find_delimiter(start)
    if delimiter is None:
        raise SourceError(f"{name} : ni tableau (séparateurs , ; | tabulation), ni JSON, ni XML reconnu.")
    rows, lines = header.split(start, delimiter)
    line = header.find(rows)
    if line + 1 >= len(rows):
        raise SourceError(f"{name} : un en-tête mais aucune ligne.")
    return _table(
        path, name, digest, "csv", header.unique(rows[line]), rows[line + 1 : line + 1 + SAMPLE_ROWS],
        delimiter=delimiter, header_line=lines[line], lost=lost,
    )  # fmt: skip


def _table(
    path: Path, name: str, digest: str, form: str, headers: tuple[str, ...], sample: list[tuple[str | None, ...]],
    *, delimiter: str = ",", header_line: int = 1, sheet: str = "", lost: int = 0,
) -> SourceFile:  # fmt: skip
    names = set(headers)
    if {"acheteur.id", "titulaire_id_1"} <= names:
        kind = "decp_export"
    elif names & {"acheteur_id", "acheteur.id"} and names & {"montant"}:
        kind = "decp_tabular"
    else:
        kind = "generic"
    return SourceFile(
        path, name, form, kind, digest, headers, tuple(sample[:SAMPLE_ROWS]), delimiter, header_line, sheet, lost
    )
