"""``python -m mutualis``: the command line."""

import sys

from mutualis.cli import main

sys.exit(main())
