"""Makes the modules of this folder and the builders of tests/compile importable beside these tests, which are no
package.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "compile")]
