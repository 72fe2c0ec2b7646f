"""The stories are scripts beside each other: tests import them from their own folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def examples_on_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes ``import outbreak_week`` the example."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "examples"), *sys.path])
