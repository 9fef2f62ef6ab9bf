#!/bin/sh
# The browser tests drive the system's Chromium: install what is missing, if we may.
set -eu
. "$(dirname "$0")/apt_install.sh"
has_chromium() {
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    return 1
}
need() {
    apt_install "$1" || { echo "Les tests du navigateur demandent le paquet $1 : installez-le, puis relancez." >&2; exit 1; }
}
has_chromium || need chromium
# Playwright's own driver asks for a library that a bare Debian lacks
.venv/bin/playwright --version >/dev/null 2>&1 || need libatomic1
