"""Makes the modules of this folder, and the generators and oracles of compile's and verify's tests,
importable.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [
    str(folder)
    for folder in (HERE, HERE.parent / "compile", HERE.parent / "verification")
    if str(folder) not in sys.path
]
