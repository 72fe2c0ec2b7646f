"""The levels of coverage and loads that are goals of their own, one after another: where a cap binds above
several that share, no order of units alone says which plan is the fairest.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from matchkit.compile.history import shares_before
from matchkit.compile.numbering import Lexicon
from matchkit.compile.trees import ancestors, totals
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Demand, Part, Problem, Requirement
from matchkit.model.rules import Cap
from matchkit.model.text import key
from matchkit.solvers.flow.fairness import MOST_STEPS

MOST_LEVELS = 1_000
"""A goal has no more levels."""
LONGEST_LEVEL = 121
"""Most characters of a level."""


class Owners:
    """Whose coverage of a part the units of requirements are."""

    def __init__(self, problem: Problem, part: Part) -> None:
        self._part = part
        self._kind = None if part.kind is None else key(part.kind)
        parents = {one.id: one.parent for one in problem.communities}
        depth = part.depth
        self.top = None if depth is None else ancestors(parents, depth)
        """For every community, the one that its units count for; None where communities are no others'."""

    def of(self, demand: Demand, requirement: Requirement) -> str | None:
        """The id of a community, demand or requirement; None where it is nobody's."""
        part = self._part
        if part.tier not in (None, demand.tier):
            return None
        if self._kind not in (None, key(requirement.kind)):
            return None
        if self.top is not None:
            return self.top[demand.community]
        return {
            "communities": demand.community,
            "demands": demand.id,
            "requirements": requirement.id,
        }[part.of or "communities"]

    def place(self, demand: Demand) -> str:
        """The community that the one who shares is, or belongs to."""
        community = demand.community
        return community if self.top is None else self.top[community]


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


def caps_across(problem: Problem, part: Part) -> list[Cap]:
    """The hard caps on communities below those who share in this part, under which not all is theirs: no tree
    holds such a cap and them.
    """
    if part.depth is None:
        return []
    owners, parents = (
        Owners(problem, part),
        {one.id: one.parent for one in problem.communities},
    )
    own, others = Counter[str](), Counter[str]()
    for demand in problem.demands:
        for need in demand.requirements:
            theirs = others if owners.of(demand, need) is None else own
            theirs[demand.community] += need.wanted
    own, others = Counter(totals(parents, own)), Counter(totals(parents, others))
    return [
        rule
        for rule in problem.rules
        if isinstance(rule, Cap)
        and rule.soft is None
        and rule.side == "community"
        and (owners.top or {})[rule.node] != rule.node
        and own[rule.node]
        and others[rule.node]
    ]


def levels_of(problem: Problem, part: Part, *, tied: bool = False) -> tuple[str, ...]:
    """The levels of those who share in this part, in the order in which as few as can be are to stand there:
    of coverage the lowest first, of loads the highest. None where pairs are not ``tied`` together by more
    than a flow can express, and no cap lies above them that binds more than one of them by itself; or where
    there is one level only.

    Raises BudgetError where there are too many.
    """
    if not tied and not caps_above(problem, part):
        return ()
    units = {name: most for name, most in _sharers(problem, part)[0].items() if most}
    place = shares_before(problem, part, units)
    each = {(most, *place[name]) for name, most in units.items()}
    whole = sum(most for most, _, _ in each)
    if whole > MOST_STEPS:
        steps = Message.of("matching.fair_steps", units=whole, most=MOST_STEPS)
        raise BudgetError(steps)
    # One by itself stands at one level more than it has units; this many are not counted out.
    tallest = max((most for most, _, _ in each), default=0)
    if tallest > MOST_LEVELS:
        raise _too_many(tallest)
    found = sorted(
        {
            Fraction(had + k, share)
            for most, had, share in each
            for k in range(most + 1)
        },
        reverse=part.measure == "loads",
    )[:-1]
    if len(found) > MOST_LEVELS:
        raise _too_many(len(found))
    texts = tuple(map(str, found[: part.steps]))
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_LEVEL:
        most = LONGEST_LEVEL
        raise BudgetError(Message.of("matching.long_level", longest=longest, most=most))
    return texts if len(found) > 1 else ()


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
        owners = Owners(problem, part)
        for demand in problem.demands:
            for need in demand.requirements:
                below[demand.community] += need.wanted
                owner = owners.of(demand, need)
                if owner is not None:
                    units[owner] += need.wanted
                    node[owner] = owners.place(demand)
        return units, node, below
    lexicon = Lexicon(problem)
    for one in problem.resources:
        below[one.unit] += one.capacity
        if not lexicon.is_divisible(one):
            owner = one.unit if part.of == "units" else one.id
            units[owner] += one.capacity
            node[owner] = one.unit
    return units, node, below
