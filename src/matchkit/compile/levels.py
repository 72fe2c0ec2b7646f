"""The levels of coverage and loads that are goals of their own, one after another: where a cap binds above
several that share, no order of units alone says which plan is the fairest.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from matchkit.compile.numbering import Lexicon
from matchkit.compile.trees import totals
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Demand, Part, Problem, Requirement
from matchkit.model.rules import Cap
from matchkit.solvers.flow.fairness import MOST_STEPS

MOST_LEVELS = 1_000
"""A goal has no more levels."""


def owner_of(part: Part, demand: Demand, requirement: Requirement) -> str | None:
    """Whose coverage of this part the units of a requirement are; None where it is nobody's."""
    if part.tier not in (None, demand.tier):
        return None
    return {
        "communities": demand.community,
        "demands": demand.id,
        "requirements": requirement.id,
    }[part.of or "communities"]


def entitlements(problem: Problem, part: Part) -> dict[str, int]:
    """How many times as much as others some who share are to have, by id; those not named, once."""
    if part.measure != "coverage" or part.of != "communities":
        return {}
    return {
        one.id: one.entitlement for one in problem.communities if one.entitlement > 1
    }


def caps_above(problem: Problem, part: Part) -> list[Cap]:
    """The hard caps and reserves below what all could have there that lie above two or more of those who
    share in this part, or above one of them and others (of another tier, or divisible).
    """
    is_coverage = part.measure == "coverage"
    units, node, below = _sharers(problem, part)
    parents = {
        one.id: one.parent
        for one in (problem.communities if is_coverage else problem.units)
    }
    own = Counter[str]()
    for name, place in node.items():
        own[place] += units[name]
    many, theirs = totals(parents, Counter(node.values())), totals(parents, own)
    could = totals(parents, below)
    return [
        rule
        for rule in problem.rules
        if isinstance(rule, Cap)
        and rule.soft is None
        and rule.side == ("community" if is_coverage else "unit")
        and many.get(rule.node, 0) > (could[rule.node] == theirs[rule.node])
        and could[rule.node] > rule.limit(could[rule.node])
    ]


def levels_of(problem: Problem, part: Part) -> tuple[str, ...]:
    """The levels of those who share in this part, in the order in which as few as can be are to stand there:
    of coverage the lowest first, of loads the highest. None where no cap lies above them that binds more than
    one of them by itself, or where there is one level only.

    Raises BudgetError where there are too many.
    """
    is_coverage = part.measure == "coverage"
    if not caps_above(problem, part):
        return ()
    units = _sharers(problem, part)[0]
    times = entitlements(problem, part)
    each = {(most, times.get(owner, 1)) for owner, most in units.items() if most}
    whole = sum(most for most, _ in each)
    if whole > MOST_STEPS:
        steps = Message.of("matching.fair_steps", units=whole, most=MOST_STEPS)
        raise BudgetError(steps)
    found = (
        sorted({Fraction(k, most * by) for most, by in each for k in range(most + 1)})[
            :-1
        ]
        if is_coverage
        else range(max((most for most, _ in each), default=0), 0, -1)
    )
    if len(found) > MOST_LEVELS:
        raise _too_many(len(found))
    return tuple(map(str, found)) if len(found) > 1 else ()


def _too_many(levels: int) -> BudgetError:
    return BudgetError(
        Message.of("matching.fair_levels", levels=levels, most=MOST_LEVELS)
    )


def _sharers(
    problem: Problem, part: Part
) -> tuple[dict[str, int], dict[str, str], dict[str, int]]:
    """The units that each of those who share could have, the node of the tree that each belongs to, and the
    units that all could have at every node.
    """
    units, below = Counter[str](), Counter[str]()
    node: dict[str, str] = {}
    if part.measure == "coverage":
        for demand in problem.demands:
            for need in demand.requirements:
                below[demand.community] += need.wanted
                owner = owner_of(part, demand, need)
                if owner is not None:
                    units[owner] += need.wanted
                    node[owner] = demand.community
        return units, node, below
    lexicon = Lexicon(problem)
    for one in problem.resources:
        below[one.unit] += one.capacity
        if not lexicon.is_divisible(one):
            owner = one.unit if part.of == "units" else one.id
            units[owner] += one.capacity
            node[owner] = one.unit
    return units, node, below
