"""How slots of a plan are shared, and how evenly people give: counted from the plan, whatever its goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from matchkit.answers.fairness import Covered, Fairness, Spread
from matchkit.compile.levels import Owners
from matchkit.explain.plan_state import PlanState
from matchkit.model import Part
from matchkit.model.objective import FairBetween


def fairness_of(state: PlanState, of: FairBetween, top: int) -> Fairness:
    """The answer, with so many of those of the lowest coverage."""
    sharers = Owners(state.problem, Part(measure="coverage", of=of))
    owners = map(sharers.of, state.demands, state.requirements)
    wanted, filled = Counter[str](), Counter[str]()
    columns = state.wanted.tolist(), state.taken.tolist()
    for owner, asks, gets in zip(owners, *columns, strict=True):
        wanted[str(owner)] += asks
        filled[str(owner)] += gets
    sharing = [
        Covered(id=owner, wanted=asks, filled=filled[owner])
        for owner, asks in wanted.items()
        if asks
    ]
    sharing.sort(key=lambda one: (Fraction(one.filled, one.wanted), one.id))
    able = (state.capacity > 0) & ~state.divisible
    loads = state.given[able].tolist()
    return Fairness(
        of=of,
        sharing=len(sharing),
        with_nothing=sum(one.filled == 0 for one in sharing),
        full=sum(one.filled == one.wanted for one in sharing),
        coverage=_spread([Fraction(one.filled, one.wanted) for one in sharing]),
        lowest=tuple(sharing[:top]),
        giving=len(loads),
        idle=loads.count(0),
        loads=_spread([Fraction(load) for load in loads]),
    )


def _spread(values: Sequence[Fraction]) -> Spread | None:
    """Least, greatest and Gini's coefficient (Gini 1912): half the mean difference of two of them, in terms
    of the mean; 0 where all are 0. Exact until the last division.
    """
    if not values:
        return None
    ordered, many = sorted(values), len(values)
    total = sum(ordered)
    ranked = sum(place * value for place, value in enumerate(ordered, 1))
    gini = 2 * ranked / (many * total) - Fraction(many + 1, many) if total else 0
    return Spread(least=float(ordered[0]), most=float(ordered[-1]), gini=float(gini))
