"""Rows that Python splits: workbooks, and the CSV that strict CSV refuses; numbered, in batches.

A ragged line costs that line, never its neighbours: it is padded, mended or set aside with its number.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from io import TextIOWrapper
from itertools import islice
from typing import Any

import duckdb
import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook

from mutualis.sources import header
from mutualis.sources.raw import add_reject
from mutualis.sources.reading_progress import Tell
from mutualis.sources.source_file import SourceFile

BATCH = 20_000
ROW_NO = "mutualis row"

# A record's number, its cells (None: it does not split) and the text it was written as.
Numbered = tuple[int, list[str] | None, str]


def pour(con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, tell: Tell) -> None:
    """Put a file's rows in the temporary table ``table_rows`` with their number; reject those that do not fit.

    Args:
        con: a connection where ``create_raw_tables`` was called.
        source: a workbook or a CSV.
        file_no: its number in this dataset.
        tell: told the share read.
    """
    numbered = _sheet_rows(source, tell) if source.form == "sheet" else _csv_rows(source, tell)
    names = (*source.headers, ROW_NO)
    con.register("incoming", _as_table([], names))
    con.execute("create or replace temp table table_rows as from incoming")
    fitting = _fitting(con, file_no, len(source.headers), numbered)
    while batch := list(islice(fitting, BATCH)):
        con.register("incoming", _as_table(batch, names))
        con.execute("insert into table_rows from incoming")
    con.unregister("incoming")


def _fitting(
    con: duckdb.DuckDBPyConnection, file_no: int, width: int, numbered: Iterable[Numbered]
) -> Iterator[tuple[str | int | None, ...]]:
    for row_no, cells, text in numbered:
        if cells is None or any(cell.strip() for cell in cells[width:]):
            add_reject(con, file_no, row_no, text.rstrip("\r\n"), "malformed_row")
        else:
            padding = [None] * (width - len(cells))
            yield (*(cell or None for cell in cells[:width]), *padding, row_no)


def _as_table(rows: list[tuple[str | int | None, ...]], names: tuple[str, ...]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    types = [pa.string()] * (len(names) - 1) + [pa.int64()]
    return pa.table([pa.array(column, kind) for column, kind in zip(columns, types, strict=True)], names=list(names))


def _sheet_rows(source: SourceFile, tell: Tell) -> Iterator[Numbered]:
    sheet = CalamineWorkbook.from_path(source.path.as_posix()).get_sheet_by_name(source.sheet)
    rows = islice(_spread(sheet), source.header_line, None)
    for number, row in enumerate(rows, start=1):
        cells = [cell or "" for cell in header.as_text_row(row)]
        if number % BATCH == 0:
            tell(number / max(sheet.total_height, 1))
        yield number, cells, source.delimiter.join(cells)


def _spread(sheet: CalamineSheet) -> Iterator[list[Any]]:
    """Give the rows of a sheet, the words of a cell merged over several repeated in each; a number may be one sum for all."""
    # rows are given from the first of the sheet, cells from its first column that is not blank
    _, left = sheet.start or (0, 0)
    merged: dict[int, list[tuple[int, int]]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > first and 0 <= column - left < sheet.width:
            merged.setdefault(first, []).append((column - left, last))
    spread: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(sheet.iter_rows()):
        spread = {column: (last, cell) for column, (last, cell) in spread.items() if number <= last}
        for column, (_, cell) in spread.items():
            row[column] = cell
        for column, last in merged.get(number, ()):
            if isinstance(row[column], str | date):
                spread[column] = (last, row[column])
        yield row


def _csv_rows(source: SourceFile, tell: Tell) -> Iterator[Numbered]:
    size, number = max(source.path.stat().st_size, 1), 0
    with source.path.open("rb") as file, TextIOWrapper(file, encoding="utf-8", newline="") as lines:
        for cells, text in islice(_records(lines, source.delimiter, len(source.headers)), source.header_line, None):
            # a blank line is no record, to us as to the database
            if cells is None or cells:
                number += 1
                if number % BATCH == 0:
                    tell(file.tell() / size)
                yield number, cells, text


def _records(lines: Iterable[str], delimiter: str, width: int) -> Iterator[tuple[list[str] | None, str]]:
    """Split lines into records; when quotes go wrong, the lines they swallowed are split one by one."""
    held: list[str] = []

    def remembered() -> Iterator[str]:
        for line in lines:
            held.append(line)
            yield line

    reader = csv.reader(remembered(), delimiter=delimiter, strict=True)
    while True:
        held.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is not None and (len(held) == 1 or len(cells) == width):
            yield cells, held[0]
        else:
            yield from ((_alone(line, delimiter, width), line) for line in held)


def _alone(line: str, delimiter: str, width: int) -> list[str] | None:
    """Split one line, a lone quote being a plain character; None when no reading has the right width."""
    bare = line.rstrip("\r\n")
    plain = bare.split(delimiter)
    readings = [[cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in plain]]
    # a separator within quotes that are not closed as they should
    readings.extend(csv.reader([bare], delimiter=delimiter))
    if not bare:
        return []
    return next((cells for cells in readings if len(cells) == width), plain if len(plain) < width else None)
