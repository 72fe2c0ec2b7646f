"""Makes the generators and oracles of this folder importable: test folders are no packages."""

import sys
from pathlib import Path

if str(Path(__file__).parent) not in sys.path:
    sys.path.insert(0, str(Path(__file__).parent))
