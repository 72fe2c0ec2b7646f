"""A first plan at once: pairs one after another, each where it fits beside those before."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.solvers.mip.formulation import Formulation
from matchkit.solvers.mip.packing import PlainRows


def fitted(formulation: Formulation, wished: Int64) -> Int64:
    """As much of the wished quantities as fits, pair by pair, the best for the goals in order first.

    Only plain rows are looked at (capacities, times, budgets, caps); whether the rest keeps, a check must
    say.
    """
    rows = PlainRows.of(formulation.program, formulation.pairs)
    first, row, uses, left = (
        rows.first.tolist(),
        rows.row.tolist(),
        rows.use.tolist(),
        rows.high.tolist(),
    )
    quantity = [0] * formulation.pairs
    worth = np.array(
        [goal.gain[: formulation.pairs] for goal in reversed(formulation.goals)], np.int64
    )
    for pair in np.lexsort(worth)[::-1].tolist():
        mine = range(first[pair], first[pair + 1])
        amount = int(wished[pair])
        for entry in mine:
            amount = min(amount, left[row[entry]] // uses[entry])
        if amount > 0:
            quantity[pair] = amount
            for entry in mine:
                left[row[entry]] -= amount * uses[entry]
    return np.array(quantity, np.int64)
