"""A problem and its plan side by side, as tables need them: who serves what, found by id, of one unit or
community where asked, with times by the clocks of one zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from matchkit.errors import Complaint, InputError
from matchkit.messages import spans
from matchkit.messages.message import LISTED, Begun, Lang, Message, text_of
from matchkit.model import (
    Community,
    Demand,
    Problem,
    Requirement,
    Resource,
    Unit,
    Window,
)
from matchkit.model.base import Record
from matchkit.model.fault import AN_ID, of_another_type
from matchkit.model.time import Zone
from matchkit.plan import Assignment, Plan
from matchkit.tables.formats.grid import Grid

OF_THE_CLOCK = frozenset({"begins", "ends", "when", "remedy"})
"""Columns whose header names the zone."""


class ZoneTimes(Record):
    """The clocks of a zone. Raises InputError for a name that is no zone's."""

    zone: Zone = "UTC"

    @cached_property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def local(self, moment: datetime) -> datetime:
        """The moment with this zone's offset."""
        return moment.astimezone(self._zone)

    def written(self, moment: datetime | None) -> str | None:
        """The moment in ISO 8601 with the zone's offset, as tables of pairs are read back; None stays
        None.
        """
        return None if moment is None else self.local(moment).isoformat()

    def cell(self, moment: datetime | None) -> datetime | None:
        """The moment as a spreadsheet holds it: what the zone's clock shows, without a zone (the column's
        header names it).
        """
        return None if moment is None else self.local(moment).replace(tzinfo=None)

    def windows_text(self, windows: Sequence[Window], lang: Lang) -> str:
        """The first few windows in words, and how many more there are; of none, that no time is set."""
        if not windows:
            return text_of("ledger.no_time", lang)
        windows_text = [
            spans.span_text(spans.iso(w.start, w.end), lang, zone=self.zone)
            for w in windows[:LISTED]
        ]
        return text_of("ledger.listed", lang, entries=Begun(windows_text, len(windows)))


def lacks_zone(problem: Problem) -> bool:
    """Whether there are times to show, and nobody chose by whose clocks."""
    return problem.zone is None and any(demand.windows for demand in problem.demands)


def times_of(demand: Demand, start: datetime | None) -> tuple[Window, ...]:
    """When a demand takes place in the plan: its windows; of a flexible one, the time it was given, or none
    where it is not served.
    """
    if demand.minutes is None:
        return tuple(
            sorted(demand.times, key=lambda window: (window.start, window.end))
        )
    if start is None:
        return ()
    return (Window(start=start, end=start + timedelta(minutes=demand.minutes)),)


class ListedRole(NamedTuple):
    """A requirement with its demand."""

    demand: Demand
    requirement: Requirement


class Line(NamedTuple):
    """An assignment with the records that it names."""

    assignment: Assignment
    resource: Resource
    role: ListedRole


class Listing:
    """What tables are made of. ``unit`` and ``community`` keep only what lies at or below them; the plan must
    keep its problem.
    """

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        lang: Lang = "en",
        *,
        unit: str | None = None,
        community: str | None = None,
    ) -> None:
        self.problem, self.plan, self.lang = problem, plan, lang
        self.clock = ZoneTimes(zone=problem.zone or "UTC")
        self.resources = {record.id: record for record in problem.resources}
        self.roles = {
            need.id: ListedRole(demand, need)
            for demand in problem.demands
            for need in demand.requirements
        }
        self._units = {record.id: record.name for record in problem.units}
        self._communities = {record.id: record.name for record in problem.communities}
        self._within_units = _below("unit", unit, problem.units)
        self._within_communities = _below("community", community, problem.communities)
        self.starts = {
            self.roles[a.requirement].demand.id: a.start
            for a in plan.assignments
            if a.start is not None
        }
        self.taken: dict[str, int] = defaultdict(int)
        for entry in plan.assignments:
            self.taken[entry.requirement] += entry.quantity
        self._when: dict[str, str] = {}

    @cached_property
    def lines(self) -> list[Line]:
        """The assignments that are asked for, in the order of the plan."""
        found = (
            Line(a, self.resources[a.resource], self.roles[a.requirement])
            for a in self.plan.assignments
        )
        return [
            line
            for line in found
            if self.has_unit(line.resource.unit)
            and self.has_community(line.role.demand.community)
        ]

    def has_unit(self, unit: str) -> bool:
        """Whether a unit is asked for."""
        return self._within_units is None or unit in self._within_units

    def has_community(self, community: str) -> bool:
        """Whether a community is asked for."""
        return self._within_communities is None or community in self._within_communities

    def unit_name(self, unit: str) -> str:
        """A unit's name, or its id where it has none."""
        return self._units[unit] or unit

    def community_name(self, community: str) -> str:
        """A community's name, or its id where it has none."""
        return self._communities[community] or community

    def content(self, demand: Demand) -> str | None:
        """What a demand is about: its name, or else its category."""
        return demand.name or demand.category

    def times(self, demand: Demand) -> tuple[Window, ...]:
        """When a demand takes place in the plan."""
        return times_of(demand, self.starts.get(demand.id))

    def begins(self, demand: Demand) -> datetime | None:
        """The first moment of a demand, as a cell."""
        times = self.times(demand)
        return self.clock.cell(times[0].start) if times else None

    def ends(self, demand: Demand) -> datetime | None:
        """The last moment of a demand, as a cell."""
        times = self.times(demand)
        return self.clock.cell(max(window.end for window in times)) if times else None

    def when(self, demand: Demand) -> str:
        """When a demand takes place, in words."""
        if demand.id not in self._when:
            times = self.times(demand)
            waits = demand.minutes is not None and not times
            self._when[demand.id] = (
                text_of("ledger.not_served", self.lang)
                if waits
                else self.clock.windows_text(times, self.lang)
            )
        return self._when[demand.id]

    def grid(
        self, sheet: str, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]
    ) -> Grid:
        """A table with these columns, in the language; a value that a row does not have is an empty cell."""
        names = tuple(columns)
        cells: list[list[Any]] = [[self._header(name) for name in names]]
        cells += [[row.get(name) for name in names] for row in rows]
        title = text_of(f"ledger.sheet.{sheet}", self.lang)
        return Grid(title, cells, lines=range(1, len(cells) + 1))

    def _header(self, name: str) -> str:
        header = text_of(f"ledger.column.{name}", self.lang)
        shows_times = name in OF_THE_CLOCK and (
            self.problem.zone is not None or lacks_zone(self.problem)
        )
        if not shows_times:
            return header
        return text_of("ledger.in_zone", self.lang, column=header, zone=self.clock.zone)


def _below(
    what: str, name: str | None, records: Sequence[Unit | Community]
) -> frozenset[str] | None:
    """A node with all below it; None where none is named."""
    if name is None:
        return None
    wrong = of_another_type(what, name, str, AN_ID)
    if not wrong and name not in {record.id for record in records}:
        wrong = [
            Complaint.of(
                what,
                "ledger.unlisted",
                name=repr(name[:80]),
                what=Message(f"what.{what}"),
            )
        ]
    InputError.raise_if(wrong)
    children: dict[str | None, list[str]] = defaultdict(list)
    for record in records:
        children[record.parent].append(record.id)
    found = [name]
    for node in found:  # it grows meanwhile
        found += children.get(node, ())
    return frozenset(found)
