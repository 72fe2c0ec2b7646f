"""The blocks of the certificate of blocks: every eligible pair of a resource with its weight, and what the
best of them earn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from matchkit.model import HoursBudget, Resource, Rest
from matchkit.verification.best_block import Piece, best_block
from matchkit.verification.days import week
from matchkit.verification.eligibility import PairRule, forbid, load, max_distance, time
from matchkit.verification.skills import HeldSkills, SkillNeeds
from matchkit.verification.windows import TimeSpans, seconds, uncovered
from matchkit.verification.world import RequirementFacts, World
from matchkit.verification.worth import TERMS, Points

_OTHER = {"on_site": "online", "online": "on_site"}


class RolesAtTime(NamedTuple):
    """Roles of one mode at one time: the spans they need, the longest of them in seconds since 1970, and how
    long all last.
    """

    mode: str
    needed: TimeSpans
    longest: tuple[int, int] | None
    use: int
    roles: list[RequirementFacts]


class EligibleBlocks:
    """All eligible pairs, a resource at a time: none is stored."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._by_need: dict[
            str, dict[SkillNeeds, dict[tuple[str, TimeSpans, int | None], RolesAtTime]]
        ] = {}
        for role in world.roles.values():
            needed, minutes = world.needed(role.demand), role.demand.minutes
            alike = self._by_need.setdefault(world.key(role.requirement.kind), {}).setdefault(
                world.asked(role.requirement), {}
            )
            key = (role.demand.mode, needed, minutes)
            if key not in alike:
                use = seconds(needed) if minutes is None else 60 * minutes
                alike[key] = RolesAtTime(
                    role.demand.mode,
                    needed,
                    _longest(needed) if minutes is None else None,
                    use,
                    [],
                )
            alike[key].roles.append(role)
        self._suited: dict[tuple[str, HeldSkills], list[tuple[int, list[RolesAtTime]]]] = {}
        self._periods: dict[tuple[str, str], int] = {}
        self._rules: list[PairRule] = []
        """Rules on single pairs beyond capacity, kind, skill, mode and fixed times."""
        if world.farthest:
            self._rules.append(max_distance)
        if world.forbidden:
            self._rules.append(forbid)
        if any(role.requirement.uses for role in world.roles.values()):
            self._rules.append(load)

    def pairs(self, resource: Resource) -> Iterator[tuple[RequirementFacts, RolesAtTime, int]]:
        """Every requirement that the resource is eligible for, with its time and the pair's weight."""
        if resource.capacity < 1:
            return
        world, free, points = self.world, self.world.free(resource), self._points(resource)
        for fit, moments in self._for(world.key(resource.kind), world.profile(resource)):
            for moment in moments:
                if resource.mode == _OTHER[moment.mode]:
                    continue
                flexible = bool(moment.needed) and moment.longest is None
                if (
                    resource.available
                    and not flexible
                    and uncovered(moment.needed, free) is not None
                ):
                    continue
                rules = [time, *self._rules] if flexible else self._rules
                for role in moment.roles:
                    if not any(rule(world, resource, role) is not None for rule in rules):
                        yield (
                            role,
                            moment,
                            fit
                            + sum(
                                factor * term(world, resource, role) for factor, term in points
                            ),
                        )

    def _for(self, kind: str, profile: HeldSkills) -> list[tuple[int, list[RolesAtTime]]]:
        """What resources of this kind and these skills can do: points of skill fit, and the times."""
        found = self._suited.get((kind, profile))
        if found is None:
            skills, factor = self.world.skills, self.world.problem.objective.skill_fit
            found = self._suited[kind, profile] = [
                (factor * skills.fit(asked, profile) if factor else 0, list(moments.values()))
                for asked, moments in self._by_need.get(kind, {}).items()
                if next(skills.unmet(asked, profile), None) is None
            ]
        return found

    def _points(self, resource: Resource) -> list[tuple[int, Points]]:
        """The terms that may be other than 0 for this resource, each with its factor; without skill fit."""
        found = (
            (getattr(self.world.problem.objective, name), term.points)
            for name, term in TERMS.items()
            if name != "skill_fit" and term.concerns(self.world, resource)
        )
        return [(factor, term) for factor, term in found if factor]

    def best(
        self,
        resource: Resource,
        profits: list[tuple[int, RequirementFacts, RolesAtTime]],
        enough: int,
    ) -> int:
        """What the best block of a resource earns, given what a unit of each of its pairs does; or ``enough``
        where that is more.
        """
        if self.world.divisible(resource):
            earned, left = 0, resource.capacity
            for profit, role, _ in sorted(profits, key=lambda entry: -entry[0]):
                if profit <= 0 or left <= 0:
                    break
                taken = min(left, self.world.most(resource, role.requirement))
                earned, left = earned + taken * profit, left - taken
            return max(earned, enough)
        wide, pieces = self.rest(resource), []
        for profit, _, moment in profits:
            begin, end = (
                (0, 0)
                if moment.longest is None
                else (moment.longest[0], moment.longest[1] + wide)
            )
            pieces.append(Piece(profit, begin, end, moment.use))
        return best_block(pieces, resource.capacity, self.budget(resource), enough)

    def rest(self, resource: Resource) -> int:
        """Seconds that lie at least between two demands of a resource."""
        hard = (
            rule
            for rule in self.world.problem.rules
            if isinstance(rule, Rest) and rule.soft is None
        )
        return max(
            (60 * rule.minutes for rule in hard if self._concerns(rule, resource)), default=0
        )

    def budget(self, resource: Resource) -> int | None:
        """Seconds a resource serves at most in all; None where no rule says so."""
        found: int | None = None
        for rule in self.world.problem.rules:
            if (
                isinstance(rule, HoursBudget)
                and rule.soft is None
                and rule.per != "days"
                and self._concerns(rule, resource)
            ):
                most = 60 * rule.minutes * self.periods(rule.per, rule.zone)
                found = most if found is None else min(found, most)
        return found

    def _concerns(self, rule: HoursBudget | Rest, resource: Resource) -> bool:
        world = self.world
        if rule.resource is not None and rule.resource != resource.id:
            return False
        return rule.kind is None or world.key(rule.kind) == world.key(resource.kind)

    def periods(self, per: str, zone: str) -> int:
        """How many days or weeks of a zone the windows of all demands touch; 1 where it is about all time."""
        if per == "all":
            return 1
        if (per, zone) not in self._periods:
            days = self.world.days(zone)
            spans = {
                span
                for demand in self.world.demands.values()
                for span in self.world.needed(demand)
            }
            touched = days.touched(tuple(spans))
            numbers = (
                [(week(first), week(last)) for first, last in touched]
                if per == "week"
                else touched
            )
            count, free = 0, 0
            for first, last in sorted(numbers):
                count += max(0, last + 1 - max(first, free))
                free = max(free, last + 1)
            self._periods[per, zone] = count
        return self._periods[per, zone]


def _longest(spans: TimeSpans) -> tuple[int, int] | None:
    """The longest of some times, of several the first; None where there is none."""
    if not spans:
        return None
    start, end = max(spans, key=lambda span: span[1] - span[0])
    return _second(start), _second(end)


def _second(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)


_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
