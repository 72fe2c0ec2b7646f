"""Rows of an integer program, collected in any order, come out as compressed rows."""

from __future__ import annotations

import numpy as np

from matchkit.engines.builder import ProgramBuilder
from matchkit.engines.program import FREE


def test_rows_keep_the_order_of_their_entries_whatever_order_they_are_given_in() -> (
    None
):
    builder = ProgramBuilder(np.zeros(2, np.int64), np.array([3, 5]))
    more = builder.variables(2, [7, 8], lower=1)
    builder.rows(
        2, np.array([1, 0, 1]), np.array([3, 0, 2]), [4, 1, 6], low=[0, -1], high=9
    )
    builder.row([1, 2], 2, high=5)
    program = builder.program(np.arange(4))
    assert more.tolist() == [2, 3]
    assert (program.lower.tolist(), program.upper.tolist()) == (
        [0, 0, 1, 1],
        [3, 5, 7, 8],
    )
    assert program.first.tolist() == [0, 1, 3, 5]
    assert program.column.tolist() == [0, 3, 2, 1, 2]
    assert program.coefficient.tolist() == [1, 4, 6, 2, 2]
    assert program.low.tolist() == [0, -1, -FREE]
    assert program.high.tolist() == [9, 9, 5]


def test_a_row_without_entries_is_kept_and_gains_are_0_unless_given() -> None:
    builder = ProgramBuilder(np.zeros(1, np.int64), np.ones(1, np.int64))
    none = np.zeros(0, np.intp)
    builder.rows(1, none, none, 1, low=2)
    program = builder.program()
    assert (program.rows, program.gain.tolist()) == (1, [0])
    assert not program.keeps(np.zeros(1, np.int64))
