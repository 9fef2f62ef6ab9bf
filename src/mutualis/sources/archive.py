"""Zips, and zips in zips: opened into a folder of ours, whatever their members are called and however they swell."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from mutualis.errors import SourceError
from mutualis.sources.source_file import Skipped

DEPTH = 3
# What unpacks to more than this, all zips of an import together, is a mistake or a trap.
UNPACKED_BYTES = 20 * 2**30
WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}


def is_archive(path: Path) -> bool:
    """Tell a zip of files from a workbook, which is a zip too, and from what is not a zip at all."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not WORKBOOK_PARTS & set(archive.namelist())
    except zipfile.BadZipFile:
        return True  # opening it says what is wrong


class Unpacker:
    """Opens the zips of one import, within one allowance of bytes."""

    def __init__(self, workdir: Path) -> None:
        """Unpack into ``workdir``, an existing folder."""
        self._workdir, self._left, self._count = workdir, UNPACKED_BYTES, 0

    def open(self, path: Path, name: str, depth: int = 1) -> Iterator[tuple[Path, str] | Skipped]:
        """Unpack a zip, one member at a time.

        Args:
            path: the zip.
            name: what people see.
            depth: how many zips it stands in, itself included.

        Yields:
            Each member (its copy, its name within the zip), in the order of names; a zip within that cannot be
            opened, as skipped.

        Raises:
            SourceError: the zip is protected, broken, or too large once open.
        """
        try:
            with zipfile.ZipFile(path) as archive:
                for info in self._members(archive, name):
                    target, shown = self._extract(archive, info), f"{name}/{info.filename}"
                    if depth < DEPTH and is_archive(target):
                        yield from self._open_within(target, shown, depth + 1)
                    else:
                        yield target, shown
        except RuntimeError:
            raise SourceError(
                f"{name} : ce zip est protégé par un mot de passe. Ouvrez-le puis importez son contenu."
            ) from None
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError) as error:
            raise SourceError(
                f"{name} : ce zip est abîmé ou d'un type inconnu ({error}). Téléchargez-le de nouveau."
            ) from None

    def _open_within(self, path: Path, name: str, depth: int) -> Iterator[tuple[Path, str] | Skipped]:
        try:
            yield from self.open(path, name, depth)
        except SourceError as error:
            yield Skipped(name, str(error).removeprefix(f"{name} : "))

    def _members(self, archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
        members = [
            info for info in archive.infolist() if not info.is_dir() and not Path(info.filename).name.startswith(".")
        ]
        # a member cannot give more than it declares: reading stops there
        self._left -= sum(info.file_size for info in members)
        if self._left < 0:
            raise SourceError(
                f"{name} : une fois ouverts, les zips dépasseraient {UNPACKED_BYTES >> 30} Go. "
                "Importez leurs fichiers un à un."
            )
        return sorted(members, key=lambda info: info.filename)

    def _extract(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Path:
        # our own file name: a member called ../../x writes nowhere else
        self._count += 1
        target = self._workdir / f"member-{self._count}"
        with archive.open(info) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
        return target
