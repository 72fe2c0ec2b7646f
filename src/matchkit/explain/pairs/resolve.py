"""The loss by a forced pair, by solving again with a lock on it where no prices prove it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import AddRule
from matchkit.answers.pairs import Filled, GoalLoss, Move, NewStart, Obstacle
from matchkit.compile.shares import values_of_shares
from matchkit.errors import ContradictionError, EngineError, StoppedError
from matchkit.explain.plan_state import PlanState
from matchkit.messages.message import Message
from matchkit.model import Lock
from matchkit.plan import Plan
from matchkit.plan.outcome import Goal
from matchkit.solving.solve import solve


def forced(
    state: PlanState,
    resource: str,
    requirement: str,
    quantity: int,
    time_limit: float | None,
) -> dict[str, Any]:
    """The fields of a WhyNot: verdict, and loss and moves or what rules it out."""
    lock = Lock(resource=resource, requirement=requirement, quantity=quantity)
    problem = apply_changes(state.problem, [AddRule(rule=lock)])
    try:
        found = solve(problem, seed=state.plan.outcome.seed, time_limit=time_limit)
    except ContradictionError:
        locks = sorted(
            {
                rule.label
                for rule in state.problem.rules
                if isinstance(rule, Lock) and rule.soft is None
            }
        )
        return {
            "verdict": "ruled_out",
            "obstacles": (Obstacle(kind="rules", locks=tuple(locks)),),
            "proof": "search",
        }
    except StoppedError:
        return {"verdict": "unknown", "proof": "search"}
    loss = losses(state.plan.outcome.goals, _by_the_same_goals(state, found))
    exact = all(goal.most is not None and goal.least == goal.most for goal in loss)
    moves, filled = difference(state.plan, found, (resource, requirement))
    return {
        "verdict": "exact" if exact else "bound",
        "proof": "search",
        "loss": loss,
        "moves": moves,
        "filled": filled,
        "starts": new_starts(state, found),
    }


def _by_the_same_goals(state: PlanState, found: Plan) -> Sequence[Goal]:
    """What a plan reaches in the goals of another, whose levels of coverage or loads it does not name: it has
    a problem that is a flow, where they are one goal that has the same best plans.
    """
    stated = {goal.name: goal for goal in found.outcome.goals}
    if list(stated) == [goal.name for goal in state.plan.outcome.goals]:
        return found.outcome.goals
    given, taken = np.zeros_like(state.given), np.zeros_like(state.taken)
    for entry in found.assignments:
        given[state.left_of[entry.resource]] += entry.quantity
        taken[state.right_of[entry.requirement]] += entry.quantity
    reached = values_of_shares(state.shares, (given, taken))
    proven = found.outcome.status == "optimal"
    goals = []
    for aim in state.aims:
        value = sum(part.factor * reached.get(part, 0) for part in aim.parts)
        counted = Goal(
            name=aim.name,
            value=value,
            bound=value if proven else None,
            tolerance=aim.tolerance,
        )
        goals.append(stated.get(aim.name, counted))
    return goals


def losses(before: Sequence[Goal], after: Sequence[Goal]) -> tuple[GoalLoss, ...]:
    """What the best plan loses by goal, from the values and bounds of both solves; None after the first goal
    that either leaves open.

    A goal that may give something up to later ones is known as far as its tolerance. Raises EngineError where
    forcing gains what was proven impossible.
    """
    found: list[GoalLoss] = []
    known = even = True
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        tolerance = one.tolerance if number < len(before) - 1 else 0
        least = most = None
        if known:
            least = None if other.bound is None else _low(one, tolerance) - other.bound
            most = None if one.bound is None else one.bound - _low(other, tolerance)
            if even:  # the best plan with a lock is a plan without it
                least = -tolerance if least is None else max(-tolerance, least)
            if least is not None and most is not None and most < least:
                raise EngineError(Message("defect.lock"))
        found.append(
            GoalLoss(
                goal=one.name,
                before=one.value,
                after=other.value,
                least=least,
                most=most,
            )
        )
        known = known and _settled(one, tolerance) and _settled(other, tolerance)
        even = even and known and one.bound == other.bound
    return tuple(found)


def _settled(goal: Goal, tolerance: int) -> bool:
    return goal.bound is not None and goal.value >= goal.bound - tolerance


def _low(goal: Goal, tolerance: int) -> int:
    """The least that the best plan has in a goal."""
    return goal.value if goal.bound is None else min(goal.value, goal.bound - tolerance)


def difference(
    one: Plan, other: Plan, first: tuple[str, str]
) -> tuple[tuple[Move, ...], tuple[Filled, ...]]:
    """What leads from one plan to the other: units that move, resource by resource, those of the pair
    ``first`` before all others; and the requirements that have more or less.
    """
    had, has = (
        {
            (entry.resource, entry.requirement): entry.quantity
            for entry in plan.assignments
        }
        for plan in (one, other)
    )
    lost: dict[str, list[tuple[str, int]]] = {}
    gained: dict[str, list[tuple[str, int]]] = {}
    filled: dict[str, int] = {}
    for pair in sorted({*had, *has}, key=lambda pair: (pair != first, pair)):
        by = has.get(pair, 0) - had.get(pair, 0)
        if by:
            (gained if by > 0 else lost).setdefault(pair[0], []).append(
                (pair[1], abs(by))
            )
            filled[pair[1]] = filled.get(pair[1], 0) + by
    moves = [
        move
        for name in sorted({*lost, *gained}, key=lambda name: (name != first[0], name))
        for move in _moves(name, lost.get(name, []), gained.get(name, []))
    ]
    return tuple(moves), tuple(
        Filled(requirement=name, change=by) for name, by in sorted(filled.items()) if by
    )


def _moves(
    resource: str, lost: list[tuple[str, int]], gained: list[tuple[str, int]]
) -> list[Move]:
    """A resource's units, those that it gives elsewhere first."""
    found: list[Move] = []
    lost, gained = list(lost), list(gained)
    while lost or gained:
        units = min(side[0][1] for side in (lost, gained) if side)
        ends: list[str | None] = []
        for side in (gained, lost):
            ends.append(side[0][0] if side else None)
            if side:
                name, rest = side.pop(0)
                if rest > units:
                    side.insert(0, (name, rest - units))
        found.append(
            Move(resource=resource, to=ends[0], away_from=ends[1], quantity=units)
        )
    return found


def new_starts(state: PlanState, other: Plan) -> tuple[NewStart, ...]:
    """The flexible demands that take place at another time in the other plan."""
    owner = {
        need.id: demand.id
        for demand in state.problem.demands
        for need in demand.requirements
    }
    before, after = (
        {
            owner[entry.requirement]: entry.start
            for entry in plan.assignments
            if entry.start is not None
        }
        for plan in (state.plan, other)
    )
    names = sorted(
        name for name in {*before, *after} if before.get(name) != after.get(name)
    )
    zone = state.problem.zone
    return tuple(
        NewStart(demand=name, before=before.get(name), after=after.get(name), zone=zone)
        for name in names
    )
