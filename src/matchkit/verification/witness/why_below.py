"""The check of why one who shares stands below others: its own numbers, and every cause of what it lacks. Of
two units of one goal that comes later whose key does.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from matchkit.answers.causes import Blocked, Claim, HallSet, Witness
from matchkit.answers.why_below import TierCoverage, WhyBelow
from matchkit.model import Part, Problem
from matchkit.plan import Plan
from matchkit.verification.report import Fact, fact
from matchkit.verification.sharers import coverage_part, starts_of
from matchkit.verification.shares import shares_of
from matchkit.verification.witness.face import has_of, members_of
from matchkit.verification.witness.view import WitnessView


class CoverageView(WitnessView):
    """A plan in which of two units of one goal that comes later whose key in a coverage does."""

    def __init__(self, problem: Problem, plan: Plan, part: Part) -> None:
        super().__init__(problem, plan)
        self.tier = part.tier
        self.shares = shares_of(self.world, (part,))
        self.groups = members_of(self.shares.owner)
        self.has = has_of(self, self.shares.owner)
        self.start = starts_of(self.world, part)

    def _key(self, requirement: str, *, last: bool) -> int:
        """Minus what the next unit of the requirement's sharer counts, or its last; of none, 1."""
        owner = self.shares.owner.get(requirement)
        if owner is None:
            return 1
        gains, place = self.shares.gains[owner], self.has[owner] - last
        return -gains[place][0] if 0 <= place < len(gains) else 0

    def next_place(self, requirement: str) -> tuple[int, int]:
        """By goal, then by key."""
        return self.next_goal(requirement), self._key(requirement, last=False)

    def last_place(self, requirement: str) -> tuple[int, int]:
        """By goal, then by key."""
        return self.last_goal(requirement), self._key(requirement, last=True)

    def coverage(self, owner: str) -> Fraction:
        """What a sharer has, with what earlier rounds gave, of its share."""
        had, share = self.start[owner]
        return Fraction(had + self.has[owner], share)


def is_known(problem: Problem, answer: WhyBelow) -> bool:
    """Whether the one asked about, who may want nothing, is in the problem."""
    demands = problem.demands
    known = {
        "demands": [one.id for one in demands],
        "requirements": [one.id for each in demands for one in each.requirements],
    }
    places = [one.id for one in problem.communities]
    return answer.id in known.get(answer.of, places)


def views(problem: Problem, plan: Plan, answer: WhyBelow) -> Iterator[CoverageView]:
    """The plan as each tier that the answer is to have looks at it."""
    base = WitnessView(problem, plan)
    tiers = {
        role.demand.tier
        for role in base.world.roles.values()
        if role.requirement.wanted
    }
    for tier in sorted(tiers):
        part = coverage_part(base.case.goals.aims, answer.of, tier)
        view = CoverageView(problem, plan, part)
        if answer.id in view.groups:
            yield view


def coverage(
    view: CoverageView, name: str, tier: int | None, answer: TierCoverage
) -> Iterator[Fact]:
    """Every number and name that is wrong, but for the causes."""
    has, roles = view.has, view.world.roles
    wanted = {
        owner: sum(roles[one].requirement.wanted for one in group)
        for owner, group in view.groups.items()
    }
    mine, past = view.coverage(name), view.start.values()
    for field, stated, right in (
        ("tier", answer.tier, tier),
        ("wanted", answer.wanted, wanted[name]),
        ("filled", answer.filled, has[name]),
        ("higher", answer.higher, sum(view.coverage(one) > mine for one in has)),
        ("lower", answer.lower, sum(view.coverage(one) < mine for one in has)),
        ("past", answer.past, sum(isinstance(had, Fraction) for had, _ in past)),
    ):
        if stated != right:
            yield fact("short_number", name=field, stated=stated, right=right)
    lacks = {one for one in view.groups[name] if view.missing(one) > 0}
    if lacks != {one.requirement for one in answer.shortages.shortages}:
        yield fact("below_shortages")
    owners = {
        view.shares.owner[claim.id]
        for shortage in answer.shortages.whole()
        for claim in _members(shortage.witness)
        if claim.id in view.shares.owner
    } - {name}
    right_holders = [
        (one, wanted[one], has[one])
        for one in sorted(owners, key=lambda one: (view.coverage(one), one))
    ]
    if [(one.id, one.wanted, one.filled) for one in answer.holders] != right_holders:
        yield fact("below_holders")


def _members(witness: Witness) -> tuple[Claim, ...]:
    """The members of the Hall set that a witness is, or has."""
    if isinstance(witness, Blocked):
        return () if witness.hall_set is None else witness.hall_set.requirements
    return witness.requirements if isinstance(witness, HallSet) else ()
