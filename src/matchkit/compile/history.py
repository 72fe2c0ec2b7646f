"""Where those who share stand before a plan: what earlier rounds have given, each decayed once a round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from matchkit.compile.trees import ancestors
from matchkit.errors import BudgetError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Part, Problem
from matchkit.model.history import SUBJECTS, current_round
from matchkit.model.text import key

MOST_BITS = 256
"""The age of the oldest round, times the binary logarithm of the denominator of the decay, rounded down, is
no more.
"""


class ShareBefore(NamedTuple):
    """What one who shares has before this round, and what that and all that is given later is measured by:
    whole numbers where no history counts.
    """

    had: int | Fraction
    share: int | Fraction

    @property
    def is_past(self) -> bool:
        """Whether any history counts."""
        return isinstance(self.had, Fraction)


def shares_before(
    problem: Problem, part: Part, units: Mapping[str, int]
) -> dict[str, ShareBefore]:
    """Where those who share in this part stand, given the units that each could have; loads are measured by
    1, or by rate by what each could give.

    Raises BudgetError where numbers are too large, UnsupportedError for the rule nash.
    """
    past, times = _past(problem, part), entitlements(problem, part)
    if past and part.rule == "nash":
        where = Message("where.objective")
        raise UnsupportedError.of(where, "coupling.nash")
    found = {}
    for name, most in units.items():
        had, of = past.get(name, (0, 0))
        if part.measure == "coverage":
            found[name] = ShareBefore(had, (of + most) * times.get(name, 1))
        else:
            found[name] = ShareBefore(had, most if part.by == "rate" else 1)
    return found


def entitlements(problem: Problem, part: Part) -> dict[str, int]:
    """How many times as much as others some who share are to have, by id; those not named, once."""
    if part.of != "communities" and part.depth is None:
        return {}
    return {
        one.id: one.entitlement for one in problem.communities if one.entitlement > 1
    }


def _past(problem: Problem, part: Part) -> dict[str, tuple[Fraction, Fraction]]:
    """The decayed amounts given and wanted of everybody whose history counts in this part, by id."""
    objective, now = problem.objective, current_round(problem)
    subject = "community" if part.depth is not None else SUBJECTS[str(part.of)]
    top: Mapping[str, str] | None = None
    if part.depth is not None:
        parents = {one.id: one.parent for one in problem.communities}
        top = ancestors(parents, part.depth)
    kind = None if part.kind is None else key(part.kind)
    given, of = Counter[tuple[str, int, str]](), Counter[tuple[str, int, str]]()
    for one in problem.history:
        name = getattr(one, subject)
        if top is not None:
            name = top.get(name)
        if (
            name is not None
            and (part.tier is None or one.tier in (None, part.tier))
            and (kind is None or one.kind is None or key(one.kind) == kind)
        ):
            entry = name, now - one.round, one.measure
            given[entry] += one.given
            of[entry] += one.of or 0
    decay = Fraction(objective.decay)
    ages = {age for _, age, _ in given}
    if max(ages, default=0) * (decay.denominator.bit_length() - 1) > MOST_BITS:
        raise BudgetError(Message.of("matching.long_history", most=MOST_BITS))
    left = {age: decay**age for age in ages}
    factor = {
        name: Fraction(getattr(objective, name, None) or (name == "units"))
        for name in {measure for _, _, measure in given}
    }
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for (name, age, measure), amount in given.items():
        had, wanted = found.get(name, (Fraction(0), Fraction(0)))
        found[name] = (
            had + amount * left[age] * factor[measure],
            wanted + of[name, age, measure] * left[age],
        )
    return found
