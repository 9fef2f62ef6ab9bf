#!/bin/sh
# The browser tests drive the system's Chromium: install it if it is missing and we may.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
. "$(dirname "$0")/apt_install.sh"
apt_install chromium || { echo "Les tests du navigateur demandent Chromium : installez le paquet chromium, puis relancez." >&2; exit 1; }
