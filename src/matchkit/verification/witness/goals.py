"""What all goals are after moves, and whether that is better."""

from __future__ import annotations

from matchkit.verification.goals import Standing, Vector
from matchkit.verification.witness.growth import Growth
from matchkit.verification.witness.moves import Moves
from matchkit.verification.witness.view import WitnessView


def after(view: WitnessView, moves: Moves, grown: Growth) -> Vector:
    """All goals after the moves."""
    case, world = view.case, view.world
    taken, given, weight = dict(case.taken), dict[str, int](), -grown.paid
    for (resource, requirement), quantity in moves.pairs.items():
        more = quantity - case.pairs.get((resource, requirement), 0)
        taken[requirement] = taken.get(requirement, 0) + more
        given[resource] = given.get(resource, 0) + more
        weight += more * view.weight(resource, requirement)
    used = 0
    for resource, more in given.items():
        now, then = case.given.get(resource, 0) + more > 0, case.given.get(resource, 0) > 0
        used += now - then
        weight -= world.resources[resource].activation * (now - then)
    before = view.standing
    broken = {
        tier: before.broken.get(tier, 0) + grown.by_tier.get(tier, 0)
        for tier in {*before.broken, *grown.by_tier}
    }
    return case.goals.values(
        Standing(taken, before.weight + weight, before.used + used, broken)
    )


def better(view: WitnessView, before: Vector, then: Vector) -> bool:
    """Whether ``then`` has more in the first goal in which the two are not alike (docs/explanations.md,
    CostlyChain).
    """
    stated, slack = view.plan.outcome.goals, view.case.goals.slack
    for place, (old, new, free) in enumerate(zip(before, then, slack, strict=True)):
        bound = stated[place].bound if place < len(stated) else None
        mark = bound if bound is not None and 0 <= bound - old <= free else max(old, new)
        alike = old == new or (free > 0 and min(old, new) >= mark - free)
        if not alike:
            return new > old
    return False
