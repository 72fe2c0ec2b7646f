"""Where public instances are found: they are nobody's to copy into the project."""

from __future__ import annotations

import csv
import os
from pathlib import Path

from benchmarks.process import ROOT
from benchmarks.registry import SkippedError


def folder(name: str, file: str) -> Path:
    """The folder ``name`` with this file in it, in MATCHKIT_DATA or ../shared/data. Raises SkippedError where
    it is in neither.
    """
    roots = (
        [Path(os.environ["MATCHKIT_DATA"])] if os.environ.get("MATCHKIT_DATA") else []
    )
    for root in (*roots, ROOT.parent / "shared" / "data"):
        if (root / name / file).is_file():
            return root / name
    raise SkippedError(
        f"the public instances {name} are neither in the folder MATCHKIT_DATA nor in ../shared/data "
        "beside the project"
    )


def records(path: Path) -> list[dict[str, str]]:
    """A CSV file's rows by column name."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
