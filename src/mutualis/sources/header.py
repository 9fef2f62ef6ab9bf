"""Where a table starts: its delimiter and its header row, under titles and blank lines if need be."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import zip_longest

from rapidfuzz import fuzz, process

from mutualis.fields import FIELDS
from mutualis.sources.words import essential

DELIMITERS = ";,\t|"
# Past it, a cell is a quote that was never closed.
CELL_BYTES = 1 << 22
csv.field_size_limit(CELL_BYTES)
SEARCHED_ROWS = 40
LIKELY = 85

Row = tuple[str | None, ...]

KNOWN_HEADERS = sorted({essential(alias) for field in FIELDS for alias in (*field.aliases, field.label)})


def find_delimiter(text: str) -> str | None:
    """Find the separator that splits most lines in the same number of cells, at least two."""
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in split(text, delimiter)[0][:SEARCHED_ROWS] if len(row) > 1]
        if not widths:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width))
        score = widths.count(usual) * (usual - 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def split(text: str, delimiter: str) -> tuple[list[tuple[str | None, ...]], list[int]]:
    """Split the head of a CSV.

    Args:
        text: its first characters, to the end of a line.
        delimiter: one character.

    Returns:
        Its non-blank rows and, for each, its number among the records, blank ones included: a header of two lines
        within quotes is one record, to us as to the database.
    """
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows, lines = [], []
    try:
        for number, row in enumerate(reader, start=1):
            if any(cell.strip() for cell in row):
                rows.append(tuple(cell.strip() or None for cell in row))
                lines.append(number)
            if len(rows) > 3 * SEARCHED_ROWS:
                break
    except csv.Error:  # a cell larger than csv allows: the rows before it are enough
        pass
    return rows, lines


def find(rows: Sequence[Row]) -> tuple[int, Row]:
    """Find the header among the first rows: the one with most known names, else the first as wide as the table.

    Returns:
        The place of its last row, and the names; those of a header of two rows are joined: « Titulaire » over « SIRET ».
    """
    searched = rows[:SEARCHED_ROWS]
    best = max(range(len(searched)), key=lambda i: (score(searched[i]), -i))
    if score(searched[best]) < 2:
        width = max(sum(cell is not None for cell in row) for row in searched)
        # a sheet of notes has one column: it has no header, and its first row will do
        wide = (i for i, row in enumerate(searched) if sum(cell is not None for cell in row) >= max(2, width - 1))
        best = next(wide, 0)
        return best, searched[best]
    for group in (best, best - 1):
        if 0 <= group < len(searched) - 1 and _is_group(searched[group], searched[group + 1]):
            return group + 1, _joined(searched[group], searched[group + 1])
    return best, searched[best]


def _is_group(row: Row, below: Row) -> bool:
    """Tell whether two rows are one header: words alone, that say more together than apart."""
    has_figures = any(char.isdigit() for cell in (*row, *below) if cell for char in cell)
    return not has_figures and score(_joined(row, below)) > max(score(row), score(below))


def _joined(groups: Row, row: Row) -> Row:
    names: list[str | None] = []
    group = None
    for above, cell in zip_longest(groups, row):
        group = above or group
        names.append(f"{group} {cell}" if cell and group and not _is_known(cell) else cell or above)
    return tuple(names)


def score(row: Iterable[str | None]) -> int:
    """Count the cells of a row that read like a header we know."""
    return sum(_is_known(cell) for cell in row if cell)


def _is_known(cell: str) -> bool:
    text = essential(cell)
    return (
        bool(text)
        and len(text) < 60
        and process.extractOne(text, KNOWN_HEADERS, scorer=fuzz.token_sort_ratio, score_cutoff=LIKELY) is not None
    )


def unique(row: Sequence[str | None]) -> tuple[str, ...]:
    """Name every column once: an empty header takes its place's number, a repeated one a suffix."""
    seen: dict[str, int] = {}
    names = []
    for place, cell in enumerate(row, start=1):
        # a zero byte ends a name, to the database
        name = " ".join((cell or "").replace("\0", "").split()) or f"colonne {place}"
        # the database does not tell « typePrix » from « TypePrix »
        seen[name.lower()] = seen.get(name.lower(), 0) + 1
        names.append(name if seen[name.lower()] == 1 else f"{name} ({seen[name.lower()]})")
    return tuple(names)


def as_text_rows(rows: Iterable[Sequence[object]]) -> list[tuple[str | None, ...]]:
    """Give typed cells as text: whole numbers without « .0 », dates as AAAA-MM-JJ; blank rows are left out."""
    text = (as_text_row(row) for row in rows)
    return [row for row in text if any(cell is not None for cell in row)]


def as_text_row(row: Iterable[object]) -> tuple[str | None, ...]:
    """Give one row of typed cells as text, blank cells as None."""
    return tuple(_as_text(cell) for cell in row)


def _as_text(cell: object) -> str | None:
    if isinstance(cell, float):
        # a cell that is a number has a decimal point: « 1.200 », its last zero kept, may be a text that parts thousands
        text = str(int(cell)) if cell.is_integer() else str(cell)
        return f"{text}0" if text[-4:-3] == "." else text
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    text = "" if cell is None else str(cell).strip()
    return text or None
