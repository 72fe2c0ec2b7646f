"""From one plan to a better one within a small program: goals joined in words, nothing proved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine, MipModel
from matchkit.solvers.mip.formulation import Formulation
from matchkit.solvers.mip.words import words_of


def improve_neighbourhood(
    formulation: Formulation,
    start: Int64,
    reached: Sequence[int],
    deadline: Deadline,
    *,
    work: float,
    seed: int,
    kept: Sequence[int] = (),
    engine: MipEngine = DEFAULT_MIP,
) -> tuple[Int64 | None, tuple[int, ...], bool]:
    """Better quantities than ``start``, which keeps the program and reaches so much, or None; their goals;
    whether none is better.

    The first goals need no more than what ``kept`` asks of them.
    """
    program = formulation.program
    core, free = program.free_part()
    if core is None:
        return None, tuple(reached), False
    fixed = np.where(program.lower < program.upper, 0, program.lower)
    hint = np.concatenate([start, np.full(program.size - formulation.pairs, -1)])[free]
    value: Int64 | None = None
    done, best = True, 0
    for goal, least in zip(formulation.goals, kept, strict=False):
        core = core.held(goal.gain[free], least - int((goal.gain * fixed).sum()))
    model: MipModel | None = None
    for word in words_of(core, [goal.gain[free] for goal in formulation.goals[len(kept) :]]):
        if model is None:
            model = engine.model(replace(core, gain=word))
        else:
            model.then(word, best)
        found = model.solve(
            seconds=deadline.left(), work=work, hint=hint, stop=deadline.stop, seed=seed
        )
        done = done and found.status == "optimal"
        if found.value is None:
            return (
                (None, tuple(reached), False)
                if value is None
                else (*_whole(formulation, fixed, free, value), False)
            )
        hint = value = found.value
        best = int((word * value).sum())
    if value is None:
        return None, tuple(reached), True
    return *_whole(formulation, fixed, free, value), done


def _whole(
    formulation: Formulation, fixed: Int64, free: Int64, value: Int64
) -> tuple[Int64, tuple[int, ...]]:
    whole = fixed.copy()
    whole[free] = value
    return whole[: formulation.pairs], formulation.values(whole)
