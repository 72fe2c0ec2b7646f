"""Data of constraints in arrays, computed once a problem: units, demands, times, days and skills."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.eligibility.distance import RADIUS, point
from matchkit.compile.kept import KeptPairs
from matchkit.compile.numbering import Numbering
from matchkit.compile.ragged import offsets, spread
from matchkit.compile.times import SecondSpans, local_day, midnight_of, united
from matchkit.compile.trees import Subtrees
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Resource, Unit
from matchkit.model.rules import OfResources, SetAside, ShortestBreak, ShortestRun
from matchkit.model.rules.set_asides import Places, kept

MOST_SLOTS = 12_000
"""Up to so many slots it is kept which lie close to which, a byte for every two."""
AT_ONCE = 2**17
"""Couples of slots looked at together: what is worked out of them stays in a processor's cache."""
FAR = 2**60
"""Seconds beyond every moment."""


class ConstraintData:
    """A problem's resources (left) and slots (right) by number, as the rules over many pairs see them."""

    def __init__(self, lists: Numbering, deadline: Deadline | None = None) -> None:
        """``deadline`` is looked at where much is about to be worked out: StoppedError where time is over."""
        self.lists, self.deadline = lists, deadline or Deadline()
        self._no_short_runs: dict[str, Mask] = {}
        self._group: dict[str, Mask] = {}
        problem, slots = lists.problem, lists.slots
        self.demand_ids = sorted(demand.id for demand in problem.demands)
        self.demand_number = {
            name: number for number, name in enumerate(self.demand_ids)
        }
        self.requirement_ids = sorted(lists.places)
        number = {name: place for place, name in enumerate(self.requirement_ids)}
        self.demand: Intp = np.array(
            [self.demand_number[slot.demand.id] for slot in slots], np.intp
        )
        """Of each slot."""
        self.requirement: Intp = np.array(
            [number[slot.requirement.id] for slot in slots], np.intp
        )
        """Of each slot."""
        self.flexible: Mask = np.array(
            [slot.start is not None for slot in slots], np.bool_
        )
        self.divisible: Mask = np.array(
            [lists.lexicon.is_divisible(resource) for resource in lists.resources],
            np.bool_,
        )
        self.capacity: Int64 = np.array(
            [resource.capacity for resource in lists.resources], np.int64
        )
        self.spans: list[SecondSpans] = [united(slot.demand.times) for slot in slots]
        self.timed: Mask = np.array([bool(spans) for spans in self.spans], np.bool_)
        self.duration: Int64 = np.array(
            [sum(end - start for start, end in spans) for spans in self.spans], np.int64
        )
        """Seconds of each slot."""
        self._held = [
            lists.lexicon.held(lists.lexicon.declared(resource))
            for resource in lists.resources
        ]
        self._near: dict[tuple[str, int], Mask] = {}
        self._days: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._day_range: dict[str, tuple[int, int]] = {}
        self._unit_parent = {unit.id: unit.parent for unit in problem.units}
        self._community_parent = {
            community.id: community.parent for community in problem.communities
        }

    @cached_property
    def kept(self) -> KeptPairs:
        """The reference plan."""
        return KeptPairs.of(self.lists, self.lists.problem.reference)

    def with_resource(self, resource: Resource, unit: Unit) -> ConstraintData:
        """The same with one more resource, of a unit of its own, numbered after all others."""
        made, lexicon = copy(self), self.lists.lexicon
        made.lists = self.lists.with_resource(resource)
        made.divisible = np.append(self.divisible, lexicon.is_divisible(resource))
        made.capacity = np.append(self.capacity, resource.capacity)
        made._held = [*self._held, lexicon.held(lexicon.declared(resource))]  # noqa: SLF001 - its own copy
        made._unit_parent = {**self._unit_parent, unit.id: unit.parent}  # noqa: SLF001
        made._group = {}  # noqa: SLF001
        for cached in ("_units", "unit_number"):
            made.__dict__.pop(cached, None)
        return made

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
        return (
            np.array(
                [
                    lists.lexicon.key(resource.kind) == kind
                    for resource in lists.resources
                ],
                np.bool_,
            )
            & ~self.divisible
        )

    def has_skill(self, skill: str, level: int) -> Mask:
        """Resources that hold a skill at a level (bool, one a resource)."""
        word = self.lists.lexicon.word(skill)
        return np.array([held.get(word, 0) >= level for held in self._held], np.bool_)

    def of_unit(self, unit: str) -> Mask:
        """Resources of a unit and of those below it."""
        return self._units.below(unit)

    def of_category(self, category: str) -> Mask:
        """Slots whose demand is of a category, by key (bool, one a slot)."""
        key, found = self.lists.lexicon.key, self.lists.lexicon.key(category)
        named = [slot.demand.category for slot in self.lists.slots]
        return np.array(
            [name is not None and key(name) == found for name in named], np.bool_
        )

    def of_community(self, community: str) -> Mask:
        """Slots of a community and of those below it."""
        return self._communities.below(community)

    def of_group(self, group: str) -> Mask:
        """Resources of a group, by key (bool, one a resource)."""
        key = self.lists.lexicon.key
        if key(group) not in self._group:
            self._group[key(group)] = np.array(
                [
                    key(group) in map(key, resource.groups)
                    for resource in self.lists.resources
                ],
                np.bool_,
            )
        return self._group[key(group)]

    @cached_property
    def kept_places(self) -> dict[Places, dict[str, SetAside]]:
        """The hard set-asides that keep places, by what they name these by and the key of their group; of
        several for one group the one that keeps most.
        """
        found: dict[Places, dict[str, SetAside]] = {}
        for rule in kept(self.lists.problem.rules):
            groups = found.setdefault(rule.places, {})
            group = self.lists.lexicon.key(rule.group)
            if group not in groups or groups[group].least < rule.least:
                groups[group] = rule
        return found

    def no_short_runs(self, zone: str) -> Mask:
        """Resources whose runs of days, by this zone, or the breaks between them have a hard least length
        (bool, one a resource).
        """
        if zone not in self._no_short_runs:
            found = np.zeros(len(self.lists.resources), np.bool_)
            for rule in self.lists.problem.rules:
                if isinstance(rule, ShortestRun | ShortestBreak) and (
                    rule.soft is None and rule.zone == zone
                ):
                    found |= self.in_scope(rule)
            self._no_short_runs[zone] = found
        return self._no_short_runs[zone]

    @cached_property
    def _units(self) -> Subtrees:
        return Subtrees(
            self._unit_parent, (resource.unit for resource in self.lists.resources)
        )

    @cached_property
    def _communities(self) -> Subtrees:
        return Subtrees(
            self._community_parent, (slot.demand.community for slot in self.lists.slots)
        )

    def at_home(self, demand: int) -> Mask:
        """Resources whose home is the demand's community or one above it."""
        here: str | None = self._community_of[demand]
        above: set[str] = set()
        while here is not None:
            above.add(here)
            here = self._community_parent[here]
        return np.array(
            [resource.home in above for resource in self.lists.resources], np.bool_
        )

    @cached_property
    def _community_of(self) -> dict[int, str]:
        return {
            self.demand_number[demand.id]: demand.community
            for demand in self.lists.problem.demands
        }

    @cached_property
    def needs(self) -> tuple[Int64, Int64, Int64]:
        """Wanted, minimum and tier of every requirement."""
        slots = [
            self.lists.slots[self.lists.right[name]] for name in self.requirement_ids
        ]
        rows = np.array(
            [
                (s.requirement.wanted, s.requirement.minimum, s.demand.tier)
                for s in slots
            ],
            np.int64,
        ).reshape(-1, 3)
        return rows[:, 0], rows[:, 1], rows[:, 2]

    @cached_property
    def unit_number(self) -> Intp:
        """Number of each resource's own unit."""
        ids = {name: number for number, name in enumerate(sorted(self._unit_parent))}
        return np.array(
            [ids[resource.unit] for resource in self.lists.resources], np.intp
        )

    def day_range(self, zone: str) -> tuple[int, int]:
        """The first and the last calendar day (ordinals) that a window of any demand touches in a zone; some
        demand has windows.
        """
        if zone not in self._day_range:
            spans = [
                spans
                for demand in self.lists.problem.demands
                if (spans := united(demand.times))
            ]
            self._day_range[zone] = (
                local_day(min(first for (first, _), *_ in spans), zone),
                local_day(max(last for *_, (_, last) in spans) - 1, zone),
            )
        return self._day_range[zone]

    def days(self, slot: int, zone: str) -> list[tuple[int, int]]:
        """The calendar days (as ordinals) that a slot's times touch in a zone, each with the seconds in it;
        ascending.
        """
        key = (zone, slot)
        if key not in self._days:
            found: dict[int, int] = {}
            for start, end in self.spans[slot]:
                day = local_day(start, zone)
                while True:
                    midnight = midnight_of(day + 1, zone)
                    begin = max(start, midnight_of(day, zone))
                    # A date that the zone skips is touched by what runs across it.
                    if min(end, midnight) > begin or begin == midnight:
                        lasts = max(0, min(end, midnight) - begin)
                        found[day] = found.get(day, 0) + lasts
                    if end <= midnight:
                        break
                    day += 1
            self._days[key] = sorted(found.items())
        return self._days[key]

    @cached_property
    def times(self) -> tuple[Intp, Int64, Int64]:
        """Starts and ends of all times, those of slot k from ``first[k]`` up to ``first[k + 1]``: first,
        starts, ends.
        """
        starts, ends = (
            np.array([span for spans in self.spans for span in spans], np.int64)
            .reshape(-1, 2)
            .T.copy()
        )
        return offsets([len(spans) for spans in self.spans]), starts, ends

    @cached_property
    def at_once(self) -> Mask:
        """Which slots take place at one time: bool, slots x slots, also in one demand; False for a slot and
        itself.
        """
        found = self._closer(self._same(0), demands_apart=False)
        np.fill_diagonal(found, False)
        return found

    def within_gap(self, gap: int) -> Mask:
        """Which slots lie closer than a gap (seconds) to which: bool, slots x slots; False in one demand.
        Kept once worked out.
        """
        if ("gap", gap) not in self._near:
            self._near["gap", gap] = self._closer(self._same(gap))
        return self._near["gap", gap]

    def unreachable(self, kmh: int) -> Mask:
        """Between which slots the time is too short for the way at a speed: as ``within_gap``."""
        if ("kmh", kmh) not in self._near:
            self._near["kmh", kmh] = self._closer(self._ways(kmh))
        return self._near["kmh", kmh]

    def _closer(
        self, gaps: Callable[[slice], Int64], *, demands_apart: bool = True
    ) -> Mask:
        """Which slots lie closer than their gap, which ``gaps`` gives for some rows of the matrix at a time.

        ``demands_apart`` says that slots of one demand, and those without a gap, are not too close to each
        other. From the first start to the last end is exact where both have one time; where a slot has more,
        those near it so far are looked at again, time by time.
        """
        slots = len(self.spans)
        if slots > MOST_SLOTS:
            raise BudgetError(Message.of("budget.slots", slots=slots, most=MOST_SLOTS))
        begin = np.array(
            [spans[0][0] if spans else FAR for spans in self.spans], np.int64
        )
        end = np.array(
            [spans[-1][1] if spans else -FAR for spans in self.spans], np.int64
        )
        found = np.empty((slots, slots), np.bool_)
        step = max(1, AT_ONCE // max(1, slots))
        for first in range(0, slots, step):
            self.deadline.check()
            rows = slice(first, min(first + step, slots))
            gap = gaps(rows)
            near = np.less(begin[rows, None], end + gap, out=found[rows])
            near &= begin < end[rows, None] + gap
            if demands_apart:
                near &= gap > 0
                near &= self.demand[rows, None] != self.demand
        first_time, starts, ends = self.times
        for slot in np.flatnonzero(np.diff(first_time) > 1).tolist():
            self.deadline.check()
            others = np.flatnonzero(found[slot])
            owner, at = spread(first_time, others)
            wait = gaps(slice(slot, slot + 1))[0][others[owner]]
            mine = slice(first_time[slot], first_time[slot + 1])
            # Of this slot's times, which lie apart, the first that is not over long before the other's
            # begins.
            soonest = np.searchsorted(ends[mine], starts[at] - wait, "right")
            near = np.append(starts[mine], FAR)[soonest] < ends[at] + wait
            found[slot, others] = found[others, slot] = (
                np.bincount(owner[near], minlength=len(others)) > 0
            )
        return found

    def _same(self, gap: int) -> Callable[[slice], Int64]:
        """One gap (seconds) for all slots."""
        return lambda rows: np.broadcast_to(
            np.int64(gap), (rows.stop - rows.start, len(self.spans))
        )

    def _ways(self, kmh: int) -> Callable[[slice], Int64]:
        """Seconds of the way from some slots to all slots, 0 where there is none to go (int64, rows x
        slots).
        """
        sites = [self.lists.site(slot.demand) for slot in self.lists.slots]
        known = {
            (site.lat, site.lon): point(site) for site in sites if site is not None
        }
        places = [
            (0.0, 0.0, 0.0) if site is None else known[site.lat, site.lon]
            for site in sites
        ]
        x, y, z = np.array(places, np.float64).reshape(-1, 3).T.copy()
        nowhere = np.array([site is None for site in sites], np.bool_)

        def ways(rows: slice) -> Int64:
            # The same operations in the same order as ``metres``, so the same numbers.
            dx, dy, dz = (x[rows, None] - x), (y[rows, None] - y), (z[rows, None] - z)
            s = dx * dx + dy * dy + dz * dz
            c = np.sqrt(s)
            far = np.floor(
                RADIUS * (c * (1.0 + s / 24.0 + 3.0 * s * s / 640.0)) + 0.5
            ).astype(np.int64)
            found: Int64 = -(-far * 36 // (kmh * 10))
            found[nowhere[rows]] = 0
            found[:, nowhere] = 0
            return found

        return ways
