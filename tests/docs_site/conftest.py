"""Makes the modules of this folder importable beside the tests, and the stories, which are scripts beside
each other.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def examples_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes ``import outbreak_week`` the example."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "examples"), *sys.path])
