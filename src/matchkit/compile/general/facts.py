"""What rules ask of resources and slots, in arrays: units, demands, times, days, skills; worked out once a problem."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from matchkit.compile.eligibility.distance import RADIUS, point
from matchkit.compile.lists import Lists
from matchkit.compile.occasions import Spans, moment, seconds, united
from matchkit.compile.ragged import Place
from matchkit.errors import BudgetError
from matchkit.graph.candidates import Mask, Whole
from matchkit.model.rules import OfResources

MOST_SLOTS = 12_000
"""Up to so many slots it is kept which lie close to which, a byte for every two."""


class Facts:
    """A problem's resources (left) and slots (right) by number, as the rules over many pairs see them."""

    def __init__(self, lists: Lists) -> None:
        self.lists = lists
        problem, slots = lists.problem, lists.slots
        self.demand_ids = sorted(demand.id for demand in problem.demands)
        self.demand_number = {name: number for number, name in enumerate(self.demand_ids)}
        self.requirement_ids = sorted(lists.places)
        number = {name: place for place, name in enumerate(self.requirement_ids)}
        self.demand: Place = np.array([self.demand_number[slot.demand.id] for slot in slots], np.intp)
        """Of each slot."""
        self.requirement: Place = np.array([number[slot.requirement.id] for slot in slots], np.intp)
        """Of each slot."""
        self.flexible: Mask = np.array([slot.start is not None for slot in slots], np.bool_)
        self.divisible: Mask = np.array([lists.lexicon.is_divisible(resource) for resource in lists.resources], np.bool_)
        self.capacity: Whole = np.array([resource.capacity for resource in lists.resources], np.int64)
        self.spans: list[Spans] = [united(slot.demand.times) for slot in slots]
        self.timed: Mask = np.array([bool(spans) for spans in self.spans], np.bool_)
        self.lasts: Whole = np.array([sum(end - start for start, end in spans) for spans in self.spans], np.int64)
        """Seconds of each slot."""
        self._held = [lists.lexicon.held(lists.lexicon.declared(resource)) for resource in lists.resources]
        self._near: dict[tuple[str, int], Mask] = {}
        self._days: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._unit_parent = {unit.id: unit.parent for unit in problem.units}
        self._community_parent = {community.id: community.parent for community in problem.communities}

    def in_scope(self, rule: OfResources) -> Mask:
        """Resources that a rule on time holds for (bool, one a resource)."""
        lists = self.lists
        if rule.resource is not None:
            named = np.zeros(len(lists.resources), np.bool_)
            named[lists.left[rule.resource]] = True
            return named & ~self.divisible
        if rule.kind is None:
            return ~self.divisible
        kind = lists.lexicon.key(rule.kind)
        return np.array([lists.lexicon.key(resource.kind) == kind for resource in lists.resources], np.bool_) & ~self.divisible

    def has_skill(self, skill: str, level: int) -> Mask:
        """Resources that hold a skill at a level (bool, one a resource)."""
        word = self.lists.lexicon.word(skill)
        return np.array([held.get(word, 0) >= level for held in self._held], np.bool_)

    def of_unit(self, unit: str) -> Mask:
        """Resources of a unit and of those below it."""
        below = _below(unit, self._unit_parent)
        return np.array([resource.unit in below for resource in self.lists.resources], np.bool_)

    def of_community(self, community: str) -> Mask:
        """Slots of a community and of those below it."""
        below = _below(community, self._community_parent)
        return np.array([slot.demand.community in below for slot in self.lists.slots], np.bool_)

    def at_home(self, demand: int) -> Mask:
        """Resources whose home is the demand's community or one above it."""
        here: str | None = self._community_of[demand]
        above: set[str] = set()
        while here is not None:
            above.add(here)
            here = self._community_parent[here]
        return np.array([resource.home in above for resource in self.lists.resources], np.bool_)

    @cached_property
    def _community_of(self) -> dict[int, str]:
        return {self.demand_number[demand.id]: demand.community for demand in self.lists.problem.demands}

    @cached_property
    def unit_number(self) -> Place:
        """Number of each resource's own unit."""
        ids = {name: number for number, name in enumerate(sorted(self._unit_parent))}
        return np.array([ids[resource.unit] for resource in self.lists.resources], np.intp)

    def days(self, slot: int, zone: str) -> list[tuple[int, int]]:
        """The calendar days (as ordinals) that a slot's times touch in a zone, each with the seconds in it; ascending."""
        key = (zone, slot)
        if key not in self._days:
            found: dict[int, int] = {}
            for start, end in self.spans[slot]:
                day = local_day(start, zone)
                while True:
                    midnight = _midnight(day + 1, zone)
                    begin = max(start, _midnight(day, zone))
                    if min(end, midnight) > begin:
                        found[day] = found.get(day, 0) + min(end, midnight) - begin
                    if end <= midnight:
                        break
                    day += 1
            self._days[key] = sorted(found.items())
        return self._days[key]

    def close(self, gap: int) -> Mask:
        """Which slots lie closer than a gap (seconds) to which: bool, slots x slots; False in one demand. Kept once worked out."""
        if ("gap", gap) not in self._near:
            self._near["gap", gap] = self._closer(gap)
        return self._near["gap", gap]

    def out_of_reach(self, kmh: int) -> Mask:
        """Between which slots the time is too short for the way at a speed: as ``close``."""
        if ("kmh", kmh) not in self._near:
            self._near["kmh", kmh] = self._closer(self._ways(kmh))
        return self._near["kmh", kmh]

    def _closer(self, gap: int | Whole) -> Mask:
        slots = len(self.spans)
        if slots > MOST_SLOTS:
            raise BudgetError(
                f"The problem has {slots:,} requirements at their starts, and rules on the time between two; "
                f"at most {MOST_SLOTS:,} are allowed. Split the problem by place or time, or give flexible demands longer steps."
            )
        depth = max((len(spans) for spans in self.spans), default=0)
        found = np.zeros((slots, slots), np.bool_)
        far = 2**60
        starts, ends = np.full((depth, slots), far, np.int64), np.full((depth, slots), -far, np.int64)
        for slot, spans in enumerate(self.spans):
            for level, (start, end) in enumerate(spans):
                starts[level, slot], ends[level, slot] = start, end
        for one in range(depth):
            there = np.flatnonzero(starts[one] < far)
            for other in range(depth):
                near = starts[one][there][:, None] < ends[other][None, :] + (gap if isinstance(gap, int) else gap[there])
                near &= starts[other][None, :] < ends[one][there][:, None] + (gap if isinstance(gap, int) else gap[there])
                found[there] |= near
        found &= gap > 0
        found &= self.demand[:, None] != self.demand[None, :]
        return found

    def _ways(self, kmh: int) -> Whole:
        """Seconds of the way between slots, 0 where there is none to go (int64, slots x slots)."""
        sites = [self.lists.site(slot.demand) for slot in self.lists.slots]
        distinct = sorted({(site.lat, site.lon): site for site in sites if site is not None}.items())
        number = {key: place for place, (key, _) in enumerate(distinct)}
        x, y, z = (np.array([point(site)[axis] for _, site in distinct], np.float64) for axis in range(3))
        # The same operations in the same order as ``metres``, so the same numbers.
        s = (x[:, None] - x) * (x[:, None] - x) + (y[:, None] - y) * (y[:, None] - y) + (z[:, None] - z) * (z[:, None] - z)
        c = np.sqrt(s)
        far = np.floor(RADIUS * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5).astype(np.int64)
        table = np.zeros((len(distinct) + 1, len(distinct) + 1), np.int64)  # the last row and column: nowhere
        table[:-1, :-1] = -(-far * 36 // (kmh * 10))
        of = np.array([len(distinct) if site is None else number[site.lat, site.lon] for site in sites], np.intp)
        found: Whole = table[of[:, None], of[None, :]]
        return found


def _below(top: str, parents: dict[str, str | None]) -> set[str]:
    known = {top: True}

    def is_below(node: str) -> bool:
        path: list[str] = []
        here: str | None = node
        while here is not None and here not in known:
            path.append(here)
            here = parents[here]
        answer = here is not None and known[here]
        known.update(dict.fromkeys(path, answer))
        return answer

    return {node for node in parents if is_below(node)}


def local_day(second: int, zone: str) -> int:
    """The calendar day (ordinal) of a moment in a zone."""
    return moment(second).astimezone(ZoneInfo(zone)).toordinal()


def _midnight(day: int, zone: str) -> int:
    return seconds(datetime.fromordinal(day).replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo("UTC")))


def start_day(spans: Spans, zone: str) -> int:
    """The calendar day (ordinal) on which times start."""
    return local_day(spans[0][0], zone)


def iso_week(day: int) -> int:
    """A number for the ISO week of a day: that of its Monday."""
    return (datetime.fromordinal(day) - timedelta(days=datetime.fromordinal(day).weekday())).toordinal()
