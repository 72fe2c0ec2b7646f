"""Problems as JSON files."""

from __future__ import annotations

import os

from matchkit.io.reading import read_bytes
from matchkit.io.writing import write_bytes
from matchkit.model import Problem


def read(path: str | os.PathLike[str]) -> Problem:
    """The problem in a .json file (UTF-8, with or without a byte order mark; at most 512 MB).

    Raises InputError, which lists every fault by record and field, BudgetError for a file that is too large and
    StorageError for one that cannot be read.
    """
    return Problem.from_json(read_bytes(path))


def problem_to_json(problem: Problem) -> str:
    """The problem as JSON: fields in the order of the records, absent ones left out, moments in UTC.

    The same problem gives the same text, and ``Problem.from_json`` gives an equal problem back.
    """
    return problem.model_dump_json(indent=1, exclude_none=True) + "\n"


def write_problem(problem: Problem, path: str | os.PathLike[str]) -> None:
    """Write the problem to a file, whole or not at all. Raises StorageError."""
    write_bytes(path, problem_to_json(problem).encode())
