"""A file that tells how much of it was read."""

from collections.abc import Callable
from io import FileIO
from pathlib import Path

Tell = Callable[[float], None]
STEP_BYTES = 1 << 22


class CountingFile(FileIO):
    """A binary file that reports the share read, every few megabytes."""

    def __init__(self, path: Path, tell: Tell) -> None:
        """Open ``path`` for reading; ``tell`` receives shares in [0, 1]."""
        super().__init__(path, "rb")
        self._tell, self._size, self._said = tell, max(path.stat().st_size, 1), 0

    def read(self, size: int | None = -1) -> bytes:
        """Read as ``FileIO.read``, and report."""
        data = super().read(-1 if size is None else size) or b""
        if self.tell() - self._said >= STEP_BYTES:
            self._said = self.tell()
            self._tell(self._said / self._size)
        return data
