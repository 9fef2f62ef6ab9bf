"""The documentation cites only what exists."""

import re
from pathlib import Path

import pytest

from mutualis.cli import main

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "data" / "README.md", *(ROOT / "docs").rglob("*.md")]


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_and_paths_exist(path: Path):
    text = path.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not (path.parent / link).exists()] == []
    cited = re.findall(r"`((?:src|pages|tests|data|docs|\.streamlit)/[\w./-]*)`", text)
    assert [place for place in cited if not (ROOT / place).exists() and place != "data/home"] == []


def test_make_targets_exist():
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    cited = {target for path in DOCS for target in re.findall(r"`?make (\w+)", path.read_text(encoding="utf-8"))}
    assert cited <= targets


def test_commands_exist(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--help"])
    known = capsys.readouterr().out
    cited = {name for path in DOCS for name in re.findall(r"mutualis (\w+)", path.read_text(encoding="utf-8"))}
    assert {name for name in cited if name in {"demo", "import", "quality", "datasets", "query"}} <= set(
        re.findall(r"\w+", known)
    )
    for name in ("demo", "import", "quality", "datasets", "query"):
        assert name in known


def test_every_code_term_of_the_glossary_is_in_the_code():
    code = "".join(
        path.read_text(encoding="utf-8")
        for suffix in ("py", "sql", "csv")
        for folder in ("src", "data")
        for path in (ROOT / folder).rglob(f"*.{suffix}")
    )
    terms = re.findall(r"\| `(\w+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
    assert [term for term in terms if term not in code] == []


def test_no_path_of_a_machine_in_the_project():
    secret = "/" + "work/"
    found = [path for path in ROOT.rglob("*") if path.suffix in {".py", ".md", ".sql", ".toml", ".sh", ".txt", ".js", ".css"}
             and not {".venv", ".git"} & set(path.parts) and secret in path.read_text(encoding="utf-8")]  # fmt: skip
    assert found == []
