"""The general search: whole where an engine holds it, else by neighbourhoods, with a bound either way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp
from matchkit.deadline import Deadline
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.mip.columns import mixed_columns
from matchkit.solvers.mip.formulation import joined
from matchkit.solvers.mip.improve import improve
from matchkit.solvers.mip.independent import solve_components
from matchkit.solvers.mip.lexicographic import LexicographicResult, lexicographic_solve
from matchkit.solvers.mip.starts import FirstPlans
from matchkit.solvers.mip.state import SearchResult, SearchState, SearchTask
from matchkit.solvers.mip.trials import PathRelinking

WHOLE = 120_000
"""Up to so many pairs the whole program is given to the engine."""
SMALL = 5_000
"""Up to so many pairs nothing else is tried, but for first plans where there is a limit of time."""
TINY = 600
"""Up to so many pairs the engine has done before exchanges have found how few left nodes can do."""
MEDIUM, MOSTLY = 15_000, 0.9
"""Up to so many pairs the whole program gets most of the time; beyond, half of it."""
SETTLING = 0.7
"""The share of the time in which a linear program's plan becomes better than the plan in hand, or is dropped.
"""
FIRST_BOUND = 0.4
"""The share of the time for a bound of the first open goal of many pairs, before a linear program of all."""
BOUNDS = 0.6
"""The share of the time left after it for bounds of all goals: that plan is close to them, and neighbourhoods
find little more.
"""
REGAINING = 0.85
"""The share of the time to do with fewer left nodes, where these cost, before the whole is tried."""
FIRST = 0.15
"""The share of the time for neighbourhoods before the whole is tried."""
LOOKED = 2
"""Rounds of the engine's levels on the whole of a small program before columns are mixed."""
LONG = 60.0
"""Seconds without which no columns are mixed."""
MIXED, LITTLE = 0.3, 1e-6
"""The share of the time left for these rounds, for columns, for the pairs in their mix, and for
neighbourhoods of that plan; the part of a pair in a mix that is none.
"""
WORD = 2**40
"""Goals are mixed as one number below this."""
EACH = 5e-5
"""Seconds a pair that a first look at a program takes: its rows, the engine's model, and its presolve."""


def search(task: SearchTask) -> SearchResult:
    """The best plan of all pairs, as far as time allows; optimal where each goal is at its bound, or short of
    it by its slack.
    """
    return _Search(task).run()


class _Search:
    """The steps of one search, in the order that the number of pairs asks for."""

    def __init__(self, task: SearchTask) -> None:
        self._task, self._state = task, SearchState(task)
        self._count = len(task.formulator.left)
        self._first = FirstPlans(self._state)
        self._near: Intp | None = None
        """Pairs near the best, by a relaxation's prices."""

    def run(self) -> SearchResult:
        """Begin with what the relaxation chose, improve it, try the whole, improve again: as far as the size
        asks for each.
        """
        task, state, first = self._task, self._state, self._first
        limited, small, large = (
            task.deadline.moment is not None,
            self._count <= SMALL,
            self._count > WHOLE,
        )
        # The whole ends soon where there are few pairs.
        little = FIRST / 3 if self._count <= MEDIUM else FIRST
        if task.start is not None:
            first.begin_with([task.start])
        # First plans: packed, repaired, joined, their units exchanged.
        if not small or limited:
            first.begin()
            if state.quantity is None:
                first.join()
            if (first.costs and self._count > TINY) or not (small or large):
                first.exchange(task.deadline.share(little))
            several = len(task.formulator.upper_bounds) > 1
            # How few left nodes can do is known by another bound, and found by doing with fewer.
            keeps = costly = first.costs_are_next()
            if limited and large and several and not costly:
                self._tighten(task.deadline.share(FIRST_BOUND), alone=True)
            if not costly:
                keeps = self._relax_again()
            if not (small or first.costs or (large and keeps)):
                first.join()
        if limited and self._count > TINY and first.costs_are_next():
            first.regain(task.deadline.share(FIRST if small else REGAINING))
        if not small:
            if limited and large:
                self._tighten(task.deadline.share(BOUNDS))
            self._improve(task.deadline.share(little))
        # The whole program, which alone can prove a bound or a contradiction; where it is too large, any
        # plan.
        if not large and not state.enough():
            mixes = (
                small
                and limited
                and task.exact
                and task.options.relaxation
                and task.deadline.has(LONG)
            )
            nothing = self._whole(rounds=LOOKED if mixes else None)
            if mixes and not nothing and not state.enough():
                self._mix()
                self._improve(task.deadline.share(MIXED))
                nothing = not state.enough() and self._whole(first=LOOKED)
            if nothing:
                return SearchResult(None, None, None, state.engine, infeasible=True)
        if state.quantity is None and self._nothing():
            return SearchResult(None, None, None, state.engine, infeasible=True)
        # What time is left goes to neighbourhoods, exchanges and bounds. Exchanges compare goals in order,
        # and would take back what a tolerance gave.
        self._improve(task.deadline.share(0.7))
        if limited:
            if task.exact:
                first.exchange(task.deadline.share(0.5))
                first.regain(task.deadline.share(0.5))
            self._tighten(task.deadline.share(0.5))
        self._improve(task.deadline)
        bounds = None if state.goals is None and task.relaxed is None else state.bounds
        return SearchResult(state.quantity, state.goals, bounds, state.engine)

    def _relax_again(self) -> bool:
        """A closer bound and another plan, where these can still be of use; whether that plan, if there is
        one, keeps the rules.
        """
        task, state = self._task, self._state
        found = (
            None
            if task.blocks is None
            else task.blocks(state.goals, state.bounds, task.deadline)
        )
        if found is None:
            return True
        state.bound_by(found.bounds)
        if found.support is not None and found.near is not None:
            self._near = found.near
            self._settle(found.quantity, found.support)
            return True
        return found.quantity is None or self._first.begin_with([found.quantity])

    def _settle(self, quantity: Int64 | None, support: Intp) -> None:
        """The plan that a linear program is close to: what fits of it, joined with the pairs that it takes a
        part of, and improved among those near them until it is better than the plan in hand.

        One that is worse at first gets there soon: it differs from the best in few places, in all goals at
        once.
        """
        task, state = self._task, self._state
        little = task.deadline.share(SETTLING)
        found = None if quantity is None else state.trials.as_it_fits(quantity, little)
        if found is None or found.quantity is None or found.goals is None:
            return
        pairs = np.union1d(support, np.flatnonzero(found.quantity > 0))
        plan, goals = found.quantity, found.goals
        joined = state.trials.joined(pairs, plan, goals, little, state.seed)
        if joined is not None and joined.quantity is not None and joined.goals:
            plan, goals = joined.quantity, joined.goals
        known = state.goals
        limited = little.moment is not None and not little.over()
        if known is not None and goals <= known and limited:
            plan, goals = improve(
                task.formulator,
                plan,
                goals,
                little,
                seed=state.seed,
                enough=lambda reached: reached > known,
                among=self._near,
                engine=task.engine,
            )
        state.offer(LexicographicResult(plan, goals, ()))

    def _improve(self, deadline: Deadline) -> None:
        """Large-neighbourhood search from the plan in hand."""
        task, state = self._task, self._state
        if state.quantity is None or state.goals is None or state.enough():
            return
        if deadline.moment is None or deadline.over():
            return
        state.engine = f"{task.engine.name} with large-neighbourhood search"
        state.seed += 1
        state.quantity, state.goals = improve(
            task.formulator,
            state.quantity,
            state.goals,
            deadline,
            seed=state.seed,
            enough=state.is_enough,
            kept=state.settled,
            found=state.tell,
            among=self._near,
            engine=task.engine,
        )

    def _tighten(self, deadline: Deadline, *, alone: bool = False) -> None:
        """A better bound of the first goal that is open and, unless it is asked for alone, of those after
        it.
        """
        task, goals, bounds = self._task, self._state.goals, self._state.bounds
        if bounds is None and alone:
            bounds = task.formulator.upper_bounds
        if (
            task.tighten is None
            or goals is None
            or bounds is None
            or goals >= bounds
            or not task.exact
            or self._state.enough()
        ):
            return
        number = next(
            place
            for place, (value, bound) in enumerate(zip(goals, bounds, strict=True))
            if value < bound
        )
        if deadline.over():
            return
        last = number + 1 if alone else len(goals)
        closer = task.tighten(goals, range(number, last), deadline)
        if closer is not None and closer < goals[number]:
            raise EngineError(
                Message.of("matching.goal_beyond", value=goals[number], bound=closer)
            )
        if closer is not None and closer < bounds[number]:
            # In order: a plan is no better than this in the goal, or has less of one before it. Of later
            # goals nothing is known.
            upper_bounds = task.formulator.upper_bounds[number + 1 :]
            self._state.bounds = (*bounds[:number], closer, *upper_bounds)

    def _mix(self) -> None:
        """A bound by prices on what joins left nodes, and the best plan of pairs in the best mix of what each
        node does by itself.
        """
        task, state = self._task, self._state
        every = np.arange(self._count)
        formulation = task.formulator.formulation(
            every, np.full(self._count, -1, np.int64)
        )
        words = joined(formulation, WORD)
        if len(words) > 1:
            return
        mixed = mixed_columns(
            formulation,
            words[0],
            np.asarray(task.formulator.left, np.int64),
            task.deadline.share(MIXED),
            task.engine,
            state.seed,
        )
        if mixed is None:
            return
        state.bound_by(mixed.bounds)
        if state.enough():
            return
        taken = mixed.part > LITTLE
        if state.quantity is not None:
            taken |= state.quantity > 0
        state.offer(
            state.trials.most_of(np.flatnonzero(taken), task.deadline.share(MIXED))
        )

    def _whole(self, first: int = 0, rounds: int | None = None) -> bool:
        """All pairs that may be in a better plan, by the engine, from a round on and before another (None: as
        long as time allows); whether nothing keeps the rules.
        """
        task, state, relaxed = self._task, self._state, self._task.relaxed
        exact, options = task.exact, task.options
        selection = np.arange(self._count)
        if (
            exact
            and options.pruning
            and relaxed is not None
            and state.quantity is not None
            and state.goals is not None
        ):
            # Reduced-cost fixing: a pair that loses more than lies between bound and plan is in no better
            # plan.
            hopeless = relaxed.hopeless(state.goals, self._count)
            selection = np.flatnonzero(~hopeless | (state.quantity > 0))
        formulation = task.formulator.formulation(
            selection, np.full(len(selection), -1, np.int64)
        )
        part = 1.0 if self._count <= SMALL else MOSTLY if self._count <= MEDIUM else 0.5
        if rounds is not None:
            part = MIXED
        deadline = task.deadline if part == 1.0 else task.deadline.share(part)
        # Branch and bound on linear programs beside the engine, where there are many pairs and a limit.
        limited = task.deadline.moment is not None
        beside = task.beside if limited and self._count > SMALL else None
        effort = replace(state.effort, first=first, rounds=rounds, beside=beside)
        start = None if state.quantity is None else state.quantity[selection]
        result: LexicographicResult | None = None
        if exact and options.components:
            result = solve_components(formulation, deadline, effort, start=start)
        if result is None:
            # Joining plans compares their goals in order, and would take back what a tolerance gave to a
            # later goal.
            relink = None
            if exact and self._count > SMALL:
                plans = (state.quantity, None if relaxed is None else relaxed.quantity)
                relink = PathRelinking(
                    state.trials,
                    selection,
                    [plan for plan in plans if plan is not None],
                    state.seed,
                )
            result = lexicographic_solve(
                formulation,
                deadline,
                effort,
                start=start,
                reached=state.goals,
                known=state.bounds
                if exact
                else None
                if relaxed is None
                else relaxed.bounds,
                relink=relink,
            )
        if result.infeasible:
            return True
        if beside is not None:
            state.engine = f"{task.engine.name} and {beside.name}"
        if result.bounds and result.goals is not None:
            # Left-out pairs are in no better plan: the bound holds for what is better than the plan in hand.
            bounds = (
                result.bounds
                if state.goals is None
                else max(result.bounds, state.goals)
            )
            if exact:
                state.bound_by(bounds)
            else:
                state.bounds = bounds
        if (
            result.quantity is not None
            and result.goals is not None
            and (state.goals is None or result.goals >= state.goals or not exact)
        ):
            quantity = state.trials.whole(selection, result.quantity)
            state.take(LexicographicResult(quantity, result.goals, ()))
        return False

    def _nothing(self) -> bool:
        """A first plan where there is none: of no pairs if that keeps the rules, else of the near ones, else
        of all.

        Whether nothing keeps them.
        """
        task, state = self._task, self._state
        few = [] if task.near is None else [task.near]
        for selection in (np.zeros(0, np.intp), *few, np.arange(self._count)):
            if not task.deadline.has(EACH * len(selection)):
                return False
            result = state.trials.most_of(selection, task.deadline)
            if result.quantity is not None:
                state.take(result)
                return False
        return result.infeasible
