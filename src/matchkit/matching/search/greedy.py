"""A first plan at once: pairs one after another, each where it fits beside those before."""

from __future__ import annotations

import numpy as np

from matchkit.graph.candidates import Whole
from matchkit.matching.search.formulation import Formulation


def fitted(formulation: Formulation, wished: Whole) -> Whole:
    """As much of the wished quantities as fits, pair by pair, the best for the goals in order first.

    Only rows that pairs alone fill up are looked at (capacities, times, budgets, caps); whether the rest keeps, a check
    must say.
    """
    program = formulation.program
    owner = np.repeat(np.arange(program.rows), np.diff(program.first))
    foreign = np.bincount(owner[(program.column >= formulation.pairs) | (program.coefficient < 0)], minlength=program.rows) > 0
    entries = np.flatnonzero(~foreign[owner])
    entries = entries[np.argsort(program.column[entries], kind="stable")]
    first = np.searchsorted(program.column[entries], np.arange(formulation.pairs + 1)).tolist()
    rows, uses = owner[entries].tolist(), program.coefficient[entries].tolist()
    left = program.high.tolist()
    quantity = [0] * formulation.pairs
    worth = np.array([goal.gain[: formulation.pairs] for goal in reversed(formulation.goals)], np.int64)
    for pair in np.lexsort(worth)[::-1].tolist():
        mine = range(first[pair], first[pair + 1])
        amount = int(wished[pair])
        for entry in mine:
            amount = min(amount, left[rows[entry]] // uses[entry]) if uses[entry] else amount
        if amount > 0:
            quantity[pair] = amount
            for entry in mine:
                left[rows[entry]] -= amount * uses[entry]
    return np.array(quantity, np.int64)
