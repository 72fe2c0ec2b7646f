"""Makes records drawn at random, of tests/answers, importable beside these tests, which are no package."""

import sys
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parents[1] / name) for name in ("answers", "compile")
]
