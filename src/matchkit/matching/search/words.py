"""Several goals as one: each a digit of a number, where the numbers stay small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchkit.engines.program import Program
from matchkit.graph.candidates import Whole

WORD = 2**42
"""A word of goals stays below this: CP-SAT works best with numbers that a double holds with room to spare."""


def words_of(program: Program, gains: Sequence[Whole]) -> list[Whole]:
    """Gains of fewer goals that order the program's values as the given ones do, one after another.

    A goal's digit has room for all that it can reach within the variables' limits, so no lower goal outweighs one above
    it. Goals that no variable changes are left out.
    """
    words: list[Whole] = []
    width = 1
    for gain in gains:
        if not gain.any():
            continue
        room = int((np.abs(gain) * (program.upper - program.lower)).sum()) + 1
        if words and width * room < WORD:
            words[-1] = words[-1] * room + gain
            width *= room
        else:
            words.append(gain)
            width = room
    return words
