#!/bin/sh
# Makes .venv; on a bare Debian the module that fills it is a package of its own.
set -eu
python=$1
[ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && exit 0
rm -rf .venv
if ! "$python" -m venv .venv >/dev/null 2>&1; then
    rm -rf .venv
    . "$(dirname "$0")/apt_install.sh"
    apt_install python3-venv || { echo "Installez le paquet python3-venv, puis relancez." >&2; exit 1; }
    "$python" -m venv .venv
fi
