"""Calls that are answered by level, and what became of each: who led, who came, and when its pool widened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.messages import spans
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id
from matchkit.model.time import Moment, Zone
from matchkit.plan import Assignment
from matchkit.plan.plan import Count

CallStatus: TypeAlias = Literal["filled", "short", "open", "joined"]
Minutes = Annotated[int, Field(ge=0, le=527_040)]


class Call(Record):
    """A call for a demand of a problem, with what those who were asked have answered so far."""

    id: Id
    """Unique among calls."""
    demand: Id
    """The demand that it asks to fill."""
    at: Moment
    """When it was received."""
    level: Annotated[int, Field(ge=1, le=4)] = 4
    """Its level: at 4 (blue) the demand's community is asked first, at 3 (yellow) the area one step above it,
    at 2 (orange) two steps, at 1 (red) three steps.
    """
    minutes: Annotated[Many[Minutes], Field(min_length=1, max_length=20)]
    """Minutes until the pool widens by one step; the last one holds for all further steps."""
    deadline: Minutes | None = None
    """Minutes after which the call ends; without it the minutes of its steps end it."""
    received_by: Id | None = None
    """The unit or community that received it first, and so leads; the demand's community, where none is
    given.
    """
    accepted: Many[tuple[Id, Moment]] = ()
    """Who has said yes, and when."""
    declined: Many[tuple[Id, Moment]] = ()
    """Who has said no, and when."""

    @model_validator(mode="after")
    def _one_answer_each(self) -> Self:
        names = [name for name, _ in (*self.accepted, *self.declined)]
        early = any(at <= self.at for _, at in (*self.accepted, *self.declined))
        if early or len(set(names)) < len(names):
            raise RecordFault("call_answers")
        return self


class CallList(Record):
    """What a file of calls holds: the calls, and areas as ``respond`` takes them."""

    calls: Many[Call]
    areas: Annotated[dict[Id, Id], Field(default_factory=dict)]
    """Ids of communities by ids of units."""

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The calls that a JSON text (UTF-8) describes. Raises InputError."""
        return cls._of_json(text)


class CallStep(Record):
    """How long a call stood at one step, whom it asked there, and why it left it.

    ``most`` is what the pool could fill of the ``wanted`` units that were open, ``proven`` whether that is
    proven to be the most.
    """

    area: Id
    """The community that the pool comes from, with those below it."""
    entered: Moment
    left: Moment | None = None
    """None where it still stands there."""
    ended: Literal["filled", "proof", "minutes", "deadline", "open"] = "open"
    """What ended it: all came; the pool cannot fill it; its minutes were over; the call's deadline."""
    pool: Count = 0
    """Resources of the area that had not declined."""
    asked: Many[Id] = ()
    """Who was asked there, in order."""
    wanted: Count = 0
    most: Count = 0
    proven: bool = True

    def line(self, lang: Lang = "en", zone: str | None = None) -> str:
        """Where, from when to when, why it ended, and who was asked."""
        return text_of(
            "response.now" if self.left is None else "response.step",
            lang,
            area=self.area,
            entered=spans.moment(self.entered, zone),
            minutes=_minutes(self.entered, self.left),
            ended=text_of(
                f"response.ended.{self.ended}", lang, most=self.most, wanted=self.wanted
            ),
            pool=self.pool,
            asked=joined(self.asked, lang) or text_of("loss.nobody", lang),
        )


class CallAnswer(Answer):
    """What became of a call: who leads, its steps, and who came.

    ``joined`` is an earlier call for the same demand, which answers this one too.
    """

    call: Id
    demand: Id
    lead: Id
    status: CallStatus
    joined: Id | None = None
    steps: Many[CallStep] = ()
    team: Many[Assignment] = ()
    """Who accepted, in that order."""
    units: Many[Id] = ()
    """The units that act together."""
    missing: Count = 0
    unheard: Many[Id] = ()
    """Who accepted and was not asked at that moment: that does not count."""
    zone: Zone | None = None
    """Whose clocks show moments in a text; None: UTC."""

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the call to its end; None where it is open or joined to another."""
        return (
            _minutes(self.steps[0].entered, self.steps[-1].left) if self.steps else None
        )

    def line(self, lang: Lang = "en") -> str:
        """What became of it."""
        values = {
            **self.model_dump(include={"call", "demand", "lead", "missing", "joined"}),
            "minutes": self.minutes,
            "team": joined([one.resource for one in self.team], lang)
            or text_of("loss.nobody", lang),
        }
        return text_of(f"response.{self.status}", lang, **values)

    def _details(self, lang: Lang) -> Iterator[str]:
        return (step.line(lang, self.zone) for step in self.steps)


class Responses(Answer):
    """What became of all calls, in the order in which they were received."""

    calls: Many[CallAnswer]

    def line(self, lang: Lang = "en") -> str:
        """How many calls ended how."""
        counts = dict.fromkeys(get_args(CallStatus), 0)
        for one in self.calls:
            counts[one.status] += 1
        return text_of("responses.line", lang, calls=len(self.calls), **counts)

    def _lines(self, lang: Lang) -> list[str]:
        return [self.line(lang), *(one.text(lang) for one in self.calls)]


def _minutes(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else int((end - start).total_seconds()) // 60
