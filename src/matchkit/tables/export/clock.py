"""Moments as the clocks of one zone show them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from matchkit.messages import spans
from matchkit.messages.message import LISTED, Begun, Lang, text_of
from matchkit.model import Demand, Problem, Window
from matchkit.model.base import Record
from matchkit.model.time import Zone


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

    def told(self, windows: Sequence[Window], lang: Lang) -> str:
        """The first few windows in words, and how many more there are; of none, that no time is set."""
        if not windows:
            return text_of("ledger.no_time", lang)
        told = [
            spans.span_text(spans.iso(w.start, w.end), lang, zone=self.zone)
            for w in windows[:LISTED]
        ]
        return text_of("ledger.listed", lang, entries=Begun(told, len(windows)))


def lacks_zone(problem: Problem) -> bool:
    """Whether there are times to show, and nobody chose by whose clocks."""
    return problem.zone is None and any(demand.windows for demand in problem.demands)


def times_of(demand: Demand, start: datetime | None) -> tuple[Window, ...]:
    """When a demand takes place in the plan: its windows; of a flexible one, the time it was given, or none
    where it is not served.
    """
    if demand.minutes is None:
        return tuple(sorted(demand.times, key=lambda window: (window.start, window.end)))
    return (
        ()
        if start is None
        else (Window(start=start, end=start + timedelta(minutes=demand.minutes)),)
    )
