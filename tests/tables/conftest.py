"""Makes the modules of this folder, and the generators of problems of other folders, importable."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FOLDERS = (HERE, HERE.parent / "solving", HERE.parent / "compile")
sys.path[:0] = [str(folder) for folder in FOLDERS if str(folder) not in sys.path]


@pytest.fixture
def root():
    """The root of the project."""
    return HERE.parents[1]
