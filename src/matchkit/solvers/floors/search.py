"""Integer programs of whole problems with floors: whether a floor can be reached, and the best sum at one."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.engines.program import MipEngine
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.priced import FloorPrices
from matchkit.solvers.floors.program import floor_program
from matchkit.solvers.flow.certificate import LARGEST
from matchkit.solvers.flow.solution import Limits

FIRST_WORK, CORE_WORK = 1.0, 4.0
"""Deterministic work of the first search of a whole program, and of one of the pairs near their prices; twice
as much each time.
"""
MOST_SEARCHED = 20_000
"""A program of more pairs that are not fixed is not searched as a whole at first; of twice as many each time
that neighbourhoods have done what they can.
"""

SearchVerdict = Literal["reached", "impossible", "unknown"]


class Searched(NamedTuple):
    """How a search ended: a flow, int64 (pairs,), or None, and the most that any flow in the core can be
    worth (None: unknown; of an impossible one there is none).
    """

    verdict: SearchVerdict
    flow: Int64 | None
    bound: int | None


def search(
    problem: FloorProblem,
    core: Int64,
    reached: tuple[int, ...],
    least: int,
    engine: MipEngine,
    limits: Limits,
    work: float,
    hint: Int64 | None,
    seed: int,
    fixed: Mask | None = None,
) -> Searched:
    """The best flow of the pairs in ``core``, int64 (core,), their positions, that keeps floors of ``least``,
    as far as ``work`` goes; ``hint`` is a flow that does, int64 (pairs,), or None, and ``fixed``, bool
    (core,), says which pairs carry all they can.
    """
    program = floor_program(problem, core, reached, least)
    if fixed is not None:
        lower = program.lower.copy()
        lower[: len(core)][fixed] = program.upper[: len(core)][fixed]
        program = replace(program, lower=lower)
    if program.refusal() is not None:
        return Searched("unknown", None, None)
    start = None
    if hint is not None:
        start = np.full(program.size, -1, np.int64)
        start[: len(core)] = hint[core]
    found = engine.model(program).solve(
        seconds=limits.deadline.left(),
        work=work,
        gap=limits.gap,
        hint=start,
        level=engine.levels[0],
        seed=seed,
    )
    if found.status == "infeasible":
        return Searched("impossible", None, None)
    if found.value is None:
        return Searched("unknown", None, found.bound)
    flow = np.zeros(len(problem.pairs), np.int64)
    flow[core] = found.value[: len(core)]
    return Searched("reached", flow, found.bound)


def improving_pairs(
    problem: FloorProblem, proof: FloorPrices, value: int, hopeful: Int64
) -> tuple[Int64, Mask]:
    """Positions, int64 (core,), of the pairs that a flow worth more than ``value`` can use, of those that
    are ``hopeful``, int64 (some,), and which of them, bool (core,), it must use as much as can be.

    A unit on a pair that falls short of its two prices takes as much off the bound, and so does a unit that
    is missing where a pair beats them (reduced cost fixing); in an earlier goal, all.
    """
    pairs = problem.pairs
    left, right = pairs.left[hopeful], pairs.right[hopeful]
    short = proof.left_price[left] + proof.right_price[right]
    group = problem.pair_group_of(hopeful)
    short[:, -1] -= pairs.weight[hopeful] * (proof.scale + proof.price)[group]
    sign = np.zeros(len(hopeful), np.int64)
    for goal in range(short.shape[1] - 1):
        sign = np.where(sign == 0, np.sign(short[:, goal]), sign)
    # Parts of weight that may be lost: the bound was rounded down to whole weights.
    room = min(proof.scale * (proof.bound - value), LARGEST)
    keeps = (sign < 0) | ((sign == 0) & (short[:, -1] <= room))
    must = (sign < 0) | ((sign == 0) & (short[:, -1] < -room))
    must &= problem.room[hopeful] == pairs.capacity[hopeful]
    return hopeful[keeps], must[keeps]
