"""A program is solved in parts only where no row joins them."""

from __future__ import annotations

import numpy as np
import pytest

from matchkit.engines.program import Program
from matchkit.solvers.mip import independent


def program(size: int, *rows: tuple[int, ...]) -> Program:
    """A program whose rows join these variables."""
    entries = [variable for row in rows for variable in row]
    return Program(
        lower=np.zeros(size, np.int64),
        upper=np.ones(size, np.int64),
        gain=np.ones(size, np.int64),
        first=np.cumsum([0, *map(len, rows)]).astype(np.int64),
        column=np.array(entries, np.int32),
        coefficient=np.ones(len(entries), np.int64),
        low=np.zeros(len(rows), np.int64),
        high=np.ones(len(rows), np.int64),
    )


def test_variables_that_rows_join_stay_together_also_through_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(independent, "BATCH", 1)
    found = independent.components_of(program(8, (0, 5), (1, 2), (5, 3), (), (7, 3)))
    assert [part.tolist() for part in found] == [[0, 3, 5, 7], [1, 2], [4], [6]]


def test_small_parts_are_taken_together_until_a_batch_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(independent, "BATCH", 4)
    found = independent.components_of(program(8, (0, 5), (1, 2), (5, 3), (), (7, 3)))
    assert [part.tolist() for part in found] == [[0, 3, 5, 7], [1, 2, 4, 6]]
