"""The way of the data, held by the imports themselves."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted([ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "src").rglob("*.py")])
# Who may import what: prefixes of paths from the root.
MAY_IMPORT = {
    "streamlit": ("app.py", "pages/", "src/mutualis/ui/"),
    "duckdb": ("src/mutualis/quality.py", "src/mutualis/warehouse.py", "src/mutualis/load.py", "src/mutualis/reclassification.py", "src/mutualis/queries.py", "src/mutualis/reference.py", "src/mutualis/sources/",
               "src/mutualis/ui/store.py"),
    "mutualis.ui": ("app.py", "pages/", "src/mutualis/ui/"),
    "mutualis.load": ("src/mutualis/cli.py",),
}  # fmt: skip
PAGE_LINES, MODULE_LINES, SQL_LINES = 120, 250, 80


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_layer_knows_nothing_of_the_next(path: Path):
    place = path.relative_to(ROOT).as_posix()
    for module, allowed in MAY_IMPORT.items():
        if any(name == module or name.startswith(f"{module}.") for name in imports(path)):
            assert place.startswith(allowed), f"{place} imports {module}"


def test_the_model_is_pure():
    for path in (ROOT / "src" / "mutualis" / "scenario").glob("*.py"):
        roots = {name.split(".")[0] for name in imports(path)}
        assert roots <= {"numpy", "scipy", "mutualis"} | sys.stdlib_module_names, path
        mine = {name for name in imports(path) if name.startswith("mutualis.")}
        assert all(name.startswith(("mutualis.scenario", "mutualis.errors", "mutualis.levers")) for name in mine), path


def test_files_stay_small():
    long = [
        f"{path.name}: {n}"
        for path in SOURCES
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    ]
    long += [
        f"{path.name}: {n}"
        for path in (ROOT / "pages").glob("*.py")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > PAGE_LINES
    ]
    long += [
        f"{path.name}: {n}"
        for path in (ROOT / "src").rglob("*.sql")
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > SQL_LINES
    ]
    assert long == []


def test_sql_files_state_their_grain_and_hold_one_statement():
    for path in (ROOT / "src").rglob("*.sql"):
        text = path.read_text(encoding="utf-8")
        assert (
            text.startswith("-- grain: ")
            and "; unit: " in text.splitlines()[0]
            and "; source: " in text.splitlines()[0]
        ), path
        assert ";" not in "".join(line.split("--")[0] for line in text.splitlines()).replace("&lt;", "").rstrip(
            ";"
        ).replace("';'", ""), path


def test_public_functions_have_docstrings():
    bare = []
    for path in SOURCES:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                bare.append(f"{path.name}: {node.name}")
    assert bare == []
