"""What a search is given, what it has so far, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.graph.network import GoalValues
from matchkit.solvers.mip.formulation import Formulator
from matchkit.solvers.mip.lexicographic import Effort, LexicographicResult
from matchkit.solvers.mip.packing import Packing
from matchkit.solvers.mip.trials import PlanTrials


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What a search may do to be faster. None of it changes the best goals, which the tests check by
    switching each off.

    ``presolve``: programs are reduced for each goal, here and by the engine. ``pruning``: pairs that prices
    show to be in no better plan are left out. ``grouping``: resources that nothing tells apart are one.
    ``components``: parts of a program that no row joins are solved apart. ``relaxation``: a problem with
    rules left out is solved first, for its bound and its plan. ``packing``: a plan is packed in the order of
    time first, and units are exchanged in it until fewer left nodes do.
    """

    presolve: bool = True
    pruning: bool = True
    grouping: bool = True
    components: bool = True
    relaxation: bool = True
    packing: bool = True


ALL = SearchOptions()
NONE = SearchOptions(*[False] * 6)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a relaxation (some rules left out) gave: a bound by goal, true as a vector in order, and
    quantities, int64 (pairs,), to begin with.

    ``losses``, int64 (pairs, goals): no plan with a pair is worth more than ``losses_from`` (None:
    ``bounds``) less the pair's row, as vectors. ``support``, intp: pairs that it takes a part of, and
    ``near``, intp, ascending: pairs near the best by its prices, the support among them (None: nothing is
    known).
    """

    bounds: GoalValues
    quantity: Int64 | None
    losses: Int64 | None = None
    losses_from: GoalValues | None = None
    support: Intp | None = None
    near: Intp | None = None

    def hopeless(self, goals: GoalValues, count: int) -> Mask:
        """Which of so many pairs are in no plan that reaches at least these goals, in order: bool
        (pairs,).
        """
        found = np.zeros(count, np.bool_)
        if self.losses is None:
            return found
        # A pair is out at the first goal where its loss is not what lies between bound and goal, if it is
        # more.
        undecided = np.ones(count, np.bool_)
        bounds = self.losses_from or self.bounds
        for number, (bound, value) in enumerate(zip(bounds, goals, strict=True)):
            beyond = self.losses[:, number] - (bound - value)
            found |= undecided & (beyond > 0)
            undecided &= beyond == 0
        return found


QuantityListener = Callable[[Int64, GoalValues, GoalValues | None], None]
"""Hears of a plan: quantities, int64 (pairs,), its goals, and what bounds them."""
Tighten = Callable[[GoalValues, Sequence[int], Deadline], int | None]
"""A bound of the first of some goals, by number, for plans that reach these goals before it; and while there
is time bounds of the others, which are kept.
"""
Relaxer = Callable[[GoalValues | None, GoalValues | None, Deadline], Relaxed | None]
"""A closer relaxation than the first, for a plan of these goals and what bounds them so far, in the time
there is.
"""


@dataclass(frozen=True, slots=True)
class SearchTask:
    """What a search is given.

    ``relaxed`` is a relaxation of it. ``slack`` is how much of each goal those after it may cost (of the
    last: 0); None: nothing. ``tighten`` is asked for a better bound of the first goal that is open.
    ``packing`` are the same pairs (or only those that ``near``, positions, names) as things to be packed in
    time: it gives plans to begin with. ``blocks`` is asked for a closer relaxation where these plans do not
    reach the bound of the first. ``start``, int64 (pairs,), are quantities to begin with, as far as they keep
    the rules. ``found`` hears of every better plan.
    """

    formulator: Formulator
    deadline: Deadline
    relaxed: Relaxed | None = None
    gap: float = 0.0
    seed: int = 0
    options: SearchOptions = ALL
    found: QuantityListener | None = None
    slack: GoalValues | None = None
    tighten: Tighten | None = None
    packing: Packing | None = None
    near: Intp | None = None
    start: Int64 | None = None
    blocks: Relaxer | None = None
    engine: MipEngine = DEFAULT_MIP
    beside: MipEngine | None = None
    """An engine of another kind that gets a turn on whole programs."""

    @property
    def exact(self) -> bool:
        """Whether no goal may cost one before it anything."""
        return not any(self.slack or ())


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best found: quantities, int64 (pairs,) (None: none in time), value and bound by goal, whether rules
    contradict each other.
    """

    quantity: Int64 | None
    goals: GoalValues | None
    bounds: GoalValues | None
    engine: str
    infeasible: bool = False


class SearchState:
    """One search under way: the best plan so far, what bounds it, and the seed of the last step that drew.

    No plan is taken that is worse, goal after goal, than the one in hand, but for ``take`` with tolerances.
    """

    def __init__(self, task: SearchTask) -> None:
        self.task, self.seed, self.engine = task, task.seed, task.engine.name
        self.effort = Effort(
            presolve=task.options.presolve,
            seed=task.seed,
            gap=task.gap,
            engine=task.engine,
        )
        self.trials = PlanTrials(task.formulator, self.effort)
        self.quantity: Int64 | None = None
        self.goals: GoalValues | None = None
        self.bounds: GoalValues | None = (
            None if task.relaxed is None else task.relaxed.bounds
        )

    def take(self, result: LexicographicResult | None) -> None:
        """Take a plan, if it is one, unless its goals are those in hand."""
        if result is None or result.quantity is None or result.goals is None:
            return
        if self.goals is None or result.goals != self.goals:
            self.quantity, self.goals = result.quantity, result.goals
            self.tell(result.quantity, result.goals)

    def offer(self, result: LexicographicResult | None) -> bool:
        """Take a plan that is better than what is in hand; whether it was."""
        if result is None or result.goals is None:
            return False
        if self.goals is not None and result.goals <= self.goals:
            return False
        self.take(result)
        return True

    def tell(self, quantity: Int64, goals: GoalValues) -> None:
        """Tell whoever listens of a better plan."""
        if self.task.found is not None:
            self.task.found(quantity, goals, self.bounds)

    def bound_by(self, bounds: GoalValues) -> None:
        """Take bounds that hold for all plans, where they are closer."""
        self.bounds = bounds if self.bounds is None else min(self.bounds, bounds)

    def enough(self) -> bool:
        """Whether the plan in hand is as good as its bound, or near enough to it."""
        return self.goals is not None and self.is_enough(self.goals)

    def is_enough(self, goals: GoalValues) -> bool:
        """Whether a plan of these goals would be."""
        if self.bounds is None:
            return False
        first = len(self.settled(goals))
        return first == len(goals) or (
            self.bounds[first] - goals[first]
            <= self.task.gap * max(1, abs(goals[first]))
        )

    def settled(self, goals: GoalValues) -> GoalValues:
        """The least that may become of every goal up to the first that is short of its bound by more than its
        slack.
        """
        least: list[int] = []
        slack = self.task.slack or (0,) * len(goals)
        for value, bound, free in zip(
            goals, self.bounds or (), slack, strict=self.bounds is not None
        ):
            if value < bound - free:
                break
            least.append(bound - free)
        return tuple(least)
