"""How slots of a plan are shared, and how evenly people give: counted from the plan, whatever its goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from matchkit.answers.fairness import (
    CoverageChange,
    CoverageFigures,
    Covered,
    CoveredChange,
    Fairness,
    Spread,
)
from matchkit.arrays import Int64, Intp
from matchkit.compile.history import shares_before
from matchkit.compile.levels import Owners
from matchkit.compile.ragged import spread
from matchkit.compile.shares import FlowShares, coverage_of, coverage_part
from matchkit.errors import BudgetError
from matchkit.explain.plan_state import PlanState
from matchkit.model import Part, Problem
from matchkit.model.objective import FairBetween

BLOCK = 2**22
"""So many pairs of a unit and another place for it are looked at together."""


def covered(
    problem: Problem, of: FairBetween, taken: Mapping[str, int]
) -> list[Covered]:
    """What each who shares wants and gets, given what every requirement gets: the lowest coverage first, then
    by id.
    """
    sharers = Owners(problem, Part(measure="coverage", of=of))
    wanted, filled = Counter[str](), Counter[str]()
    for demand in problem.demands:
        for need in demand.requirements:
            owner = str(sharers.of(demand, need))
            wanted[owner] += need.wanted
            filled[owner] += taken.get(need.id, 0)
    sharing = [
        Covered(id=owner, wanted=asks, filled=filled[owner])
        for owner, asks in wanted.items()
        if asks
    ]
    return sorted(sharing, key=lambda one: (Fraction(one.filled, one.wanted), one.id))


def figures_of(sharing: Sequence[Covered]) -> CoverageFigures:
    """How slots are shared between these, in figures."""
    return CoverageFigures(
        sharing=len(sharing),
        with_nothing=sum(one.filled == 0 for one in sharing),
        full=sum(one.filled == one.wanted for one in sharing),
        coverage=_spread([Fraction(one.filled, one.wanted) for one in sharing]),
    )


def coverage_change(
    before: Sequence[Covered], after: Sequence[Covered]
) -> CoverageChange:
    """How slots are shared before and after, and who then has another coverage."""
    old, new = ({one.id: one for one in side} for side in (before, after))
    changed = [
        CoveredChange(id=name, before=old.get(name), after=new.get(name))
        for name in sorted({*old, *new})
    ]
    return CoverageChange(
        before=figures_of(before),
        after=figures_of(after),
        changed=tuple(one for one in changed if one.before != one.after),
    )


def fairness_of(state: PlanState, of: FairBetween, top: int) -> Fairness:
    """The answer, with so many of those of the lowest coverage."""
    taken = dict(zip(state.requirement_ids, state.taken.tolist(), strict=True))
    sharing = covered(state.problem, of, taken)
    figures = figures_of(sharing)
    able = (state.capacity > 0) & ~state.divisible
    loads = state.given[able].tolist()
    return Fairness(
        of=of,
        sharing=figures.sharing,
        with_nothing=figures.with_nothing,
        full=figures.full,
        coverage=figures.coverage,
        envy=_envy(state, of),
        lowest=tuple(sharing[:top]),
        giving=len(loads),
        idle=loads.count(0),
        loads=_spread([Fraction(load) for load in loads]),
    )


def _spread(values: Sequence[Fraction]) -> Spread | None:
    """Least, greatest, quartiles and Gini's coefficient (Gini 1912): half the mean difference of two of them,
    in terms of the mean; 0 where all are 0. Exact until the last division.
    """
    if not values:
        return None
    ordered, many = sorted(values), len(values)
    total = sum(ordered)
    ranked = sum(place * value for place, value in enumerate(ordered, 1))
    gini = 2 * ranked / (many * total) - Fraction(many + 1, many) if total else 0
    lower, median, upper = (
        float(ordered[-(-many * part // 4) - 1]) for part in (1, 2, 3)
    )
    return Spread(
        least=float(ordered[0]),
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        most=float(ordered[-1]),
        gini=float(gini),
    )


def _envy(state: PlanState, of: FairBetween) -> int | None:
    """How many pairs there are of one who envies another, in all tiers; None where units are too many."""
    tiers = sorted(set(state.tier[state.wanted > 0].tolist()))
    parts = (coverage_part(state.aims, of, tier) for tier in tiers)
    try:
        return sum(_envy_in(state, part) for part in parts)
    except BudgetError:
        return None


def _envy_in(state: PlanState, part: Part) -> int:
    """The same in one tier."""
    shares = coverage_of(state.lists, part)
    owner, count = shares.of, len(shares.ids)
    now, less = _ranks(state, part, shares)
    own = state.own_capacity(np.arange(len(state.right)))
    lacks = (owner >= 0) & (state.taken < state.wanted)
    could = lacks[state.right] & (state.carried < own)
    beyond = (owner >= 0) & (state.taken > state.minimum)
    gives = np.flatnonzero((state.carried > state.locked) & beyond[state.right])
    degree = np.diff(state.first)[state.left[gives]]
    found: Int64 = np.zeros(0, np.int64)
    # Units given, in blocks that have about as many other places to go to.
    blocks = np.cumsum(degree) // BLOCK
    for block in np.unique(blocks).tolist():
        mine = gives[blocks == block]
        which, at = spread(state.first, state.left[mine])
        which, at = which[could[at]], at[could[at]]
        one, other = owner[state.right[at]], owner[state.right[mine[which]]]
        higher = less[other] > now[one]
        codes = one[higher].astype(np.int64) * count + other[higher]
        found = np.unique(np.concatenate([found, codes]))
    return len(found)


def _ranks(state: PlanState, part: Part, shares: FlowShares) -> tuple[Intp, Intp]:
    """The places of all who share by their coverage, and by what it would be with one unit less, among all of
    these (intp (ids,) both).
    """
    has = shares.sums(state.taken).tolist()
    most = dict(zip(shares.ids, shares.sums(state.wanted).tolist(), strict=True))
    start = shares_before(state.problem, part, most)
    levels = [
        [
            Fraction(start[name].had + units - by, start[name].share)
            for name, units in zip(shares.ids, has, strict=True)
        ]
        for by in (0, 1)
    ]
    place = {level: at for at, level in enumerate(sorted({*levels[0], *levels[1]}))}
    now, less = (np.array([place[one] for one in each], np.intp) for each in levels)
    return now, less
