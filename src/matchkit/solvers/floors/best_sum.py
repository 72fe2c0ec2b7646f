"""The best sum at a worst score: prices of floors bound it, neighbourhoods and integer programs raise it."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Mask, sums_by
from matchkit.solvers.floors.alone import hopeful
from matchkit.solvers.floors.neighbourhoods import GROUPS, WIDER, GroupNeighbourhoods
from matchkit.solvers.floors.search import (
    CORE_WORK,
    FIRST_WORK,
    MOST_SEARCHED,
    improving_pairs,
)
from matchkit.solvers.floors.steps import FloorSearch

ROUND = 400
"""Neighbourhoods in a round."""


def raise_sum(run: FloorSearch) -> None:
    """Prices of the floors bound the sum; neighbourhoods and whole programs raise it to the bound."""
    ascent = run.ascent(run.least)
    flow = run.flow_by(ascent)
    if not run.done():
        run.repaired(ascent, flow, GROUPS)
    if run.small and not run.done():
        run.search_core(ascent.core(), run.least, CORE_WORK)
    near = run.near(ascent)
    effort, size = 0, GROUPS
    while not run.done():
        if not run.small and not _improve(run, near, size):
            size *= WIDER
        if run.done():
            break
        hope = np.flatnonzero(hopeful(run.problem, run.alone, run.least))
        core, must = improving_pairs(run.problem, run.total, run.key[1], hope)
        if int((~must).sum()) <= MOST_SEARCHED * 2**effort:
            _search(run, core, must, FIRST_WORK * 2**effort)
        effort += 1


def _search(run: FloorSearch, core: Int64, must: Mask, work: float) -> None:
    """The whole program of the pairs that a better flow can use, or must."""
    found = run.searched_program(core, run.least, work, run.flow, must)
    if found.flow is not None:
        run.offer(found.flow)
    # Every better flow is in the core: none there, and this one is the best.
    bound = run.key[1] if found.verdict == "impossible" else found.bound
    if bound is not None and max(bound, run.key[1]) < run.most:
        run.most = max(bound, run.key[1])
        run.searched.add("sum")


def _improve(run: FloorSearch, near: GroupNeighbourhoods, size: int) -> bool:
    """Neighbourhoods of the groups that lose most at the prices; whether one was better."""
    before = run.key
    loss = _loss(run)
    order = np.argsort(-loss, kind="stable")
    for group in order[:ROUND].tolist():
        if loss[group] <= 0 or run.done():
            break
        run.offer(near.around(run.flow, (group,), run.limits, size))
    return run.key > before


def _loss(run: FloorSearch) -> Int64:
    """What every group's units fall short of their prices, and its score exceeds a priced floor."""
    problem, proof = run.problem, run.total
    used = np.flatnonzero(run.flow)
    pairs = problem.pairs
    short = proof.left_price[pairs.left[used], -1]
    short = short + proof.right_price[pairs.right[used], -1]
    group = problem.pair_group_of(used)
    short -= pairs.weight[used] * (proof.scale + proof.price)[group]
    loss = sums_by(group, np.maximum(short, 0) * run.flow[used], problem.groups)
    loss += proof.price * (problem.scores(run.flow) - proof.least)
    return loss
