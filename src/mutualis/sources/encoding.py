"""Text files of any usual encoding, given as UTF-8."""

import codecs
import re
from pathlib import Path

CHUNK = 1 << 20
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAN = re.compile(rb"(:\s*|\[\s*|,\s*)(?:NaN|-?Infinity)(?=\s*(?:[,\]}]|$))")
# A byte that is not UTF-8 comes out of the decoder as a lone surrogate.
ESCAPED, BEYOND_ASCII = re.compile("[\udc80-\udcff]"), re.compile(r"[^\x00-\x7f]")
LETTERS_PER_BROKEN = 4
REPLACEMENT = "\ufffd".encode()


def detect(path: Path) -> str:
    """Tell a text file's encoding: its mark, else UTF-16 by its zeros, else UTF-8 or CP1252 by its accents.

    A UTF-8 file with some broken letters (texts cut at a fixed length) stays UTF-8: those letters are lost, and
    counted, rather than every accent of the file misread.

    Returns:
        ``utf-8`` when the file can be read as it stands, else the codec to transcode it from.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    for mark, name in BOMS:
        if head.startswith(mark):
            return name
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1:2] == b"\0" else "utf-16-be"
    accents, broken = _count_utf8_letters(path)
    if not broken:
        return "utf-8"
    return "utf-8-sig" if accents > LETTERS_PER_BROKEN * broken else "cp1252"


def to_utf8(path: Path, workdir: Path) -> tuple[Path, int]:
    """Give a UTF-8 file without mark and the number of U+FFFD it carries.

    Args:
        path: a text file.
        workdir: where a copy goes when the file is of another encoding.

    Returns:
        The file itself or its copy, and the count of letters lost before it came here.
    """
    encoding = detect(path)
    if encoding == "utf-8":
        return path, _count_replacements(path)
    copy = workdir / f"{abs(hash(path))}-{path.name}.utf8"
    with (
        path.open(encoding=encoding, errors="replace", newline="") as source,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        while text := source.read(CHUNK):
            out.write(text)
    return copy, _count_replacements(copy)


def without_nan(path: Path, workdir: Path) -> Path:
    """Give a JSON file without the bare ``NaN`` that pandas writes and that JSON has no word for.

    Args:
        path: a UTF-8 JSON file.
        workdir: where a copy goes when there is one to mend.
    """
    with path.open("rb") as file:
        if not any(NAN.search(line) for line in file):
            return path
        file.seek(0)
        copy = workdir / f"{path.name}.strict.json"
        with copy.open("wb") as out:
            out.writelines(NAN.sub(rb"\1null", line) for line in file)
    return copy


def _count_utf8_letters(path: Path) -> tuple[int, int]:
    """Count the letters beyond ASCII that are sound UTF-8, and the bytes that are not."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    accents = broken = 0
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            text = decoder.decode(data)
            if not text.isascii():
                escaped = len(ESCAPED.findall(text))
                broken += escaped
                accents += len(BEYOND_ASCII.findall(text)) - escaped
    broken += len(decoder.decode(b"", final=True))
    return accents, broken


def _count_replacements(path: Path) -> int:
    count, tail = 0, b""
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            data = tail + data
            count += data.count(REPLACEMENT)
            # the three bytes may straddle two chunks; a whole one at the end is not counted twice
            tail = b"" if data.endswith(REPLACEMENT) else data[-2:]
    return count
