"""``python -m pmlint``."""

import sys

from pmlint.cli import run

sys.exit(run())
