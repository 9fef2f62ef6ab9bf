"""An import run as a process of its own: the app stays free, cancelling is certain, memory is given back."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class ImportJob:
    """A running or finished import.

    Attributes:
        share: part done, in [0, 1].
        step: the current step, in French.
        messages: what the import wrote on its error output, progress left out.
        is_cancelled: whether the user stopped it.
    """

    process: subprocess.Popen[str]
    share: float = 0.0
    step: str = "Démarrage"
    messages: list[str] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    is_cancelled: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it still works."""
        return self.process.poll() is None

    def report(self) -> dict[str, object] | None:
        """Give the import's JSON report once it has succeeded."""
        text = "".join(self.output)
        report: dict[str, object] | None = json.loads(text) if self.process.returncode == 0 and text else None
        return report

    def error(self) -> str:
        """Give the sentence that says why it failed."""
        return self.messages[-1] if self.messages else "L'import s'est arrêté sans explication\u202f: relancez-le."

    def cancel(self) -> None:
        """Stop it at once; the version in use stays in use."""
        self.is_cancelled = True
        self.process.kill()


def start(paths: Sequence[str], mapping: Path | None, append: bool) -> ImportJob:
    """Start an import, through the same command line as a nightly job.

    Args:
        paths: files, folders, zips or addresses.
        mapping: a saved mapping, for tables.
        append: add to the version in use.
    """
    command = [
        sys.executable,
        "-m",
        "mutualis",
        "import",
        *paths,
        "--json",
        "--progress",
        "--append" if append else "--replace",
    ]
    if mapping is not None:
        command += ["--mapping", str(mapping)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    job = ImportJob(process)
    threading.Thread(target=_follow_errors, args=(job,), daemon=True).start()
    threading.Thread(target=_follow_output, args=(job,), daemon=True).start()
    return job


def _follow_output(job: ImportJob) -> None:
    assert job.process.stdout is not None
    with job.process.stdout as said:
        job.output.extend(said)


def _follow_errors(job: ImportJob) -> None:
    assert job.process.stderr is not None
    with job.process.stderr as lines:
        for line in lines:
            try:
                said = json.loads(line)
                job.share, job.step = said["share"], said["step"]
            except (ValueError, TypeError, KeyError):
                if line.strip():
                    job.messages.append(line.strip())
