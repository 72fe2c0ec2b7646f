"""Makes the generators and oracles of the matching tests importable: test folders are no packages."""

import sys
from pathlib import Path

MATCHING = str(Path(__file__).parents[1] / "solvers")
if MATCHING not in sys.path:
    sys.path.insert(0, MATCHING)
