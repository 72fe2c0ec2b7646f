"""Examples are scripts beside each other: tests import them from their own folder."""

import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def examples_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes ``import rules`` the example."""
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])
