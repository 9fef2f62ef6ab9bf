"""What is known of a file before it is read: its kind, its encoding, where its header stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """One readable file.

    Attributes:
        path: where it lies, in UTF-8 for text (a copy when it was not).
        name: what people see: a file's name, ``lot.zip/2019.json``, an address.
        form: ``csv``, ``parquet``, ``sheet``, ``json`` or ``xml``.
        kind: ``decp_tabular``, ``decp_export``, ``decp_json``, ``decp_xml`` or ``generic``.
        digest: SHA-256 of the file as it came, in hexadecimal.
        headers: column names, made unique (tables only).
        sample: first rows as text, for the mapping screen (tables only).
        delimiter: of a CSV.
        header_line: records before the first row, header included (CSV), or its row in the sheet.
        sheet: name of the sheet read (spreadsheets only).
        replacement_characters: U+FFFD found: letters lost before the file came here.
        record_paths: where the contracts stand in a JSON.
    """

    path: Path
    name: str
    form: str
    kind: str
    digest: str
    headers: tuple[str, ...] = ()
    sample: tuple[tuple[str | None, ...], ...] = ()
    delimiter: str = ","
    header_line: int = 1
    sheet: str = ""
    replacement_characters: int = 0
    record_paths: tuple[str, ...] = ()

    @property
    def content(self) -> str:
        """What two files that say the same have in common; the sheets of a workbook share its digest."""
        return f"{self.digest}/{self.sheet}" if self.sheet else self.digest


@dataclass(frozen=True)
class Skipped:
    """A file of a folder or a zip, or a sheet of a workbook, that is not spend data, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Discovery:
    """The files to read, in reading order, and those left aside."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...] = ()

    def without_repeats(self, known: Mapping[str, str]) -> "Discovery":
        """Leave aside the files that say again what another says: their lines would count twice.

        Args:
            known: content → name of the files read before these.
        """
        names, files, repeats = dict(known), [], []
        for file in self.files:
            if file.content in names:
                repeats.append(Skipped(file.name, f"même contenu que « {names[file.content]} », déjà chargé"))
            else:
                names[file.content] = file.name
                files.append(file)
        return Discovery(tuple(files), (*self.skipped, *repeats))

    @property
    def replacement_characters(self) -> int:
        """U+FFFD found in all the files."""
        return sum(file.replacement_characters for file in self.files)
