"""From tokens to phrases: on these days, at these hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from matchkit.messages.message import Message
from matchkit.tables.cells import dates
from matchkit.tables.cells.canonical_times import (
    LocalMoment,
    MomentSpan,
    doubt_nights,
    last_minutes,
)
from matchkit.tables.cells.clock_times import AFTER_NOON, DAY, TimeOfDay, hours_of
from matchkit.tables.cells.context import Context
from matchkit.tables.cells.halves import Afternoons, certain_minutes, span
from matchkit.tables.cells.reading import Doubts, refuse
from matchkit.tables.cells.time_tokens import Token

WEEK: Final = 7
_MOMENTS: Final = ["date", "clock", "range", "date", "clock"]
MinuteSpan = tuple[int, int]
"""From which minute of a day until which; beyond 1,440 on the next day."""


@dataclass(slots=True)
class DaysNamed:
    """Days of the week, single dates and dates from one to another."""

    weekdays: tuple[int, ...] = ()
    single: list[date] = field(default_factory=list)
    ranges: list[tuple[date, date]] = field(default_factory=list)

    def add(self, other: DaysNamed) -> None:
        """Takes up the days of another. Raises CellFault where the ones lie within the others: 周末的周六."""
        ours, theirs = set(self.weekdays), set(other.weekdays)
        if ours and theirs and ours != theirs and (ours < theirs or theirs < ours):
            if max(len(ours), len(theirs)) < 7:
                refuse("cell.time.days_within")
            # 周一至周五每天 and "every day, Monday to Friday" are five days.
            self.weekdays = min(self.weekdays, other.weekdays, key=len)
        else:
            self.weekdays = tuple(dict.fromkeys((*self.weekdays, *other.weekdays)))
        self.single += other.single
        self.ranges += other.ranges


@dataclass(slots=True)
class Phrase:
    """Days with the hours on them; no hours means that none are named, no days the same."""

    days: DaysNamed | None
    hours: list[MinuteSpan]


class _Reader:
    def __init__(
        self,
        tokens: list[Token],
        context: Context,
        doubts: Doubts,
        afternoons: Afternoons,
    ) -> None:
        self._tokens, self._context = tokens, context
        self._doubts, self._afternoons = doubts, afternoons
        self._at = 0
        self._before: date | None = None

    def _kinds(self, count: int) -> list[str]:
        return [token.kind for token in self._tokens[self._at : self._at + count]]

    def _take(self) -> Any:
        self._at += 1
        return self._tokens[self._at - 1].value

    def _is(self, *kinds: str) -> bool:
        return self._at < len(self._tokens) and self._tokens[self._at].kind in kinds

    def chunks(self) -> list[DaysNamed | list[MinuteSpan] | MomentSpan]:
        found: list[DaysNamed | list[MinuteSpan] | MomentSpan] = []
        while self._at < len(self._tokens):
            start = self._at
            if self._kinds(6) == ["from", *_MOMENTS]:
                self._at += 1
            if self._kinds(5) == _MOMENTS:
                found.append(self._moments())
            elif self._is("date", "days", "from"):
                days = self._days()
                if found and isinstance(found[-1], DaysNamed):
                    # 2026-05-02 2026-05-05 may be the ends of what a program has put side by side.
                    if (
                        self._tokens[start - 1].kind
                        == self._tokens[start].kind
                        == "date"
                    ):
                        self._doubts.add("cell.guess.one_by_one")
                    found[-1].add(days)
                else:
                    self._afternoons.turn()
                    found.append(days)
            elif self._is("clock", "part", "after"):
                hours = self._hours()
                if found and isinstance(found[-1], list):
                    # 晚上 18:00-20:00 was joined before; 18:00-20:00 晚上 and 全天 8:00-12:00 say two things.
                    before = self._tokens[start - 1].kind
                    if before != "list" and (before == "part") != (
                        self._tokens[start].kind == "part"
                    ):
                        refuse("cell.time.contradiction")
                    found[-1] += hours
                else:
                    found.append(hours)
            elif self._is("list") and found and self._at + 1 < len(self._tokens):
                self._at += 1
            else:
                refuse("cell.time.order" if self._is("next") else "cell.time.no_end")
        return found

    def _date(self) -> date:
        self._before = dates.resolved(
            self._take(), self._context, self._doubts, self._before
        )
        return self._before

    def _days(self) -> DaysNamed:
        if self._is("from"):
            self._at += 1
            # From Monday to Friday, and from 4 May until 30 June; from 4 May on has no last day.
            found = self._days() if self._is("date", "days") else DaysNamed()
            return (
                found
                if found.ranges or len(found.weekdays) > 1
                else refuse("cell.time.no_end")
            )
        if self._is("days"):
            weekdays = self._take()
            # Saturday 2 May is one day; 周二 3月1日至6月30日 are many.
            if (
                len(weekdays) > 1
                or not self._is("date")
                or self._kinds(2) == ["date", "range"]
            ):
                return DaysNamed(weekdays=weekdays)
            day = self._date()
            return (
                DaysNamed(single=[day])
                if weekdays == (day.isoweekday(),)
                else refuse("cell.date.weekday", date=day.isoformat())
            )
        day = self._date()
        named = self._check_weekday(day)
        if self._kinds(2) != ["range", "date"]:
            return DaysNamed(single=[day])
        self._at += 1
        last = self._date()
        self._check_weekday(last, None if named else day)
        return (
            DaysNamed(ranges=[(day, last)])
            if day <= last
            else refuse("cell.time.order")
        )

    def _check_weekday(self, day: date, since: date | None = None) -> bool:
        """Takes a day of the week right after a date, as in 5月2日(周六), unless more follow; whether it did.

        After a range from ``since``, it may be the days of the week between: 5月2日至5月30日 周六.
        """
        if (
            not self._is("days")
            or len(self._tokens[self._at].value) > 1
            or self._kinds(2) == ["days", "days"]
        ):
            return False
        [weekday] = self._tokens[self._at].value
        its_own = weekday == day.isoweekday()
        if not since and not its_own:
            refuse("cell.date.weekday", date=day.isoformat())
        if since and (not its_own or (day - since).days >= WEEK):
            # Either may be meant where the last day is such a day, or a few days are hardly parted so.
            if its_own or (day - since).days < WEEK:
                self._doubts.add("cell.guess.days_between")
            return False
        self._at += 1
        return True

    def _hours(self) -> list[MinuteSpan]:
        if self._is("after"):
            self._at += 1
            return (
                [self._from(self._take())]
                if self._is("clock")
                else refuse("cell.time.no_end")
            )
        if self._is("part"):
            return [self._part()]
        start: TimeOfDay = self._take()
        if start.offset:
            refuse("cell.time.moment", Message("cell.accepts.lasting"))
        if self._is("after"):
            self._at += 1
            return [self._from(start)]
        if self._is("range"):
            self._at += 1
            if self._is("after"):  # 18:00-以后
                self._at += 1
                return [self._from(start)]
            next_day = self._is("next")
            self._at += next_day
            if self._is("clock"):
                end: TimeOfDay = self._take()
                hours = span(start, end, next_day, self._doubts)
                self._afternoons.compare(start, end, hours[0], self._doubts)
                return [hours]
        # Hours alone would lose the date.
        return refuse(
            "cell.time.no_end",
            Message("cell.accepts.lasting") if self._before else None,
        )

    def _part(self) -> MinuteSpan:
        part = self._take()
        start, end = self._hours_of(part)
        if part in AFTER_NOON:
            self._afternoons.add(start)
        if self._kinds(2) == ["range", "part"]:
            self._at += 1
            last = self._hours_of(self._take())
            if last[1] <= start:
                refuse("cell.time.order")
            end = last[1]
        return start, end

    def _hours_of(self, part: str) -> MinuteSpan:
        hours = hours_of(part, self._context)
        if hours is None:
            refuse("cell.time.vague", Message("cell.accepts.time_clock"))
        if part not in self._context.own_parts:
            self._doubts.add("cell.guess.part", part=part, start=hours[0], end=hours[1])
        start, end = (int(clock[:2]) * 60 + int(clock[3:]) for clock in hours)
        return start, end if end > start else end + DAY

    def _from(self, clock: TimeOfDay) -> MinuteSpan:
        self._doubts.add("cell.guess.until_midnight")
        start = certain_minutes(clock)
        if clock.seconds:
            refuse("cell.time.seconds", Message("cell.accepts.time_clock"))
        return (start, DAY) if start < DAY else refuse("cell.time.order")

    def _moments(self) -> MomentSpan:
        first, begin = self._date(), self._take()
        self._at += 1
        last, until = self._date(), self._take()
        if (begin.offset is None) != (until.offset is None):
            refuse("cell.time.no_zone", Message("cell.accepts.time_zone"))
        # 6:00 beside 18:00 is one of the 24-hour clock, and so is every time with an offset.
        start, end = (
            certain_minutes(clock.as_24)
            if other.is_24 or clock.offset
            else certain_minutes(clock)
            for clock, other in ((begin, until), (until, begin))
        )
        if begin.offset:
            return MomentSpan(
                LocalMoment(first, start, begin.seconds, begin.offset),
                LocalMoment(last, end, until.seconds, until.offset),
            )
        ends = last_minutes(end, until.seconds)
        if (first, start, begin.seconds) >= (last, *ends):
            refuse("cell.time.order")
        doubt_nights(first, start, last, ends[0], self._doubts)
        return MomentSpan(
            LocalMoment(first, start, begin.seconds), LocalMoment(last, *ends)
        )


def phrases(
    tokens: list[Token], context: Context, doubts: Doubts, afternoons: Afternoons
) -> list[Phrase | MomentSpan]:
    """What the tokens say. Raises CellFault where days and hours do not go together in one way only."""
    afternoons.turn()
    chunks = _Reader(tokens, context, doubts, afternoons).chunks()
    kinds = [
        "m"
        if isinstance(chunk, MomentSpan)
        else "d"
        if isinstance(chunk, DaysNamed)
        else "h"
        for chunk in chunks
    ]
    if (
        kinds[:1] == ["h"]
        and len(kinds) > 1
        and kinds == ["h", "d"] * (len(kinds) // 2)
    ):
        # evenings on weekdays
        chunks = [chunks[place ^ 1] for place in range(len(chunks))]
        kinds = ["d", "h"] * (len(kinds) // 2)
    if (
        kinds == ["d", "h", "d"]
        and isinstance(chunks[0], DaysNamed)
        and isinstance(chunks[2], DaysNamed)
        and _completes(chunks[0], chunks[2])
    ):
        # weekdays 9-17 from 1 March to 30 June
        chunks[0].add(chunks[2])
        chunks.pop()
    found: list[Phrase | MomentSpan] = []
    for chunk in chunks:
        last = found[-1] if found else None
        if isinstance(chunk, MomentSpan):
            found.append(chunk)
        elif isinstance(chunk, DaysNamed):
            found.append(Phrase(chunk, []))
        elif isinstance(last, Phrase) and not last.hours:
            last.hours = chunk
        else:
            found.append(Phrase(None, chunk))
    named = [phrase for phrase in found if isinstance(phrase, Phrase)]
    if len(found) > 1 and any(
        not phrase.hours or phrase.days is None for phrase in named
    ):
        refuse("cell.time.hours_missing")
    return found or refuse("cell.time.vague", Message("cell.accepts.time_words"))


def _completes(days: DaysNamed, more: DaysNamed) -> bool:
    alone = days.weekdays and not (days.ranges or days.single)
    return bool(alone and len(more.ranges) == 1 and not (more.weekdays or more.single))
