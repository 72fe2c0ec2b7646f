"""What earlier rounds have given to those who share, or taken from them. docs/rules.md (Over rounds) defines
it.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import log2
from typing import NamedTuple

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Part
from matchkit.verification.world import World

MOST_BITS = 256
"""Digits to the base two of what a unit of the oldest round is divided by are no more."""
FIELDS = {
    "communities": "community",
    "demands": "demand",
    "requirements": "requirement",
    "resources": "resource",
    "units": "unit",
}


class Past(NamedTuple):
    """What somebody was given, and what was wanted; of loads, what somebody gave."""

    given: Fraction
    wanted: Fraction


def ledger(world: World, part: Part) -> dict[str, Past]:
    """The past of everybody who has a record that counts in this part, by id. Raises BudgetError where
    numbers are too large.
    """
    problem, field = world.problem, FIELDS.get(str(part.of), "community")
    above = None if part.depth is None else world.communities.at_depth(part.depth)
    by_round: dict[int, list[tuple[str, Fraction, int]]] = defaultdict(list)
    for record in problem.history:
        name = getattr(record, field)
        if above is not None:
            name = above.get(name)
        if name is None:
            continue
        kinds = {world.key(kind) for kind in (part.kind, record.kind) if kind}
        if part.kind is not None and len(kinds) > 1:
            continue
        if part.tier is not None and record.tier not in (None, part.tier):
            continue
        worth = Fraction(1)
        if record.measure != "units":
            worth = Fraction(getattr(problem.objective, record.measure))
        wanted = 0 if record.of is None else record.of
        by_round[record.round].append((name, record.given * worth, wanted))
    now = problem.round
    if now is None:
        now = 1 + max((record.round for record in problem.history), default=0)
    decay = Fraction(problem.objective.decay)
    oldest = max((now - number for number in by_round), default=0)
    if decay.denominator > 1 and oldest * int(log2(decay.denominator)) > MOST_BITS:
        raise BudgetError(Message.of("matching.long_history", most=MOST_BITS))
    found: dict[str, Past] = {}
    for number, entries in by_round.items():
        left = decay ** (now - number)
        for name, given, wanted in entries:
            had, of = found.get(name, Past(Fraction(0), Fraction(0)))
            found[name] = Past(had + given * left, of + wanted * left)
    return found
