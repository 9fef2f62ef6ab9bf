"""Pour a described file into ``raw``: the entry that chooses the reader."""

from collections.abc import Callable

import duckdb

from mutualis.errors import SourceError
from mutualis.sources import document, table
from mutualis.sources.mapping import Mapping, guess_mapping
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
        mapping: which column is which field; for tables only. Guessed for a generic file when None.
        progress: told the share read, for files that are read bit by bit.

    Returns:
        The number of records read, rejected ones included.

    Raises:
        SourceError: the file breaks off, or its columns cannot be understood.
    """
    if source.form in ("json", "xml"):
        document.read(con, source, file_no, progress or (lambda share: None))
    elif mapping is None and source.kind == "decp_export":
        table.read_export(con, source, file_no)
    elif mapping is None and source.kind == "decp_tabular":
        table.read_mapped(con, source, file_no, table.official_mapping(source.headers))
    else:
        chosen = mapping or guess_mapping(source.headers, source.sample).mapping
        if problem := chosen.problem(source.headers, source.name):
            raise SourceError(problem)
        table.read_mapped(con, source, file_no, chosen)
    counts = con.execute(
        "select (select count(distinct row_no) from raw where file_no = $no) + (select count(*) from reject where file_no = $no)",
        {"no": file_no},
    )
    return int(counts.fetchall()[0][0])
