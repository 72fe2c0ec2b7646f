"""A program made smaller before an engine sees it: rows that nothing can break, variables that one value
suits (dual fixing).

Brearley, Mitra and Williams 1975; Achterberg and others 2020, sections 3.1 and 4.4. Only an optimum is kept,
not all of them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.program import Program

MOST_PASSES = 12


def reduced(program: Program) -> tuple[Program | None, Int64, Int64]:
    """The program of the variables left open, their numbers, int64 (open,), and values of all others, int64
    (variables,), 0 where open; no program where no values keep it.

    Whatever is optimal for the small program is, with the values of the others, optimal for the whole.
    """
    lower, upper = program.lower.copy(), program.upper.copy()
    owner = np.repeat(np.arange(program.rows), np.diff(program.first))
    # Each pass may fix variables that make further rows redundant, which frees further variables.
    for _ in range(MOST_PASSES):
        least, greatest = program.reach(lower, upper)
        if bool(((least > program.high) | (greatest < program.low)).any()):
            break  # the engine is told the same: free_part sees it
        above, below = (greatest > program.high)[owner], (least < program.low)[owner]
        rising, falling = program.coefficient > 0, program.coefficient < 0
        up_hurts = np.zeros(program.size, np.bool_)
        down_hurts = np.zeros(program.size, np.bool_)
        up_hurts[program.column[(rising & above) | (falling & below)]] = True
        down_hurts[program.column[(falling & above) | (rising & below)]] = True
        is_open = lower < upper
        # Dual fixing: what no row minds goes to the bound that its gain prefers.
        down = is_open & (program.gain <= 0) & ~down_hurts
        up = is_open & (program.gain >= 0) & ~up_hurts & ~down
        if not (down.any() or up.any()):
            break
        upper[down] = lower[down]
        lower[up] = upper[up]
    smaller = replace(program, lower=lower, upper=upper)
    core, free = smaller.free_part()
    return core, free, smaller.fixed()
