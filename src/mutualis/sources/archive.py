"""Zips, zips in zips and gzips: opened into a folder of ours, whatever their members are called and however they swell."""

import gzip
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
CHUNK = 1 << 20
GZIP = b"\x1f\x8b"
WORKBOOK_PARTS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}


def is_archive(path: Path) -> bool:
    """Tell a zip of files or a gzip from a workbook, which is a zip too, and from what is neither."""
    if is_gzip(path):
        return True
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return not WORKBOOK_PARTS & set(archive.namelist())
    except zipfile.BadZipFile:
        return True  # opening it says what is wrong


def is_gzip(path: Path) -> bool:
    """Tell one file compressed alone: « decp.csv.gz »."""
    try:
        with path.open("rb") as file:
            return file.read(len(GZIP)) == GZIP
    except OSError:
        return False  # describing it says what is wrong


class Unpacker:
    """Opens the zips of one import, within one allowance of bytes."""

    def __init__(self, workdir: Path) -> None:
        """Unpack into ``workdir``, an existing folder."""
        self._workdir, self._left, self._count = workdir, UNPACKED_BYTES, 0

    def open(self, path: Path, name: str, depth: int = 1) -> Iterator[tuple[Path, str] | Skipped]:
        """Unpack a zip, one member at a time; or a gzip, whose only member keeps its name.

        Args:
            path: the zip or the gzip.
            name: what people see.
            depth: how many zips it stands in, itself included.

        Yields:
            Each member (its copy, its name within the zip), in the order of names; a zip within that cannot be
            opened, as skipped.

        Raises:
            SourceError: the zip is protected, broken, or too large once open.
        """
        try:
            if is_gzip(path):
                yield self._gunzip(path, name), name
                return
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
                f"{name} : ce fichier compressé est abîmé ou d'un type inconnu ({error}). Téléchargez-le de nouveau."
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
        self._take(sum(info.file_size for info in members), name)
        return sorted(members, key=lambda info: info.filename)

    def _take(self, size: int, name: str) -> None:
        self._left -= size
        if self._left < 0:
            raise SourceError(
                f"{name} : une fois ouverts, les zips dépasseraient {UNPACKED_BYTES >> 30} Go. "
                "Importez leurs fichiers un à un."
            )

    def _gunzip(self, path: Path, name: str) -> Path:
        target = self._target()
        with gzip.open(path) as source, target.open("wb") as out:
            # a gzip does not declare its size
            while data := source.read(CHUNK):
                self._take(len(data), name)
                out.write(data)
        return target

    def _target(self) -> Path:
        # our own file name: a member called ../../x writes nowhere else
        self._count += 1
        return self._workdir / f"member-{self._count}"

    def _extract(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Path:
        target = self._target()
        with archive.open(info) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, CHUNK)
        return target
