"""Hours after noon by a clock of twelve hours: those that follow them may be hours after noon, too
(下午2:00-4:00, 7:00-9:00).
"""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.messages.message import Message
from matchkit.tables.cells.clock_times import NOON, TimeOfDay, half_of
from matchkit.tables.cells.reading import Doubts, refuse


@dataclass(slots=True)
class Afternoons:
    """The earliest minutes of such hours that a cell has named so far, on the days that are spoken of and on
    others.
    """

    here: int | None = None
    elsewhere: int | None = None

    def turn(self) -> None:
        """Goes on to other days."""
        found = [minute for minute in (self.here, self.elsewhere) if minute is not None]
        self.here, self.elsewhere = None, min(found, default=None)

    def add(self, minute: int) -> None:
        """Takes note of hours after noon that begin at a minute of the day."""
        self.here = minute if self.here is None else min(minute, self.here)

    def compare(self, start: TimeOfDay, end: TimeOfDay, begin: int, doubts: Doubts) -> None:
        """Takes hours that begin at a minute of the day.

        Raises CellFault where they name no half of the day and come after others of the same days that are
        after noon, though they would begin before them; on other days that is a doubt.
        """
        if half_of(start) or half_of(end):
            if begin >= NOON and not start.is_24:
                self.add(begin)
        elif not (start.is_24 or end.is_24):
            if self.here is not None and begin < self.here:
                refuse("cell.time.half_day", Message("cell.accepts.time_clock"))
            if self.elsewhere is not None and begin < self.elsewhere:
                doubts.add("cell.guess.clock24")
