"""The Hall set of a requirement that lacks something: who holds all that anybody eligible can give."""

from __future__ import annotations

import numpy as np

from matchkit.answers.causes import Claim, HallSet, PairClaim
from matchkit.compile.ragged import spread
from matchkit.errors import EngineError
from matchkit.explain.plan_state import Caps, PlanState
from matchkit.explain.residual.reach import ClosedSet
from matchkit.messages.message import Message


def hall_set(state: PlanState, caps: Caps, right: int, found: ClosedSet) -> HallSet:
    """The witness that everything reached is held: docs/explanations.md, HallSet.

    Raises BrokenPlanError where it is not, because the plan breaks a rule.
    """
    members = [q for q in found.right.tolist() if state.taken[q] > 0]
    inside = {*members, right}
    named = [
        node
        for node in found.caps
        if not any(above in found.caps for above in list(caps.above(node))[1:])
    ]
    below = {
        node
        for node in range(len(caps.ids))
        if any(above in named for above in caps.above(node))
    }
    _, at = spread(state.rfirst, found.right)
    at = state.by_right[at]
    full = at[state.carried[at] == state.own_capacity(at)]
    named_so = {r for r in found.left.tolist() if caps.of[r] not in below}
    resources = sorted(
        named_so
        | {
            r
            for r in state.left[full].tolist()
            if caps.of[r] not in below and _spent(state, r, inside)
        }
    )
    elsewhere = [
        ((r, q), amount) for (r, q), amount in state.locks.items() if q not in inside
    ]
    bound = dict.fromkeys(resources, 0)
    under = dict.fromkeys(named, 0)
    for (r, _), amount in elsewhere:
        if r in bound:
            bound[r] += amount
        for node in caps.over(r):
            if node in under:
                under[node] += amount
    pairs = sorted(
        (int(r), int(q), int(amount))
        for r, q, amount in zip(
            state.left[full].tolist(),
            state.right[full].tolist(),
            state.carried[full].tolist(),
            strict=True,
        )
        if r not in bound and caps.of[r] not in below
    )
    made = HallSet(
        requirements=tuple(
            Claim(id=state.requirement_ids[q], units=int(state.taken[q]))
            for q in members
        ),
        resources=tuple(
            Claim(id=state.resource_ids[r], units=int(state.capacity[r]) - bound[r])
            for r in resources
        ),
        units=tuple(
            sorted(
                (
                    Claim(id=caps.ids[node], units=caps.most[node] - under[node])
                    for node in named
                ),
                key=lambda claim: claim.id,
            )
        ),
        pairs=tuple(
            PairClaim(
                resource=state.resource_ids[r],
                requirement=state.requirement_ids[q],
                units=n,
            )
            for r, q, n in pairs
        ),
    )
    held = sum(claim.units for claim in made.requirements)
    given = sum(claim.units for claim in (*made.resources, *made.units)) + sum(
        claim.units for claim in made.pairs
    )
    if held != given:
        state.check_rules()
        raise EngineError(
            Message.of("defect.shortage", requirement=state.requirement_ids[right])
        )
    return made


def _spent(state: PlanState, left: int, inside: set[int]) -> bool:
    """Whether a resource gives all it has, and all of it to these requirements."""
    at = np.arange(state.first[left], state.first[left + 1])
    at = at[state.carried[at] > 0]
    return bool(state.given[left] == state.capacity[left]) and inside.issuperset(
        state.right[at].tolist()
    )
