#!/bin/sh
# Compiles the exact versions from pyproject.toml: the application's, then the developers', which agree with them.
set -eu
.venv/bin/python -m pip install --quiet --disable-pip-version-check uv
compile() {
    .venv/bin/uv pip compile --quiet --universal --upgrade --no-header --no-annotate pyproject.toml "$@"
}
with_project() {
    echo "# Compilé de pyproject.toml par « make lock » : ne pas modifier à la main."
    echo "-e ."
    cat
}
compile | with_project >requirements.txt
grep -v '^-e' requirements.txt >constraints.lock
compile --extra dev --constraint constraints.lock | with_project >requirements-dev.txt
rm constraints.lock
