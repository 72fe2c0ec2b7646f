"""Makes the builders of tests/compile, the generators of tests/solving and tests/verification, and those here
importable beside these tests.
"""

import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [
    str(TESTS / folder)
    for folder in ("compile", "explain", "solving", "verification")
    if str(TESTS / folder) not in sys.path
]
