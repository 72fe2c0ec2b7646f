"""Idle resources, and the one datum that keeps each of them so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from matchkit.answers.idle import Idle, IdleResources
from matchkit.arrays import Intp
from matchkit.explain.advice.caps import FullCap, FullCaps
from matchkit.explain.advice.failing import RULES, Counts, Failing
from matchkit.explain.advice.mend import mended
from matchkit.explain.advice.trial import checked
from matchkit.explain.plan_state import PlanState
from matchkit.model import Problem
from matchkit.plan import Plan

CELLS = 2_000_000
"""Resources times slots looked at in one go."""
TRIES = 200
"""Slots of which one rule alone keeps a resource that are looked at before it counts as kept by several."""


def idle(problem: Problem, plan: Plan) -> IdleResources:
    """Every resource that gives nothing in the plan, and the single datum whose change makes it useful, where
    there is one.

    Useful: eligible for a requirement that lacks something, with room in every cap above both. Of several the
    requirement whose next unit counts in the earliest goal is named, then the first rule of time, skill,
    mode, load, distance, forbid, capacity, kind.

    Raises InputError for wrong arguments, and where the plan is none of this problem.
    """
    checked(problem, plan)
    return idle_of(PlanState(problem, plan))


def idle_of(state: PlanState, only: Sequence[int] | None = None) -> IdleResources:
    """The answer, from a plan that was placed already; of these resources alone, by number, where some are
    named.
    """
    rows = np.flatnonzero(state.given == 0)
    if only is not None:
        rows = np.intersect1d(rows, np.array(only, np.intp))
    short = _short_slots(state)
    caps = FullCaps(state)
    if not len(short):
        return IdleResources(idle=tuple(_alone(state, int(row)) for row in rows.tolist()))
    failing = Failing(state, short)
    step = max(1, CELLS // len(short))
    found = [
        entry
        for begin in range(0, len(rows), step)
        for entry in _blocked(state, failing, caps, rows[begin : begin + step], short)
    ]
    return IdleResources(idle=tuple(found))


def _alone(state: PlanState, row: int) -> Idle:
    eligible = _eligible(state, row)
    return Idle(
        resource=state.resource_ids[row],
        blocked_by="filled" if eligible else "nothing_short",
        eligible=eligible,
    )


def _eligible(state: PlanState, row: int) -> int:
    return int(state.first[row + 1] - state.first[row])


def _short_slots(state: PlanState) -> Intp:
    """Slots of the requirements that lack something, those first whose next unit counts in the earliest
    goal.
    """
    short = np.flatnonzero(state.taken < state.wanted)
    beyond = state.taken >= state.minimum
    order = short[np.lexsort((short, beyond[short], state.tier[short]))]
    places = state.lists.places
    return np.array(
        [slot for q in order.tolist() for slot in places[state.requirement_ids[q]]], np.intp
    )


def _blocked(
    state: PlanState, failing: Failing, caps: FullCaps, rows: Intp, short: Intp
) -> Iterator[Idle]:
    tables = failing.tables(rows)
    lists = state.lists
    over_right = [
        caps.above_community(lists.slots[slot].demand.community) for slot in short.tolist()
    ]
    over_left = [caps.above_unit(lists.resources[row].unit) for row in rows.tolist()]
    count = (
        np.array([len(full) for full in over_left], np.int16)[:, None]
        + np.array([len(full) for full in over_right], np.int16)[None, :]
    )
    for table in tables.values():
        count = count + table
    for place, row in enumerate(rows.tolist()):
        yield _one(
            state,
            row,
            short,
            count[place],
            {rule: tables[rule][place] for rule in RULES},
            over_left[place],
            over_right,
        )


def _one(
    state: PlanState,
    row: int,
    short: Intp,
    count: Counts,
    tables: Mapping[str, Counts],
    over_left: list[FullCap],
    over_right: list[list[FullCap]],
) -> Idle:
    lists, eligible = state.lists, _eligible(state, row)
    resource = lists.resources[row]
    for column in np.flatnonzero(count == 1)[:TRIES].tolist():
        slot = lists.slots[int(short[column])]
        rule = next((rule for rule in RULES if tables[rule][column]), "cap")
        found = mended(lists, rule, resource, slot, [*over_left, *over_right[column]])
        if found.change is not None:
            return Idle(
                resource=resource.id,
                blocked_by=found.rule,
                requirement=slot.requirement.id,
                reasons=found.reasons,
                change=found.change,
                eligible=eligible,
            )
    nearest = int(np.argmin(count))
    slot = lists.slots[int(short[nearest])]
    if count[nearest] == 0:
        return Idle(
            resource=resource.id,
            blocked_by="bound",
            requirement=slot.requirement.id,
            eligible=eligible,
        )
    if eligible:
        return Idle(resource=resource.id, blocked_by="filled", eligible=eligible)
    reasons = tuple(
        reason
        for rule in (*RULES, "cap")
        if rule == "cap" or tables[rule][nearest]
        for reason in mended(
            lists, rule, resource, slot, [*over_left, *over_right[nearest]]
        ).reasons
    )
    return Idle(
        resource=resource.id,
        blocked_by="several",
        requirement=slot.requirement.id,
        reasons=reasons,
    )
