"""Plans to begin with, packed in the order of time or found by a relaxation, and exchanges of units in
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.deadline import Deadline
from matchkit.solvers.mip.exchange import replaced, without
from matchkit.solvers.mip.lexicographic import LexicographicResult
from matchkit.solvers.mip.packed import packed
from matchkit.solvers.mip.packing import Packing
from matchkit.solvers.mip.regain import Regaining
from matchkit.solvers.mip.state import SearchState

TRIES = 3
"""So often in a row one left node fewer is tried, before the others are looked at; and so often what an
exchange breaks is taken out.
"""
WAYS = ((False, False), (True, False), (False, True), (True, True))
"""Orders of packing: backward in time or not, all goals together or one after another."""


class FirstPlans:
    """The first plans of one search; what is better than the plan in hand goes into its state."""

    def __init__(self, state: SearchState) -> None:
        self._state, self._packing = state, state.task.packing
        self.costs = self._packing is not None and bool((self._packing.cost > 0).any())
        """Whether a plan is better that uses fewer left nodes."""
        self._known: list[Int64] = []
        self._barred = np.zeros(len(state.task.formulator.left), np.bool_)

    def begin(self) -> None:
        """The best of the packings and the relaxation's plan, as far as it keeps the rules."""
        self.begin_with(self._wishes())

    def begin_with(self, wishes: Iterable[Int64]) -> bool:
        """The best of these plans, int64 (pairs,) each, as far as it keeps the rules; whether all that were
        tried keep them.
        """
        state, all_keep = self._state, True
        for wish in wishes:
            if state.enough() or (
                state.quantity is not None and state.task.deadline.over()
            ):
                break
            self._known.append(wish)
            found = self._as_it_is(wish)
            if found is None:
                all_keep = False
                found = state.trials.as_it_fits(wish, self._little())
            if found is None and state.quantity is None:
                found = self._within(wish)
            state.offer(found)
        return all_keep

    def join(self) -> None:
        """The most of the pairs of all plans known, where that is more (path relinking)."""
        state = self._state
        if self._known and not state.enough():
            start = self._known[0] if state.quantity is None else state.quantity
            pairs = np.flatnonzero(
                np.any([plan > 0 for plan in (*self._known, start)], axis=0)
            )
            deadline = state.task.deadline
            state.offer(
                state.trials.joined(
                    pairs, start, state.goals or (), deadline, state.seed
                )
            )

    def exchange(self, deadline: Deadline) -> None:
        """What lacks is placed by exchanges; then left nodes that cost are emptied, many at a time and at
        last one by one.
        """
        packing, quantity, state = self._packing, self._of_packing(), self._state
        if packing is None or quantity is None or state.enough():
            return
        state.seed += 1
        random = np.random.default_rng(state.seed)
        for wish, opens, counted in zip(
            packing.wishes, packing.opens, packing.counted, strict=True
        ):
            if counted:
                quantity = self._place(packing, wish, opens, deadline, random)
                if quantity is None:
                    return
        self._empty(packing, deadline, random, len(packing.level), regains=False)

    def costs_are_next(self) -> bool:
        """Whether the first goal that is open counts what left nodes cost."""
        goals, packing = self._state.goals, self._packing
        return (
            self.costs
            and packing is not None
            and goals is not None
            and len(self._state.settled(goals)) == packing.before
        )

    def regain(self, deadline: Deadline) -> None:
        """Left nodes that cost are emptied, and what exchanges leave undone is done by neighbourhoods."""
        if self._packing is not None:
            self._state.seed += 1
            random = np.random.default_rng(self._state.seed)
            self._empty(self._packing, deadline, random, 1, regains=True)

    def _empty(
        self,
        packing: Packing,
        deadline: Deadline,
        random: np.random.Generator,
        at_most: int,
        *,
        regains: bool,
    ) -> None:
        """Left nodes that cost are emptied, first so many at a time: twice as many after each success, until
        it fails; then half as many, and one by one until TRIES have failed.
        """
        state, tries, growth = self._state, 0, 2
        while (
            self.costs and tries < TRIES and not deadline.over() and not state.enough()
        ):
            quantity = self._of_packing()
            if quantity is None:
                return
            many = min(at_most, self._too_many(packing, quantity))
            fewer = self._without(
                packing, quantity, many, tries, deadline, random, regains=regains
            )
            if fewer is not None and state.offer(self._as_it_is(self._of_all(fewer))):
                tries, at_most = 0, growth * many
            elif many > 1:
                at_most, growth = many // 2, 1
            else:
                tries += 1

    def _too_many(self, packing: Packing, quantity: Int64) -> int:
        """Half of the left nodes that may be too many by the bound, at most a tenth of those used, at least
        one.
        """
        goals, bounds, number = self._state.goals, self._state.bounds, packing.before
        most = len(np.unique(packing.left[quantity > 0])) // 10
        if goals is not None and bounds is not None and number < len(goals):
            least = int(packing.cost[packing.cost > 0].min())
            most = min(most, ((bounds[number] - goals[number]) // least + 1) // 2)
        return max(1, most)

    def _without(
        self,
        packing: Packing,
        quantity: Int64,
        many: int,
        spare: int,
        deadline: Deadline,
        random: np.random.Generator,
        *,
        regains: bool,
    ) -> Int64 | None:
        """Quantities, int64 (pairs,), that give every right node as much without so many of the left nodes
        that cost, as ``without`` says; None where none were found. With ``regains`` neighbourhoods do what
        exchanges leave undone: worth as much in all goals before the cost, whatever right nodes that takes.
        """
        state = self._state
        given = without(packing, quantity, many, spare, random)
        if given is None:
            return None
        rest, missing, stays = given
        allowed = self._allowed() & stays
        placed, left = replaced(packing, rest, missing, allowed, deadline, random)
        if left == 0:
            return placed
        if not regains or state.goals is None:
            return None
        kept = self._as_it_is(self._of_all(placed))
        if kept is None or kept.goals is None:
            return None
        near = state.task.near
        return Regaining(
            state.task.formulator,
            packing,
            np.arange(len(packing.left)) if near is None else near,
            state.task.engine,
        ).run(placed, kept.goals, quantity, state.goals, allowed, deadline, random)

    def _place(
        self,
        packing: Packing,
        wish: Int64,
        opens: bool,
        deadline: Deadline,
        random: np.random.Generator,
    ) -> Int64 | None:
        """Exchanges place the units that lack of a wish. What the packing's pairs carried before the last of
        them; None where other pairs carry something.
        """
        state, costs = self._state, packing.cost > 0
        for _ in range(TRIES):
            quantity = self._of_packing()
            if quantity is None:
                return None
            missing = packing.missing(quantity, wish)
            if not missing.any() or deadline.over():
                break
            # Left nodes that cost and do nothing yet stay so, unless the goal may use them.
            stay = ~costs | opens
            stay[packing.left[quantity > 0]] = True
            allowed = self._allowed() & stay[packing.left]
            placed, _ = replaced(packing, quantity, missing, allowed, deadline, random)
            kept = self._as_it_is(self._of_all(placed))
            state.offer(kept or self._within(self._of_all(placed)))
            if kept is not None:
                break
        return quantity

    def _wishes(self) -> Iterator[Int64]:
        """Plans to begin with, each made when it is asked for."""
        packing, relaxed = self._packing, self._state.task.relaxed
        if packing is not None:
            if not self.costs:
                yield self._of_all(packed(packing, self._patient(), scarce=True))
            # Where weight alone is wanted, one plan is enough to have one: others are better at that.
            many = (
                4
                if sum(packing.opens) > 1
                else 2
                if any(packing.counted)
                else int(self.costs)
            )
            for backward, together in WAYS[:many]:
                yield self._of_all(
                    packed(
                        packing, self._patient(), backward=backward, together=together
                    )
                )
        if relaxed is not None and relaxed.quantity is not None:
            yield relaxed.quantity

    def _patient(self) -> Deadline:
        deadline = self._state.task.deadline
        return deadline.first() if self._state.quantity is None else deadline

    def _little(self) -> Deadline:
        """The time to see what one plan is worth."""
        if self._state.quantity is None:
            return self._patient()
        return self._state.task.deadline.share(0.2)

    def _as_it_is(self, wish: Int64) -> LexicographicResult | None:
        return self._state.trials.as_it_is(wish, self._little())

    def _within(self, wish: Int64) -> LexicographicResult | None:
        """The most of a plan that breaks a rule. What had to go is barred from exchanges, and all of left
        nodes that lost everything.
        """
        task = self._state.task
        found = self._state.trials.most_within(wish, task.deadline)
        if found is not None and found.quantity is not None:
            gone, left = wish > found.quantity, task.formulator.left
            lost = np.zeros(int(left.max(initial=-1)) + 1, np.bool_)
            lost[left[gone]] = True
            lost[left[found.quantity > 0]] = False
            self._barred |= gone | lost[left]
        return found

    def _of_all(self, quantity: Int64) -> Int64:
        """Quantities of all pairs from those of the packing's."""
        near = self._state.task.near
        return quantity if near is None else self._state.trials.whole(near, quantity)

    def _allowed(self) -> Mask:
        """Which of the packing's pairs are not barred."""
        near = self._state.task.near
        return ~(self._barred if near is None else self._barred[near])

    def _of_packing(self) -> Int64 | None:
        """What the packing's pairs carry; None where others carry something."""
        quantity, near = self._state.quantity, self._state.task.near
        if quantity is None or near is None:
            return quantity
        found: Int64 = quantity[near]
        return found if np.count_nonzero(found) == np.count_nonzero(quantity) else None
