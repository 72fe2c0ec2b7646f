"""The cause of every shortage, in the order of docs/explanations.md: the first that its witness proves."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matchkit.answers.causes import (
    Blocked,
    Cause,
    ChosenElsewhere,
    CostlyChain,
    GoalBeforeAfter,
    HallSet,
    NotProven,
    SharedHallSet,
    Step,
    Witness,
)
from matchkit.answers.shortages import Remedy, Shortage, Shortages
from matchkit.arrays import Intp
from matchkit.compile.ranks import ranks_of
from matchkit.errors import Complaint, InputError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.reach import ClosedSet, NearestEnds, Reach
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.explain.shortages.hall_sets import hall_set
from matchkit.explain.shortages.remedies import Remedies
from matchkit.explain.shortages.weighing import Steps, Weighed, Weighing

UNIT_CAPS = ("unit_cap", "reserve_share")
TRIED = 30
"""So many ways to one more unit are weighed before the best of them is told."""


class Causes:
    """Explains what a plan lacks. Raises InputError where the plan states other goals than the problem has,
    and EngineError where the plan's own proof is contradicted.
    """

    def __init__(
        self,
        state: PlanState,
        network: ResidualNetwork | None = None,
        reach: Reach | None = None,
    ) -> None:
        """``network`` is that of the plan, where there is one already; ``reach`` says who could give way,
        where it is not by goals alone.
        """
        network = network or ResidualNetwork(state)
        stated = [goal.name for goal in state.plan.outcome.goals]
        if stated != [aim.name for aim in state.aims]:
            wrong = Complaint.of("plan", "plan.goals")
            raise InputError([wrong])
        self.state, self._units = state, network.units
        self._reach = network.reach if reach is None else reach
        self._next, self._last = network.next_goal, network.last_goal
        self.weighing = Weighing(network)
        self._remedies = Remedies(state, self.weighing)
        self._hall_sets: dict[tuple[bytes, bytes, tuple[int, ...]], HallSet] = {}
        """By what is reached: many requirements may lack the same."""
        self._mutual: Intp | None = None

    def all(self, only: Iterable[int] | None = None) -> Shortages:
        """Why every requirement (or each of those given, by number) lacks what it lacks."""
        short = np.flatnonzero(self.state.taken < self.state.wanted)
        if only is not None:
            short = np.intersect1d(short, np.array(list(only), np.intp))
        order = np.lexsort((short, self.state.tier[short]))
        hall_sets: dict[int, HallSet] = {}
        found = []
        for shortage in map(self.of, short[order].tolist()):
            if isinstance(shortage.witness, HallSet):
                hall_sets.setdefault(id(shortage.witness), shortage.witness)
                number = list(hall_sets).index(id(shortage.witness))
                shortage = shortage.model_copy(
                    update={"witness": SharedHallSet(number=number)}
                )
            found.append(shortage)
        return Shortages(shortages=tuple(found), hall_sets=tuple(hall_sets.values()))

    def of(self, right: int) -> Shortage:
        """Why one requirement, by its number, lacks units; it must lack some."""
        state = self.state
        cause, witness, remedies = self._found(right)
        goal = int(self._next[right])
        return Shortage(
            requirement=state.requirement_ids[right],
            demand=state.demands[right].id,
            tier=int(state.tier[right]),
            missing=int(state.wanted[right] - state.taken[right]),
            goal=state.aims[goal].name if goal < len(state.aims) else None,
            cause=cause,
            witness=witness,
            remedies=remedies,
        )

    def _found(self, right: int) -> tuple[Cause, Witness, tuple[Remedy, ...]]:
        state = self.state
        if state.rfirst[right] == state.rfirst[right + 1]:
            return (
                "nobody_eligible",
                self.state.funnels.of(state.requirement_ids[right]),
                self._aside(right),
            )
        # All that is reached is held: a Hall set proves that nothing better exists (Hall 1935).
        closed = self._reach.closed(right)
        if closed is not None:
            return self._contended(right, closed)
        if state.problem.objective.chooses:
            return "ranks", self._chosen_elsewhere(right), ()
        # Where the only way to an end leads through a cap, what runs into the cap is told.
        ways = self._ways(right, self._reach.of(right)) or self._ways(
            right, self._reach.of(right, capped=True)
        )
        weighed = [(moves, self.weighing.of(moves)) for moves in ways]
        better = next(
            (
                moves
                for moves, found in weighed
                if not found.hard and self._is_better(found)
            ),
            None,
        )
        if better is not None or not self._proved(right):
            return "search_limit", self._not_proven(better), ()
        for moves, found in weighed:
            if not found.hard:
                goals = zip(
                    self.weighing.labels, found.before, found.after, strict=True
                )
                goals_given = tuple(
                    GoalBeforeAfter(goal=name, before=before, after=after)
                    for name, before, after in goals
                )
                return (
                    "soft_rule",
                    CostlyChain(
                        steps=self._steps(moves), goals=goals_given, rules=found.soft
                    ),
                    self._aside(right),
                )
        if not weighed:
            return "search_limit", self._not_proven(None), ()
        moves, found = min(weighed, key=lambda way: len(way[1].hard))
        return (
            "limit",
            Blocked(steps=self._steps(moves), rules=found.hard),
            self._room(right, moves, found),
        )

    def _contended(
        self, right: int, closed: ClosedSet
    ) -> tuple[Cause, Witness, tuple[Remedy, ...]]:
        """All that anybody eligible can give is held: by caps that a resource with something left runs into,
        or by others.
        """
        state = self.state
        key = (
            closed.left.tobytes(),
            closed.right[(state.taken[closed.right] > 0)].tobytes(),
            closed.caps,
        )
        if key not in self._hall_sets:
            self._hall_sets[key] = hall_set(state, self._units, right, closed)
        witness = self._hall_sets[key]
        if witness.units:
            weighed = [
                (moves, self.weighing.of(moves))
                for moves in self._ways(right, self._reach.of(right, capped=True))
            ]
            moves, found = min(weighed, key=lambda way: (len(way[1].hard), len(way[0])))
            proof = (
                witness
                if all(broken.rule in UNIT_CAPS for broken in found.hard)
                else None
            )
            return (
                "limit",
                Blocked(steps=self._steps(moves), rules=found.hard, hall_set=proof),
                self._room(right, moves, found),
            )
        others = [q for q in closed.right.tolist() if q != right and state.taken[q] > 0]
        above = bool(others) and all(self._last[q] < self._next[right] for q in others)
        return ("higher_tier" if above else "contention"), witness, self._aside(right)

    def _ways(self, right: int, reached: NearestEnds) -> list[Steps]:
        """Steps to one more unit: those of one step first, then the shortest chain to each end."""
        late = reached.late.tolist()
        ends = [(end, False) for end in reached.free.tolist()] + [
            (end, True) for end in late
        ]
        chains = [
            self._reach.chain(right, reached, end, late=last)
            for end, last in ends[:TRIED]
        ]
        return [tuple(chain) for chain in chains if chain is not None]

    def _chosen_elsewhere(self, right: int) -> ChosenElsewhere:
        """How many are eligible, and how many and the requirement would take each other."""
        objective, first = self.state.problem.objective, self.state.rfirst
        if self._mutual is None:
            needs = self.state.right[ranks_of(self.state)[2]]
            self._mutual = np.bincount(needs, minlength=len(first) - 1)
        return ChosenElsewhere.model_validate(
            {
                "rule": objective.stable or objective.choice,
                "eligible": int(first[right + 1] - first[right]),
                "mutual": int(self._mutual[right]),
            }
        )

    def _room(self, right: int, moves: Steps, found: Weighed) -> tuple[Remedy, ...]:
        """Room under the caps for a single step that breaks nothing else and costs no earlier goal; else a
        resource set aside.

        That is an alternative also where a cap of a unit is in the way: it takes none of its units.
        """
        earlier = slice(0, int(self._next[right]))
        single = (
            len(moves) == 1
            and moves[0][2] < 0
            and found.after[earlier] >= found.before[earlier]
        )
        if single and self._remedies.may_raise(found.hard):
            room = Remedy(changes=self._remedies.with_room(moves, found.hard))
            return (
                room,
                *(
                    self._aside(right)
                    if any(broken.rule in UNIT_CAPS for broken in found.hard)
                    else ()
                ),
            )
        return self._aside(right)

    def _aside(self, right: int) -> tuple[Remedy, ...]:
        if self.state.problem.objective.chooses:
            return ()  # whom ranks would choose after a change is not known
        return (Remedy(changes=self._remedies.set_aside(right)),)

    def _steps(self, moves: Steps) -> tuple[Step, ...]:
        names, needs = self.state.resource_ids, self.state.requirement_ids
        return tuple(
            Step(
                resource=names[left],
                to=needs[to],
                away_from=needs[away] if away >= 0 else None,
            )
            for left, to, away in moves
        )

    def _is_better(self, found: Weighed) -> bool:
        """Whether the goals are better in their order, those alike that lie within a goal's tolerance of what
        can be reached.
        """
        goals = self.state.plan.outcome.goals
        for number, (goal, before, after) in enumerate(
            zip(goals, found.before, found.after, strict=True)
        ):
            slack = goal.tolerance if number + 1 < len(goals) else 0
            reached = goal.bound is not None and goal.bound - before <= slack
            reference = (
                goal.bound if reached and goal.bound is not None else max(before, after)
            )
            if before != after and min(before, after) < reference - slack:
                return after > before
        return False

    def _open_goal(self) -> int | None:
        """The place of the first goal that the outcome does not prove (within its tolerance; the last has
        none), if any.
        """
        goals = self.state.plan.outcome.goals
        for place, goal in enumerate(goals):
            slack = goal.tolerance if place + 1 < len(goals) else 0
            if goal.bound is None or goal.bound - goal.value > slack:
                return place
        return None

    def _proved(self, right: int) -> bool:
        """Whether the outcome proves every goal up to the one that the next unit counts in."""
        place = self._open_goal()
        return place is None or place > int(self._next[right])

    def _not_proven(self, moves: Steps | None) -> NotProven:
        outcome = self.state.plan.outcome
        place = self._open_goal()
        goal = outcome.goals[-1 if place is None else place]
        steps = () if moves is None else self._steps(moves)
        return NotProven(
            goal=goal.name,
            value=goal.value,
            bound=goal.bound,
            gap=outcome.gap,
            steps=steps,
        )
