"""Plans as JSON files."""

from __future__ import annotations

import os

from matchkit.io.reading import read_bytes
from matchkit.io.writing import write_bytes
from matchkit.plan import Plan


def read_plan(path: str | os.PathLike[str]) -> Plan:
    """The plan in a .json file (UTF-8, at most 512 MB).

    Only its form is checked here; ``verify`` says whether it keeps the rules of its problem. Raises InputError,
    BudgetError for a file that is too large and StorageError for one that cannot be read.
    """
    return Plan.from_json(read_bytes(path))


def write_plan(plan: Plan, path: str | os.PathLike[str]) -> None:
    """Write the plan to a file, whole or not at all. Raises StorageError."""
    write_bytes(path, plan.to_json().encode())
