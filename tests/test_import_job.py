"""An import from the screen: its progress is told, cancelling changes nothing, an error is its sentence."""

import time
from pathlib import Path

import pytest

from mutualis import load, warehouse
from mutualis.ui import import_job

ROW = "acheteur_id,acheteur_nom,montant,dateNotification,titulaire_id,id\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUTUALIS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def wait(job: import_job.ImportJob, until) -> None:
    for _ in range(600):
        if until():
            return
        time.sleep(0.05)
    raise TimeoutError(job.step)


def table(folder: Path, n: int) -> Path:
    path = folder / f"{n}.csv"
    path.write_text(
        ROW + "".join(f"21130055300016,Marseille,{100 + i},2025-01-01,80268496900016,{i}\n" for i in range(n))
    )
    return path


def test_an_import_reports(home: Path, tmp_path: Path):
    job = import_job.start([str(table(tmp_path, 3))], None, append=False)
    wait(job, lambda: not job.is_running)
    wait(job, lambda: job.report() is not None)
    report = job.report()
    assert report is not None and report["total"]["rows_kept"] == 3  # type: ignore[index]
    assert job.share == 1.0


def test_cancelling_leaves_the_version_in_use(home: Path, tmp_path: Path):
    version = load.import_files(home, [table(tmp_path, 3)]).dataset_version
    job = import_job.start([str(table(tmp_path, 200_000))], None, append=False)
    wait(job, lambda: job.share > 0 or not job.is_running)
    assert job.is_running
    job.cancel()
    wait(job, lambda: not job.is_running)
    assert job.is_cancelled and job.report() is None
    assert warehouse.current_version(home) == version


def test_an_error_is_its_sentence(home: Path):
    job = import_job.start(["nowhere.csv"], None, append=False)
    wait(job, lambda: not job.is_running and job.messages)
    assert job.error() == "nowhere.csv : fichier introuvable. Vérifiez le chemin."
