"""The general search: whole where an engine holds it, else by neighbourhoods, with a bound either way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine
from matchkit.errors import EngineError
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.solvers.mip.exchange import emptied, replaced
from matchkit.solvers.mip.formulation import Formulator
from matchkit.solvers.mip.improve import improve
from matchkit.solvers.mip.independent import solve_components
from matchkit.solvers.mip.lexicographic import Effort, LexicographicResult, lexicographic_solve
from matchkit.solvers.mip.options import ALL, SearchOptions
from matchkit.solvers.mip.packed import packed
from matchkit.solvers.mip.packing import Packing
from matchkit.solvers.mip.trials import PathRelinking, PlanTrials

WHOLE = 120_000
"""Up to so many pairs the whole program is given to the engine."""
SMALL = 3_000
"""Up to so many pairs nothing else is tried, but for first plans where there is a limit of time."""
MEDIUM, MOSTLY = 15_000, 0.9
"""Up to so many pairs the whole program gets most of the time; beyond, half of it."""

FIRST = 0.15
"""The share of the time for neighbourhoods before the whole is tried."""
EACH = 5e-5
"""Seconds a pair that a first look at a program takes: its rows, the engine's model, and its presolve."""
TRIES = 3
"""So often in a row one left node fewer is tried, before the others are looked at; and so often what an
exchange breaks is taken out.
"""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a relaxation (some rules left out) gave: a bound by goal, true as a vector in order, and
    quantities to begin with.

    ``losses`` (int64, pairs x goals): no plan with a pair is worth more than ``losses_from`` (None:
    ``bounds``) less the pair's row, as vectors.
    """

    bounds: GoalValues
    quantity: Int64 | None
    losses: Int64 | None = None
    losses_from: GoalValues | None = None

    def hopeless(self, goals: GoalValues, count: int) -> Mask:
        """Which of so many pairs are in no plan that reaches at least these goals, in order."""
        found = np.zeros(count, np.bool_)
        if self.losses is None:
            return found
        undecided = np.ones(count, np.bool_)
        for number, (bound, value) in enumerate(
            zip(self.losses_from or self.bounds, goals, strict=True)
        ):
            beyond = self.losses[:, number] - (bound - value)
            found |= undecided & (beyond > 0)
            undecided &= beyond == 0
        return found


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The best found: quantities (None: none in time), value and bound by goal, whether rules contradict each
    other.
    """

    quantity: Int64 | None
    goals: GoalValues | None
    bounds: GoalValues | None
    engine: str
    infeasible: bool = False


QuantityListener = Callable[[Int64, GoalValues, GoalValues | None], None]
Tighten = Callable[[GoalValues, int, Deadline], int | None]
"""A bound of one goal for plans that reach these goals before it, in the time there is."""
Another = Callable[[GoalValues | None, GoalValues | None, Deadline], Relaxed | None]
"""A closer relaxation than the first, for a plan of these goals and what bounds them so far, in the time
there is.
"""


def search(
    formulator: Formulator,
    deadline: Deadline,
    *,
    relaxed: Relaxed | None = None,
    gap: float = 0.0,
    seed: int = 0,
    tactics: SearchOptions = ALL,
    found: QuantityListener | None = None,
    slack: GoalValues | None = None,
    tighten: Tighten | None = None,
    packing: Packing | None = None,
    near: Intp | None = None,
    blocks: Another | None = None,
    engine: MipEngine = DEFAULT_MIP,
) -> SearchResult:
    """The best plan of all pairs, as far as time allows; optimal where each goal is at its bound, or short of
    it by its ``slack``.

    ``slack`` is how much of each goal those after it may cost (of the last: 0); None: nothing. ``tighten`` is
    asked for a better bound of the first goal that is open. ``packing`` are the same pairs (or only those
    that ``near`` names) as things to be packed in time: it gives plans to begin with. ``blocks`` is asked for
    a closer relaxation where these plans do not reach the bound of the first.
    """
    return _Search(
        formulator,
        deadline,
        relaxed,
        gap,
        seed,
        tactics,
        found,
        slack,
        tighten,
        packing,
        near,
        blocks,
        engine,
    ).run()


class _Search:
    """One search under way: the best plan so far, and what bounds it."""

    def __init__(
        self,
        formulator: Formulator,
        deadline: Deadline,
        relaxed: Relaxed | None,
        gap: float,
        seed: int,
        tactics: SearchOptions,
        found: QuantityListener | None,
        slack: GoalValues | None,
        tighten: Tighten | None,
        packing: Packing | None,
        near: Intp | None,
        blocks: Another | None,
        engine: MipEngine,
    ) -> None:
        self._formulator, self._deadline, self._relaxed, self._gap, self._seed = (
            formulator,
            deadline,
            relaxed,
            gap,
            seed,
        )
        self._tactics, self._found, self._slack, self._asked = tactics, found, slack, tighten
        self._count = len(formulator.left)
        self._effort = Effort(presolve=tactics.presolve, seed=seed, gap=gap, engine=engine)
        self._trials = PlanTrials(formulator, self._effort)
        self._quantity: Int64 | None = None
        self._goals: GoalValues | None = None
        self._bounds: GoalValues | None = None if relaxed is None else relaxed.bounds
        self._packing, self._near, self._blocks = (
            packing if tactics.packing else None,
            near,
            blocks,
        )
        self._costs = self._packing is not None and bool((self._packing.cost > 0).any())
        self._known: list[Int64] = []
        self._barred = np.zeros(self._count, np.bool_)
        self._engine = engine.name
        self._tightened: set[int] = set()

    def run(self) -> SearchResult:
        """Begin with what the relaxation chose, improve it, try the whole, improve again: as far as the size
        asks for each.
        """
        if self._count > SMALL or self._deadline.moment is not None:
            self._begin_with(self._wishes())
            if self._quantity is None:
                self._join()
            if self._costs or SMALL < self._count <= WHOLE:
                self._exchange(
                    self._deadline.share(FIRST if self._count > SMALL else FIRST / 3)
                )
            self._relax_again()
            if SMALL < self._count <= WHOLE and not self._costs:
                self._join()
        if self._count > SMALL:
            self._improve(self._deadline.share(FIRST if self._count > MEDIUM else FIRST / 2))
            if self._deadline.moment is not None and self._count > WHOLE:
                self._tighten(self._deadline.share(FIRST))
        if self._count <= WHOLE and not self._enough() and self._whole():
            return SearchResult(None, None, None, self._engine, infeasible=True)
        if self._quantity is None and self._nothing():
            return SearchResult(None, None, None, self._engine, infeasible=True)
        self._improve(self._deadline.share(0.7))
        if self._deadline.moment is not None:
            if not any(
                self._slack or ()
            ):  # exchanges compare goals in order, and would take back what a tolerance gave
                self._exchange(self._deadline.share(0.5))
            self._tighten(self._deadline.share(0.5))
        self._improve(self._deadline)
        return SearchResult(
            self._quantity,
            self._goals,
            None if self._goals is None and self._relaxed is None else self._bounds,
            self._engine,
        )

    def _take(self, climbed: LexicographicResult | None) -> None:
        if climbed is None or climbed.quantity is None or climbed.goals is None:
            return
        if self._goals is None or climbed.goals != self._goals:
            self._quantity, self._goals = climbed.quantity, climbed.goals
            self._tell(climbed.quantity, climbed.goals)

    def _offer(self, climbed: LexicographicResult | None) -> bool:
        """Takes a plan that is better than what is in hand; whether it was."""
        if (
            climbed is None
            or climbed.goals is None
            or (self._goals is not None and climbed.goals <= self._goals)
        ):
            return False
        self._take(climbed)
        return True

    def _wishes(self) -> Iterator[Int64]:
        """Plans to begin with, each made when it is asked for."""
        if self._packing is not None:
            if not self._costs:
                yield self._of_all(packed(self._packing, self._patient(), scarce=True))
            # Where weight alone is wanted, one plan is enough to have one: others are better at that.
            many = (
                4
                if sum(self._packing.opens) > 1
                else 2
                if any(self._packing.counted)
                else int(self._costs)
            )
            for backward, together in (
                (False, False),
                (True, False),
                (False, True),
                (True, True),
            )[:many]:
                yield self._of_all(
                    packed(self._packing, self._patient(), backward=backward, together=together)
                )
        if self._relaxed is not None and self._relaxed.quantity is not None:
            yield self._relaxed.quantity

    def _patient(self) -> Deadline:
        return self._deadline.first() if self._quantity is None else self._deadline

    def _little(self) -> Deadline:
        """The time to see what one plan is worth."""
        return self._patient() if self._quantity is None else self._deadline.share(0.2)

    def _as_it_is(self, wish: Int64) -> LexicographicResult | None:
        return self._trials.as_it_is(wish, self._little())

    def _within(self, wish: Int64) -> LexicographicResult | None:
        """The most of a plan that breaks a rule. What had to go is barred from exchanges, and all of left
        nodes that lost everything.
        """
        found = self._trials.most_within(wish, self._deadline)
        if found is not None and found.quantity is not None:
            gone, left = wish > found.quantity, self._formulator.left
            lost = np.zeros(int(left.max(initial=-1)) + 1, np.bool_)
            lost[left[gone]] = True
            lost[left[found.quantity > 0]] = False
            self._barred |= gone | lost[left]
        return found

    def _of_all(self, quantity: Int64) -> Int64:
        """Quantities of all pairs from those of the packing's."""
        return quantity if self._near is None else self._trials.whole(self._near, quantity)

    def _allowed(self) -> Mask:
        """Which of the packing's pairs are not barred."""
        return ~(self._barred if self._near is None else self._barred[self._near])

    def _of_packing(self) -> Int64 | None:
        """What the packing's pairs carry; None where others carry something."""
        if self._quantity is None or self._near is None:
            return self._quantity
        found: Int64 = self._quantity[self._near]
        return found if np.count_nonzero(found) == np.count_nonzero(self._quantity) else None

    def _relax_again(self) -> None:
        """A closer bound and another plan, where these can still be of use."""
        found = (
            None
            if self._blocks is None
            else self._blocks(self._goals, self._bounds, self._deadline)
        )
        if found is None:
            return
        self._bounds = found.bounds if self._bounds is None else min(self._bounds, found.bounds)
        if found.quantity is not None:
            self._begin_with([found.quantity])

    def _begin_with(self, wishes: Iterable[Int64]) -> None:
        """The best of these plans, as far as it keeps the rules."""
        for wish in wishes:
            if self._enough() or (self._quantity is not None and self._deadline.over()):
                return
            self._known.append(wish)
            found = self._as_it_is(wish) or self._trials.as_it_fits(wish, self._little())
            if found is None and self._quantity is None:
                found = self._within(wish)
            self._offer(found)

    def _join(self) -> None:
        """The most of the pairs of all plans known, where that is more."""
        if self._known and not self._enough():
            start = self._known[0] if self._quantity is None else self._quantity
            pairs = np.flatnonzero(np.any([plan > 0 for plan in (*self._known, start)], axis=0))
            self._offer(
                self._trials.joined(pairs, start, self._goals or (), self._deadline, self._seed)
            )

    def _exchange(self, deadline: Deadline) -> None:
        """What lacks is placed by exchanges; then left nodes that cost are emptied, many at a time and at
        last one by one.
        """
        packing, quantity = self._packing, self._of_packing()
        if packing is None or quantity is None or self._enough():
            return
        self._seed += 1
        random, costs = np.random.default_rng(self._seed), packing.cost > 0
        for wish, opens, counted in zip(
            packing.wishes, packing.opens, packing.counted, strict=True
        ):
            if not counted:
                continue
            for _ in range(TRIES):
                quantity = self._of_packing()
                if quantity is None:
                    return
                missing = packing.missing(quantity, wish)
                if not missing.any() or deadline.over():
                    break
                stay = ~costs | opens
                stay[packing.left[quantity > 0]] = True
                placed, _ = replaced(
                    packing,
                    quantity,
                    missing,
                    self._allowed() & stay[packing.left],
                    deadline,
                    random,
                )
                kept = self._as_it_is(self._of_all(placed))
                self._offer(kept or self._within(self._of_all(placed)))
                if kept is not None:
                    break
        many, tries = max(1, len(np.unique(packing.left[quantity > 0])) // 10), 0
        while costs.any() and tries < TRIES and not deadline.over() and not self._enough():
            quantity = self._of_packing()
            fewer = (
                None
                if quantity is None
                else emptied(packing, quantity, many, tries, self._allowed(), deadline, random)
            )
            if fewer is not None and self._offer(self._as_it_is(self._of_all(fewer))):
                tries = 0
            elif many > 1:
                many //= 2
            else:
                tries += 1

    def _tell(self, quantity: Int64, goals: GoalValues) -> None:
        if self._found is not None:
            self._found(quantity, goals, self._bounds)

    def _enough(self) -> bool:
        return (
            self._goals is not None
            and self._bounds is not None
            and _close(self._goals, self._bounds, self._free(self._goals), self._gap)
        )

    def _free(self, goals: GoalValues) -> GoalValues:
        return self._slack or (0,) * len(goals)

    def _improve(self, deadline: Deadline) -> None:
        if (
            self._quantity is None
            or self._goals is None
            or deadline.moment is None
            or deadline.over()
            or self._enough()
        ):
            return
        self._engine = f"{self._effort.engine.name} with large-neighbourhood search"
        bounds = self._bounds
        self._seed += 1
        self._quantity, self._goals = improve(
            self._formulator, self._quantity, self._goals, deadline, seed=self._seed,
            enough=lambda goals: bounds is not None and _close(goals, bounds, self._free(goals), self._gap),
            kept=lambda goals: () if bounds is None else _kept(goals, bounds, self._free(goals)),
            found=self._tell, engine=self._effort.engine,
        )  # fmt: skip

    def _tighten(self, deadline: Deadline) -> None:
        """A better bound of the first goal that is open, if there is a way to one that was not taken
        already.
        """
        if (
            self._asked is None
            or self._goals is None
            or self._bounds is None
            or any(self._slack or ())
            or self._enough()
        ):
            return
        number = next(
            place
            for place, (value, bound) in enumerate(zip(self._goals, self._bounds, strict=True))
            if value < bound
        )
        if number in self._tightened or deadline.over():
            return
        self._tightened.add(number)
        bound = self._asked(self._goals, number, deadline)
        if bound is not None and bound < self._goals[number]:
            raise EngineError(
                Message.of("matching.goal_beyond", value=self._goals[number], bound=bound)
            )
        if bound is not None and bound < self._bounds[number]:
            # In order: a plan is no better than this in the goal, or has less of one before it. Of later
            # goals nothing is known.
            self._bounds = (
                *self._bounds[:number],
                bound,
                *self._formulator.ceilings[number + 1 :],
            )

    def _whole(self) -> bool:
        """All pairs that may be in a better plan, by the engine; whether nothing keeps the rules."""
        exact = not any(self._slack or ())
        selection = np.arange(self._count)
        if (
            exact
            and self._tactics.pruning
            and self._relaxed is not None
            and self._quantity is not None
            and self._goals is not None
        ):
            selection = np.flatnonzero(
                ~self._relaxed.hopeless(self._goals, self._count) | (self._quantity > 0)
            )
        formulation = self._formulator.formulation(
            selection, np.full(len(selection), -1, np.int64)
        )
        deadline = (
            self._deadline
            if self._count <= SMALL
            else self._deadline.share(MOSTLY if self._count <= MEDIUM else 0.5)
        )
        start = None if self._quantity is None else self._quantity[selection]
        climbed: LexicographicResult | None = None
        if exact and self._tactics.components:
            climbed = solve_components(formulation, deadline, self._effort, start=start)
        if climbed is None:
            known = None if self._relaxed is None else self._relaxed.bounds
            # Joining plans compares their goals in order, and would take back what a tolerance gave to a
            # later goal.
            small = self._count <= SMALL or not exact
            plans = [
                plan
                for plan in (
                    self._quantity,
                    None if self._relaxed is None else self._relaxed.quantity,
                )
                if plan is not None
            ]
            relink = (
                None if small else PathRelinking(self._trials, selection, plans, self._seed)
            )
            climbed = lexicographic_solve(
                formulation,
                deadline,
                self._effort,
                start=start,
                reached=self._goals,
                known=known,
                relink=relink,
            )
        if climbed.infeasible:
            return True
        if climbed.bounds and climbed.goals is not None:
            # Left-out pairs are in no better plan: the bound holds for what is better than the plan in hand.
            bounds = climbed.bounds if self._goals is None else max(climbed.bounds, self._goals)
            self._bounds = (
                bounds if self._bounds is None or not exact else min(self._bounds, bounds)
            )
        if (
            climbed.quantity is not None
            and climbed.goals is not None
            and (self._goals is None or climbed.goals >= self._goals or not exact)
        ):
            self._take(
                LexicographicResult(
                    self._trials.whole(selection, climbed.quantity), climbed.goals, ()
                )
            )
        return False

    def _nothing(self) -> bool:
        """A first plan where there is none: of no pairs if that keeps the rules, else of the near ones, else
        of all.

        Whether nothing keeps them.
        """
        few = [] if self._near is None else [self._near]
        for selection in (np.zeros(0, np.intp), *few, np.arange(self._count)):
            if not self._deadline.has(EACH * len(selection)):
                return False
            climbed = self._trials.most_of(selection, self._deadline)
            if climbed.quantity is not None:
                self._take(climbed)
                return False
        return climbed.infeasible


def _close(goals: GoalValues, bounds: GoalValues, slack: GoalValues, gap: float) -> bool:
    first = len(_kept(goals, bounds, slack))
    return first == len(goals) or bounds[first] - goals[first] <= gap * max(
        1, abs(goals[first])
    )


def _kept(goals: GoalValues, bounds: GoalValues, slack: GoalValues) -> GoalValues:
    """The least that may become of every goal up to the first that is short of its bound by more than its
    slack.
    """
    least: list[int] = []
    for value, bound, free in zip(goals, bounds, slack, strict=True):
        if value < bound - free:
            break
        least.append(bound - free)
    return tuple(least)
