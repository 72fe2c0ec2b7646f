"""What a plan reaches in each goal of its problem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from matchkit.graph.network import GoalValues
from matchkit.model import Aim
from matchkit.plan import Payment


def values_of(
    aims: Iterable[Aim],
    units: Iterable[tuple[int, int, int]],
    weight: int,
    *,
    used: int = 0,
    payments: Iterable[Payment] = (),
) -> GoalValues:
    """What a plan reaches in every goal, in Python integers.

    ``units`` are tier, minimum and units of every requirement that has any, ``weight`` is the sum over all
    pairs, ``used`` how many resources give anything; ``payments`` lower weight and soft rules.
    """
    reached: Counter[tuple[str, int]] = Counter()
    for tier, minimum, amount in units:
        reached["minimum", tier] += min(amount, minimum)
        reached["filled", tier] += max(0, amount - minimum)
    for payment in payments:
        weight -= payment.paid
        if payment.tier is not None:
            reached["broken", payment.tier] -= payment.amount
    reached["weight", 0], reached["resources_used", 0] = weight, -used
    return tuple(
        sum(
            part.factor * amount
            for part in aim.parts
            for (measure, tier), amount in reached.items()
            if measure == part.measure and part.tier in (None, tier)
        )
        for aim in aims
    )
