"""``python -m pmlint``."""

import sys

from pmlint.start import run

sys.exit(run())
