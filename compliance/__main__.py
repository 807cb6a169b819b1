"""``python -m compliance``."""

import sys

from compliance.cli.main import run

sys.exit(run())
