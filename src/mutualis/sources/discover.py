"""Find the readable files behind paths, folders, zips and addresses; tell their kind by their content."""

import hashlib
import shutil
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlparse

from mutualis.errors import SourceError
from mutualis.sources import inspect_file
from mutualis.sources.archive import Unpacker, is_archive
from mutualis.sources.mapping import Mapping, guess_mapping
from mutualis.sources.source_file import Discovery, Skipped, SourceFile

TIMEOUT_SECONDS = 60

# A file on disk, what people see, whether the user named this very file.
Candidate = tuple[Path, str, bool]


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
    workdir.mkdir(parents=True, exist_ok=True)
    unpacker = Unpacker(workdir)
    for number, path in enumerate(paths):
        folder = workdir / str(number)
        folder.mkdir()
        for candidate in _expand(str(path), folder, unpacker):
            if isinstance(candidate, Skipped):
                skipped.append(candidate)
                continue
            found, name, is_named = candidate
            try:
                described = _describe(found, name, folder)
                for source in described.files if guess else ():
                    _refuse_unmapped(source, mapping)
            except SourceError as error:
                if is_named:
                    raise
                skipped.append(Skipped(name, str(error).removeprefix(f"{name} : ")))
            else:
                files.extend(described.files)
                skipped.extend(described.skipped)
    return Discovery(tuple(files), tuple(skipped))


def _describe(path: Path, name: str, workdir: Path) -> Discovery:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return inspect_file.inspect(path, name, digest, workdir)
    except OSError as error:
        raise SourceError(
            f"{name} : fichier illisible ({error.strerror or error}). Vérifiez vos droits d'accès."
        ) from None


def _refuse_unmapped(source: SourceFile, mapping: Mapping | None) -> None:
    if source.kind == "generic":
        chosen = mapping or guess_mapping(source.headers, source.sample).mapping
        if problem := chosen.problem(source.headers, source.name):
            raise SourceError(problem)


def _expand(text: str, workdir: Path, unpacker: Unpacker) -> Iterator[Candidate | Skipped]:
    if urlparse(text).scheme in ("http", "https"):
        path, name = _download(text, workdir), text
    else:
        path = Path(text).expanduser()
        name = path.name
    # an empty path, from an unset variable, is not the current folder
    if not text or not path.exists():
        raise SourceError(f"{text} : fichier introuvable. Vérifiez le chemin.")
    if path.is_dir():
        yield from _walk(path, unpacker)
    elif is_archive(path):
        yield from _members(path, name, unpacker)
    else:
        yield path, name, True


def _walk(folder: Path, unpacker: Unpacker) -> Iterator[Candidate | Skipped]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        name = path.relative_to(folder).as_posix()
        try:
            if is_archive(path):
                yield from _members(path, name, unpacker)
            else:
                yield path, name, False
        except (SourceError, OSError) as error:
            yield Skipped(name, str(error).removeprefix(f"{name} : "))


def _members(path: Path, name: str, unpacker: Unpacker) -> Iterator[Candidate | Skipped]:
    for member in unpacker.open(path, name):
        yield member if isinstance(member, Skipped) else (*member, False)


def _download(address: str, workdir: Path) -> Path:
    target = workdir / "download"
    request = urllib.request.Request(address, headers={"User-Agent": "mutualis"})
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer, target.open("wb") as out:
            if answer.status != 200:
                raise OSError(f"réponse {answer.status}")
            shutil.copyfileobj(answer, out, 1 << 20)
            promised = answer.headers.get("Content-Length", "")
        if promised.isdigit() and target.stat().st_size < int(promised):
            raise OSError(f"coupé après {target.stat().st_size} octets sur {promised}")
    except (OSError, ValueError, HTTPException) as error:
        why = str(error) or type(error).__name__
        raise SourceError(f"{address} : téléchargement impossible ({why}). Vérifiez l'adresse et le réseau.") from None
    return target
