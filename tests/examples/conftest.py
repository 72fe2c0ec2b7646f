"""Examples are scripts beside each other: tests import them from their own folder."""

import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(autouse=True)
def examples_on_path(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])


@pytest.fixture
def data(examples_on_path, capsys):
    """A function from a folder's name to its path; skips with the reason where the public data are
    missing.
    """
    from public_data import public_data

    def found(name):
        folder = public_data(name)
        if folder is None:
            pytest.skip(capsys.readouterr().out.strip())
        return folder

    return found
