"""The greatest worst score: floors are tried from a bound down, which prices and integer programs lower."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64
from matchkit.engines.linear import solve_linear
from matchkit.errors import BudgetError
from matchkit.solvers.floors.alone import hopeful, units_in_order
from matchkit.solvers.floors.ascent import priced_parts
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.neighbourhoods import GROUPS, WIDER
from matchkit.solvers.floors.priced import priced_flow
from matchkit.solvers.floors.program import floor_program
from matchkit.solvers.floors.search import (
    CORE_WORK,
    FIRST_WORK,
    MOST_SEARCHED,
    SearchVerdict,
)
from matchkit.solvers.floors.steps import FloorSearch
from matchkit.solvers.flow.solution import Limits

WORST_SHARE = 0.6
"""The part of the time left that looking for the greatest worst score takes at most."""
PARTS = 2**16
"""Prices are whole parts; together they make so many, about."""
MOST = 30_000
"""A linear program has no more pairs."""
PAIRS_EACH = 30
"""Pairs of a group in one that cannot hold all of them."""


def raise_worst(run: FloorSearch) -> None:
    """Try floors from the upper bound down (bisection), with more work each time."""
    if not run.problem.counted.any() or run.limits.deadline.over():
        return
    whole, run.limits = run.limits, run.limits.share(WORST_SHARE)
    _bound(run, alone=True)
    effort, refused, linear, at_bound = 0, run.upper + 1, False, True
    while run.least < run.upper and not run.limits.deadline.over():
        refused = min(refused, run.upper + 1)
        target = run.upper if at_bound else (run.least + refused) // 2
        if target <= run.least:  # nothing left between what is reached and refused
            effort, refused, at_bound = effort + 1, run.upper + 1, True
            continue
        _attempt(run, target, effort)
        if run.least >= target:
            continue
        if not linear:
            linear = True
            _bound(run, alone=False)
            continue
        at_bound = False
        if _decided(run, target, effort) == "impossible":
            run.upper = target - 1
            run.searched.add("worst")
        elif run.least < target:
            refused = target
    run.limits = whole


def _attempt(run: FloorSearch, target: int, effort: int) -> None:
    """Flows with priced floors, repaired by neighbourhoods; of few pairs then the program of those near
    their prices.
    """
    ascent = run.ascent(target)
    flow = run.flow_by(ascent)
    size = GROUPS * WIDER**effort
    if run.least < target and not (run.small and effort):
        run.repaired(ascent, flow, size)
    if run.least < target and run.small:
        work = CORE_WORK * 2**effort
        run.search_core(ascent.core(), target, work)


def _decided(run: FloorSearch, target: int, effort: int) -> SearchVerdict:
    """Whether a floor can be reached, by the whole program of all pairs that it can use."""
    core = np.flatnonzero(hopeful(run.problem, run.alone, target))
    if len(core) > MOST_SEARCHED * 2**effort:
        return "unknown"
    return run.search_core(core, target, FIRST_WORK * 2**effort)


def _bound(run: FloorSearch, alone: bool) -> None:
    """A flow that counts the weights of one group only, or of some by prices, bounds the worst score."""
    problem = run.problem
    price = np.zeros(problem.groups, np.int64)
    if alone:
        limit = np.where(problem.counted, run.alone, np.iinfo(np.int64).max)
        price[int(limit.argmin())] = 1
    else:
        found = worst_prices(problem, run.flow, run.reached, run.upper, run.limits)
        if found is None:
            return
        price = found
    try:
        priced = priced_flow(
            problem, 0, price, 0, run.reached, run.flow_engine, run.limits
        )
    except BudgetError:
        return
    run.told(priced)
    run.offer(priced.flow)
    proof = priced.proof
    if proof is not None and (run.worst is None or proof.bound < run.worst.bound):
        run.worst = proof
        run.upper = min(run.upper, proof.bound)


def worst_prices(
    problem: FloorProblem,
    flow: Int64,
    reached: tuple[int, ...],
    upper: int,
    limits: Limits,
) -> Int64 | None:
    """Prices of groups, int64 (groups,), none below 0 and some above; None where no linear program gives any
    in time. ``flow`` is the best so far, ``upper`` a bound on the worst score.

    Where there are too many pairs only the groups that the flow leaves below the bound have a floor, and only
    their best pairs take part: any prices bound the worst score, whatever was left out to find them.
    """
    scores = problem.scores(flow)
    groups = np.flatnonzero(problem.counted & (scores < upper))
    core = np.flatnonzero(problem.room > 0)
    lowest = problem.worst(flow)
    if not len(groups) or upper <= lowest:
        return None
    asked = reached
    if len(core) > MOST:
        # The groups that lack most, as many as there is room for.
        pairs_each = len(core) / max(1, problem.groups)
        kept = max(1, int(MOST / min(pairs_each, PAIRS_EACH)))
        groups = groups[np.argsort(scores[groups], kind="stable")][:kept]
        groups = np.sort(groups)
        nodes = int(np.isin(problem.group, groups).sum())
        core = _best_pairs(problem, groups, MOST // max(1, nodes))
        asked = (0,) * len(reached)
    else:
        groups = np.flatnonzero(problem.counted)
    program = floor_program(problem, core, asked, lowest, floors=groups, most=upper + 1)
    if program.refusal() is not None:
        return None
    found = solve_linear(program, seconds=limits.deadline.left())
    if found is None:
        return None
    share = np.maximum(-found.price[len(found.price) - len(groups) :], 0)
    price = np.zeros(problem.groups, np.int64)
    total = float(share.sum())
    parts = min(PARTS, sum(priced_parts(problem)))
    if total <= 0:
        return None
    price[groups] = np.rint(share / total * parts).astype(np.int64)
    return price if price.any() else None


def _best_pairs(problem: FloorProblem, groups: Int64, each: int) -> Int64:
    """Positions, int64 (core,), of the best pairs of every node of some groups: so many, or what it can
    carry.
    """
    pairs = problem.pairs
    mine = np.flatnonzero(np.isin(problem.pair_group, groups) & (problem.room > 0))
    order = mine[np.lexsort((-pairs.weight[mine], pairs.right[mine]))]
    right = pairs.right[order]
    rank = np.arange(len(order)) - np.searchsorted(right, right)
    must = units_in_order(problem, order) > 0
    return np.sort(order[(rank < each) | must])
