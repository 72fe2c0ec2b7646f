"""CP-SAT states its bound in doubles, scaled: a bound a unit in the last place too low is no contradiction
and proves nothing false.
"""

from __future__ import annotations

import numpy as np
import pytest

from matchkit.engines.cpsat import Model
from matchkit.engines.program import FREE, Program


@pytest.mark.parametrize("presolve", [True, False])
def test_a_bound_that_rounding_has_lowered_is_not_below_the_best(
    presolve: bool,
) -> None:
    """The best is 12 + 4 + 1 + 2 + 4 (variables 1 to 5), 12 * 10^9 (variable 7) and 12,000,000,048 (13, which
    6 or 0 must match).

    That is 24,000,000,071. With presolve CP-SAT states 24,000,000,070.999996 as its bound.
    """
    rows = [
        (0, 8),
        (1, 8),
        (2, 9),
        (3, 10),
        (4, 10),
        (5, 10),
        (6, 11),
        (7, 12),
        (0, 1, 8),
        (0, 6, 13, 14),
    ]
    signs = [(1, -1)] * 7 + [(1, -1_000_000_000), (1, 1, -1), (1, 1, -1, -1)]
    program = Program(
        lower=np.zeros(15, np.int64),
        upper=np.array([1] * 7 + [1_000_000_000] + [1] * 6 + [2], np.int64),
        gain=np.array(
            [0, 12, 4, 1, 2, 4, 0, 12, 0, 0, 0, 0, 0, 12_000_000_048, 12], np.int64
        ),
        first=np.concatenate(
            [np.zeros(1, np.int64), np.cumsum([len(row) for row in rows])]
        ),
        column=np.array([entry for row in rows for entry in row], np.int32),
        coefficient=np.array([entry for row in signs for entry in row], np.int64),
        low=np.array([-FREE] * 9 + [0], np.int64),
        high=np.zeros(10, np.int64),
    )
    found = Model(program).solve(presolve=presolve)
    assert (found.status, found.objective, found.bound) == (
        "optimal",
        24_000_000_071,
        24_000_000_071,
    )
