"""Pour a described file into ``raw``: the entry that chooses the reader."""

from collections.abc import Callable

import duckdb

from mutualis.errors import SourceError
from mutualis.sources import document, table
from mutualis.sources.mapping import Mapping, guess_mapping
from mutualis.sources.reading_progress import Tell
from mutualis.sources.source_file import SourceFile

Progress = Callable[[float], None]


def read(
    con: duckdb.DuckDBPyConnection,
    source: SourceFile,
    file_no: int,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> int:
    """Read a file into ``raw`` and ``reject``.

    Args:
        con: a connection where ``create_raw_tables`` was called.
        source: a file found by ``discover``.
        file_no: its number in this dataset.
        mapping: which column is which field. It reads the generic tables (guessed when None) and any official table
            that has its columns; the other official files are read by their own format.
        progress: told the share read, for files that are read bit by bit.

    Returns:
        The number of records read, rejected ones included.

    Raises:
        SourceError: the file breaks off, or its columns cannot be understood.
    """
    is_said = mapping is not None and mapping.problem(source.headers, source.name) is None
    tell = progress or (lambda share: None)
    if source.form in ("json", "xml"):
        document.read(con, source, file_no, tell)
    elif mapping is not None and (is_said or source.kind == "generic"):
        _read_mapped(con, source, file_no, mapping, tell)
    elif source.kind == "decp_export":
        table.read_export(con, source, file_no, tell)
    elif source.kind == "decp_tabular":
        table.read_mapped(con, source, file_no, table.official_mapping(source), tell)
    else:
        _read_mapped(con, source, file_no, guess_mapping(source.headers, source.sample).mapping, tell)
    counts = con.execute(
        "select (select count(distinct row_no) from raw where file_no = $no) + (select count(*) from reject where file_no = $no)",
        {"no": file_no},
    )
    return int(counts.fetchall()[0][0])


def _read_mapped(
    con: duckdb.DuckDBPyConnection, source: SourceFile, file_no: int, mapping: Mapping, tell: Tell
) -> None:
    if problem := mapping.problem(source.headers, source.name):
        raise SourceError(problem)
    table.read_mapped(con, source, file_no, mapping, tell)
