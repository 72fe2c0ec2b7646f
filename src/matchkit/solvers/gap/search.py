"""What prices leave open, by the general engine: only pairs that a better flow could use, from the bound
downwards.

Given a bound and a target value, a pair is in the core if the bound on flows that use it reaches the target;
every flow of at least that value lies in the core. If the core holds none, the target minus 1 is the new
bound; else its best flow is the best of all. Targets fall from the bound in growing steps, so that the first
cores are tiny (variable fixing as in Posta, Ferland and Michelon 2012; destructive bounds as in Klein and
Scholl 1999). Bounds found in this way rest on the engine's word that a core holds no flow.
"""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.flow.loop import Limits
from matchkit.solvers.gap.instance import Stage
from matchkit.solvers.gap.program import program_of
from matchkit.solvers.gap.repair import Incumbent

FIRST_STEPS = 64
"""Into how many parts the first target divides what lies between bound and incumbent."""


def search(
    stage: Stage,
    if_used: Int64,
    bound: int,
    incumbent: Incumbent,
    limits: Limits,
    work: float,
    engine: MipEngine = DEFAULT_MIP,
) -> int:
    """The bound after searching, each core with so much deterministic ``work``; ``incumbent`` takes better
    flows.

    ``if_used`` (int64) bounds the flows that use each pair. A bound below ``stage.worst()`` says that no flow
    keeps the stage.
    """
    least = stage.worst()
    bound = min(bound, int(np.maximum(stage.gain, 0) @ stage.room))
    width = (
        max(1, (bound - incumbent.value) // FIRST_STEPS) if incumbent.value is not None else 1
    )
    again = True
    while not limits.deadline.over() and not limits.near_enough(incumbent.value, bound):
        lowest = least if incumbent.value is None else incumbent.value + 1
        if bound < lowest:
            break
        target = max(lowest, bound - width + 1)
        core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        if 2 * len(core) > int(
            (stage.room > 0).sum()
        ):  # hardly smaller than all: ask for the best at once
            target = lowest
            core = np.flatnonzero((if_used >= target) & (stage.room > 0))
        found = engine.model(program_of(stage, core, target)).solve(
            seconds=limits.deadline.left(), work=work, gap=limits.gap, level=engine.levels[0]
        )
        if found.value is not None:
            flow = np.zeros(len(stage.room), np.int64)
            flow[core] = found.value[: len(core)]
            incumbent.offer(flow)
            if (
                found.objective is None
                or incumbent.value is None
                or incumbent.value < found.objective
            ):
                raise EngineError(Message("matching.search_broken"))
        if found.status == "infeasible":
            bound = target - 1
        elif found.bound is not None:
            bound = min(bound, max(target - 1, found.bound))
        if found.interrupted:
            break
        width, again = (width, False) if again else (2 * width, True)
    return bound if incumbent.value is None else max(bound, incumbent.value)
