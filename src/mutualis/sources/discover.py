"""Find the readable files behind paths, folders, zips and addresses; tell their kind by their content."""

import hashlib
import shutil
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

from mutualis.errors import SourceError
from mutualis.sources import inspect_file
from mutualis.sources.mapping import Mapping, guess_mapping
from mutualis.sources.source_file import SourceFile

TIMEOUT_SECONDS = 60
ZIP_DEPTH = 3
# A zip that unpacks to more than this is a mistake or a trap.
ZIP_BYTES = 20 * 2**30


@dataclass(frozen=True)
class Skipped:
    """A file of a folder or a zip that is not spend data, and why."""

    name: str
    why: str


@dataclass(frozen=True)
class Discovery:
    """The files to read, in reading order, and those left aside."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...]


def discover(
    paths: Sequence[str | Path], workdir: Path, mapping: Mapping | None = None, *, guess: bool = True
) -> Discovery:
    """Find the source files behind what the user named.

    Args:
        paths: files, folders (walked whole), zips (of zips too) or http(s) addresses.
        workdir: an empty folder for what is unpacked, downloaded or transcoded.
        mapping: how generic tables are to be read; guessed when None.
        guess: whether a table that no mapping reads is refused; False on the screen where one is being made.

    Returns:
        The files, each folder in the order of its names, and what was left aside.

    Raises:
        SourceError: a named file does not exist, cannot be fetched or opened, or is not spend data.
    """
    files: list[SourceFile] = []
    skipped: list[Skipped] = []
    for number, path in enumerate(paths):
        folder = workdir / str(number)
        folder.mkdir(parents=True)
        for found, name, is_named in _expand(str(path), folder):
            try:
                source = inspect_file.inspect(found, name, _digest(found), folder)
                if guess:
                    _refuse_unmapped(source, mapping)
                files.append(source)
            except SourceError as error:
                if is_named:
                    raise
                skipped.append(Skipped(name, str(error).removeprefix(f"{name} : ")))
    return Discovery(tuple(files), tuple(skipped))


def _refuse_unmapped(source: SourceFile, mapping: Mapping | None) -> None:
    if source.kind == "generic":
        chosen = mapping or guess_mapping(source.headers, source.sample).mapping
        if problem := chosen.problem(source.headers, source.name):
            raise SourceError(problem)


def _expand(text: str, workdir: Path) -> Iterator[tuple[Path, str, bool]]:
    """Yield (path on disk, shown name, whether the user named this very file)."""
    if urlparse(text).scheme in ("http", "https"):
        path = _download(text, workdir)
        yield from (
            _open_zip(path, text, workdir)
            if zipfile.is_zipfile(path) and not _is_workbook(path)
            else [(path, text, True)]
        )
        return
    path = Path(text).expanduser()
    if not path.exists():
        raise SourceError(f"{text} : fichier introuvable. Vérifiez le chemin.")
    if not path.is_dir():
        yield from (
            _open_zip(path, path.name, workdir)
            if zipfile.is_zipfile(path) and not _is_workbook(path)
            else [(path, path.name, True)]
        )
        return
    for member in sorted(path.rglob("*")):
        if member.is_file() and not member.name.startswith("."):
            name = str(member.relative_to(path))
            inside = workdir / str(abs(hash(name)))
            if zipfile.is_zipfile(member) and not _is_workbook(member):
                inside.mkdir()
                yield from ((found, shown, False) for found, shown, _ in _open_zip(member, name, inside))
            else:
                yield member, name, False


def _is_workbook(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    return any(name in names for name in ("xl/workbook.xml", "xl/workbook.bin", "content.xml"))


def _open_zip(path: Path, name: str, workdir: Path, depth: int = 1) -> Iterator[tuple[Path, str, bool]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [
                info
                for info in archive.infolist()
                if not info.is_dir() and not Path(info.filename).name.startswith(".")
            ]
            if sum(info.file_size for info in members) > ZIP_BYTES:
                raise SourceError(
                    f"{name} : une fois ouvert, ce zip dépasserait {ZIP_BYTES >> 30} Go. Importez ses fichiers un à un."
                )
            for number, info in enumerate(sorted(members, key=lambda info: info.filename)):
                # our own file name: a member called ../../x writes nowhere else
                target = workdir / f"{depth}-{number}{Path(info.filename).suffix[:8]}"
                with archive.open(info) as source, target.open("wb") as out:
                    shutil.copyfileobj(source, out)
                shown = f"{name}/{info.filename}"
                if zipfile.is_zipfile(target) and not _is_workbook(target) and depth < ZIP_DEPTH:
                    inside = workdir / f"in-{depth}-{number}"
                    inside.mkdir()
                    yield from _open_zip(target, shown, inside, depth + 1)
                else:
                    yield target, shown, False
    except RuntimeError:
        raise SourceError(
            f"{name} : ce zip est protégé par un mot de passe. Ouvrez-le puis importez son contenu."
        ) from None
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        raise SourceError(
            f"{name} : ce zip est abîmé ou d'un type inconnu ({error}). Téléchargez-le de nouveau."
        ) from None


def _download(address: str, workdir: Path) -> Path:
    target = workdir / (Path(urlparse(address).path).name or "fichier")
    request = urllib.request.Request(address, headers={"User-Agent": "mutualis"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer, target.open("wb") as out:
            shutil.copyfileobj(answer, out, 1 << 20)
    except (OSError, ValueError) as error:
        raise SourceError(
            f"{address} : téléchargement impossible ({error}). Vérifiez l'adresse et le réseau."
        ) from None
    return target


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
