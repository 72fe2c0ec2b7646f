"""The blocks of the certificate of blocks: every eligible pair of a resource with its weight, and what the
best of them earn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from matchkit.model import (
    CountBudget,
    HoursBudget,
    LongestRun,
    NotAfter,
    Resource,
    Rest,
    ShortestBreak,
    ShortestRun,
    WeekendBudget,
)
from matchkit.model.rules import OfResources
from matchkit.verification.best_block import Lot, Piece, best_block, best_load
from matchkit.verification.eligibility import (
    PairRule,
    forbid,
    load,
    max_distance,
    serves,
    time,
)
from matchkit.verification.months import DayShift, Month, best_month
from matchkit.verification.skills import HeldSkills, SkillNeeds
from matchkit.verification.windows import TimeSpans, fits, second, seconds
from matchkit.verification.world import RequirementFacts, World
from matchkit.verification.worth import TERMS, PointsOfPair, profile_points

Timed = TypeVar("Timed", bound=OfResources)


class RolesAtTime(NamedTuple):
    """Roles of one mode at one time: the spans they need, the longest of them in seconds since 1970 and the
    others, and how long all last.
    """

    mode: str
    needed: TimeSpans
    longest: tuple[int, int] | None
    others: tuple[tuple[int, int], ...]
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
            demand, needed = role.demand, world.needed(role.demand)
            alike = self._by_need.setdefault(
                world.key(role.requirement.kind), {}
            ).setdefault(world.asked(role.requirement), {})
            key = (demand.mode, needed, demand.minutes)
            if key not in alike:
                longest, others = None, list[tuple[int, int]]()
                if demand.minutes is None and needed:
                    others = [(second(start), second(end)) for start, end in needed]
                    longest = max(others, key=lambda span: span[1] - span[0])
                    others.remove(longest)  # of several the first
                use = seconds(needed) if demand.minutes is None else 60 * demand.minutes
                alike[key] = RolesAtTime(
                    demand.mode, needed, longest, tuple(others), use, []
                )
            alike[key].roles.append(role)
        self._suited: dict[
            tuple[str, HeldSkills], list[tuple[int, list[RolesAtTime]]]
        ] = {}
        self._rest: dict[str, int] = {}
        self._budget: dict[str, int | None] = {}
        self._rules: list[PairRule] = []
        """Rules on single pairs beyond capacity, kind, skill, mode and fixed times."""
        if world.farthest:
            self._rules.append(max_distance)
        if world.forbidden:
            self._rules.append(forbid)
        if any(role.requirement.uses for role in world.roles.values()):
            self._rules.append(load)

    def pairs(
        self, resource: Resource
    ) -> Iterator[tuple[RequirementFacts, RolesAtTime, int]]:
        """Every requirement that the resource is eligible for, with its time and the pair's weight."""
        if resource.capacity < 1:
            return
        world, free, points = (
            self.world,
            self.world.free(resource),
            self._points(resource),
        )
        for fit, moments in self._for(
            world.key(resource.kind), world.profile(resource)
        ):
            for moment in moments:
                if not serves(resource, moment.mode):
                    continue
                flexible = bool(moment.needed) and moment.longest is None
                if not flexible and not fits(moment.needed, free):
                    continue
                rules = [time, *self._rules] if flexible else self._rules
                for role in moment.roles:
                    if not any(
                        rule(world, resource, role) is not None for rule in rules
                    ):
                        other = sum(
                            factor * term(world, resource, role)
                            for factor, term in points
                        )
                        yield role, moment, fit + other

    def _for(
        self, kind: str, profile: HeldSkills
    ) -> list[tuple[int, list[RolesAtTime]]]:
        """What resources of this kind and these skills can do: points by profile, and the times."""
        found = self._suited.get((kind, profile))
        if found is None:
            skills = self.world.skills
            found = self._suited[kind, profile] = [
                (profile_points(self.world, asked, profile), list(moments.values()))
                for asked, moments in self._by_need.get(kind, {}).items()
                if next(skills.unmet(asked, profile), None) is None
            ]
        return found

    def _points(self, resource: Resource) -> list[tuple[int, PointsOfPair]]:
        """The terms that may be other than 0 for this resource, each with its factor; without those by
        profile.
        """
        found = (
            (getattr(self.world.problem.objective, name), term.points)
            for name, term in TERMS.items()
            if term.by_profile is None and term.concerns(self.world, resource)
        )
        return [(factor, term) for factor, term in found if factor]

    def month(
        self, resource: Resource, moments: Iterable[RolesAtTime]
    ) -> tuple[str, Month] | None:
        """The rules on the resource's days and the zone that parts them, where there are any, a hard rule
        allows it one demand a day, and each of its eligible requirements, at these moments, has a fixed time
        on one day.
        """
        once = [
            rule.zone
            for rule in self._concerning(resource, CountBudget)
            if (rule.per, rule.category) == ("day", None) and rule.most <= 1
        ]
        if not once or self.world.divisible(resource):
            return None
        zone, key = min(once), self.world.key
        longest, run, pause = (
            self._days(resource, kind, zone)
            for kind in (LongestRun, ShortestRun, ShortestBreak)
        )
        weekends = [
            rule.most
            for rule in self._concerning(resource, WeekendBudget)
            if rule.zone == zone
        ]
        after: dict[str, frozenset[str]] = {}
        for rule in self._concerning(resource, NotAfter):
            if rule.zone == zone:
                category = key(rule.category)
                before = after.get(category, frozenset[str]())
                after[category] = before | {key(rule.after)}
        if not (longest or run or pause or weekends or after):
            return None
        days = self.world.calendar(zone)
        for moment in moments:
            touched = {day for span in days.touched(moment.needed) for day in span}
            if moment.longest is None or len(touched) != 1:
                return None
        stretches = self.world.periods("day", zone)
        return zone, Month(
            stretches[0][0],
            stretches[-1][1],
            min(longest, default=None),
            max(run, default=1),
            max(pause, default=1),
            min(weekends, default=None),
            after,
            self.budget(resource),
            resource.capacity,
        )

    def best_month(
        self,
        resource: Resource,
        zone: str,
        month: Month,
        profits: list[tuple[int, RequirementFacts, RolesAtTime]],
        enough: int,
    ) -> int:
        """As ``best`` for a resource with such rules, given every one of its pairs."""
        most = self.best(resource, [one for one in profits if one[0] > 0], enough)
        if most <= enough:  # already without these rules
            return most
        wide, days = self.rest(resource), self.world.calendar(zone)
        shifts: dict[int, dict[tuple[int, int, int, str | None], int]] = {}
        for profit, role, moment in profits:
            begin, end = moment.longest or (0, 0)
            own = role.demand.category
            category = None if own is None else self.world.key(own)
            here = shifts.setdefault(days.touched(moment.needed)[0][0], {})
            alike = begin, end + wide, moment.use, category
            here[alike] = max(profit, here.get(alike, profit))
        by_day = {
            day: [DayShift(profit, *alike) for alike, profit in here.items()]
            for day, here in shifts.items()
        }
        return min(most, best_month(month, by_day, enough))

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
            return max(enough, self._best_of_stock(resource, profits))
        wide, pieces = self.rest(resource), []
        for profit, _, moment in profits:
            begin, end = moment.longest or (0, 0)
            end += wide if moment.longest else 0
            again = tuple((start, until + wide) for start, until in moment.others)
            pieces.append(Piece(profit, begin, end, moment.use, again))
        return best_block(pieces, resource.capacity, self.budget(resource), enough)

    def _best_of_stock(
        self,
        resource: Resource,
        profits: list[tuple[int, RequirementFacts, RolesAtTime]],
    ) -> int:
        """The most that units of a stock earn by their number; and, where those are too much for a load,
        what each load allows, if that is less.
        """
        left, earned = self._room(resource, [role for _, role, _ in profits]), 0
        given: list[tuple[int, int, dict[str, int], int]] = []
        for profit, role, _ in sorted(profits, key=lambda entry: -entry[0]):
            if profit > 0:
                most = self.world.most(resource, role.requirement)
                taken = min(left, most)
                earned, left = earned + taken * profit, left - taken
                given.append(
                    (profit, most, dict(self.world.uses(role.requirement)), taken)
                )
        loads = self.world.loads(resource)
        for name in sorted(set[str]().union(*(uses for _, _, uses, _ in given))):
            load = loads.get(name, 0)
            if sum(taken * uses.get(name, 0) for _, _, uses, taken in given) > load:
                lots = [
                    Lot(profit, uses.get(name, 0), most)
                    for profit, most, uses, _ in given
                ]
                earned = min(earned, best_load(lots, load))
        return earned

    def _room(self, resource: Resource, roles: list[RequirementFacts]) -> int:
        """The most units that a stock gives to these: its capacity, and of each dimension its load by the
        least that one of them uses.
        """
        room, loads = resource.capacity, self.world.loads(resource)
        uses = [self.world.uses(role.requirement) for role in roles]
        for name in set[str]().union(*uses):
            least = min(use.get(name, 0) for use in uses)
            if least:
                room = min(room, loads.get(name, 0) // least)
        return room

    def rest(self, resource: Resource) -> int:
        """Seconds that lie at least between two demands of a resource."""
        if resource.id not in self._rest:
            rules = self._concerning(resource, Rest)
            most = max((60 * rule.minutes for rule in rules), default=0)
            self._rest[resource.id] = most
        return self._rest[resource.id]

    def budget(self, resource: Resource) -> int | None:
        """Seconds a resource serves at most in all; None where no rule says so."""
        if resource.id not in self._budget:
            rules = self._concerning(resource, HoursBudget)
            self._budget[resource.id] = min(
                (
                    60 * rule.minutes * self.periods(rule.per, rule.zone)
                    for rule in rules
                    if rule.per != "days"
                ),
                default=None,
            )
        return self._budget[resource.id]

    def _days(
        self,
        resource: Resource,
        kind: type[LongestRun | ShortestRun | ShortestBreak],
        zone: str,
    ) -> list[int]:
        """The days that hard rules of a kind and a zone ask of a resource."""
        rules = self._concerning(resource, kind)
        return [rule.days for rule in rules if rule.zone == zone]

    def _concerning(self, resource: Resource, kind: type[Timed]) -> Iterator[Timed]:
        """The hard rules of a kind that hold for a resource."""
        key = self.world.key
        return (
            rule
            for rule in self.world.hard(kind)
            if rule.resource in (None, resource.id)
            and (rule.kind is None or key(rule.kind) == key(resource.kind))
        )

    def periods(self, per: str, zone: str) -> int:
        """How many days or weeks of a zone the windows of all demands touch; 1 where it is about all time."""
        return sum(last + 1 - first for first, last in self.world.periods(per, zone))
