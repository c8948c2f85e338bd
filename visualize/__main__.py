"""``python -m visualize``: the command line, where the command ``glassgrad`` is not on PATH."""

import sys

from visualize.cli.main import main

sys.exit(main())
