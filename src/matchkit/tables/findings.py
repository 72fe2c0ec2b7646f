"""What a reading of tables noticed: guesses to be confirmed, oddities, what was left out, what was added, and
faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

from matchkit.errors import LISTED, Complaint
from matchkit.messages.message import Lang, Message, text_of
from matchkit.messages.view import View
from matchkit.tables.columns.column import named
from matchkit.tables.columns.schemas import TABLES
from matchkit.tables.location import Quoted, Where

FindingKind = Literal["guess", "odd", "ignored", "added", "note"]
"""A guess: read in one way of several. Odd: read as written, and hardly meant so. Ignored: left out, as
nothing is known of it. Added: what no cell says and follows from others. Note: anything else worth knowing.
"""

ALIKE: Final = 5
"""So many findings of one column that differ in the cell alone are shown; the rest is counted."""
ALL_SHOWN: Final = frozenset({"cell.guess.noon", "cell.guess.midnight"})
"""Reasons of guesses that are hardly meant as they are written, each in its own way."""

TO_CONFIRM: Final[tuple[FindingKind, ...]] = ("guess", "odd", "ignored")
"""Kinds that somebody should look at before a plan rests on them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know about a reading: where it is, what was read there (never a personal value) and how it
    was understood.
    """

    kind: FindingKind
    where: Where
    message: Message
    read: Quoted | None = None
    """The cell as it is shown in each language; None where the finding is about no single cell."""
    more: int = 0
    """So many further rows of the same column hold the same."""

    @property
    def fact(self) -> Message:
        """What was read and how it was understood, without the place."""
        message = self.message
        if self.read is not None:
            message = Message.of("tables.finding.cell", read=self.read, message=message)
        return (
            Message.of("tables.finding.more", message=message, more=self.more)
            if self.more
            else message
        )

    def line(self, lang: Lang = "en") -> str:
        """The finding in one line."""
        return text_of(
            "tables.finding.line",
            lang,
            where=self.where.text(lang),
            message=self.fact.text(lang),
        )

    def __str__(self) -> str:
        """One line in English."""
        return self.line()


def reasons(message: Message) -> tuple[str, ...]:
    """The keys of a message and of all that it holds: what it says, without the values."""
    inner = (
        part
        for _, value in message.values
        for part in (value if isinstance(value, tuple) else (value,))
    )
    return (
        message.key,
        *(key for part in inner if isinstance(part, Message) for key in reasons(part)),
    )


@dataclass(frozen=True, slots=True)
class Findings:
    """What a reading or a check noticed: the first 1,000 findings to confirm and the first 1,000 to know."""

    findings: tuple[Finding, ...] = ()
    unconfirmed: int = 0
    """How many findings somebody should confirm, those beyond the first 1,000 included."""
    to_know: int = 0
    """How many others there are, those beyond the first 1,000 included."""
    nothing: ClassVar[str] = "check.nothing"

    @property
    def guesses(self) -> tuple[Finding, ...]:
        """What somebody should confirm: guesses, oddities, and what was left out because nothing is known of
        it; 1,000 at most.
        """
        return tuple(finding for finding in self.findings if finding.kind in TO_CONFIRM)

    def as_notes(self) -> Findings:
        """The same as findings that are only to be known, for a problem that was confirmed before."""
        return Findings(
            tuple(replace(finding, kind="note") for finding in self.findings),
            0,
            self.unconfirmed + self.to_know,
        )

    def text(self, lang: Lang = "en", every: bool = False) -> str:
        """The findings in lines, those to confirm first. Of those of one column that differ in the cell alone
        five are shown, or all.
        """
        noted = [finding for finding in self.findings if finding.kind not in TO_CONFIRM]
        lines: list[str] = []
        for heading, count, found in (
            ("tables.to_confirm", self.unconfirmed, self.guesses),
            ("tables.noted", self.to_know, noted),
        ):
            if count:
                shown = (
                    (finding.line(lang) for finding in found)
                    if every
                    else _shortened(found, lang)
                )
                lines += [
                    text_of(heading, lang, count=count),
                    *(f"  {line}" for line in shown),
                ]
            if count > len(found):
                more = text_of("fault.more", lang, more=count - len(found))
                lines.append(f"  {more}")
        return "\n".join(lines) or text_of(self.nothing, lang)

    def __str__(self) -> str:
        """All findings in English."""
        return self.text()

    def __repr__(self) -> str:
        return f"{type(self).__name__}(unconfirmed={self.unconfirmed}, to_know={self.to_know})"

    def _repr_html_(self) -> str:
        """What a notebook shows: the findings in lines."""
        return View.of_text(self.text()).html()


def _shortened(findings: Sequence[Finding], lang: Lang) -> Iterator[str]:
    alike: dict[object, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(
            (finding.kind, finding.where.alike, reasons(finding.message)), []
        ).append(finding)
    for found in alike.values():
        most = ALIKE if ALL_SHOWN.isdisjoint(reasons(found[0].message)) else len(found)
        yield from (finding.line(lang) for finding in found[:most])
        if len(found) > most:
            key = (
                "tables.more_alike"
                if found[0].read is not None
                else "tables.more_of_kind"
            )
            yield text_of(
                key, lang, where=found[0].where.alike.text(lang), more=len(found) - most
            )


class Notices:
    """Faults and findings as they are found, in the order of the tables; beyond the first ``LISTED`` of each
    they are counted.

    What is to be confirmed and what is only to be known are counted apart: no flood of notes hides a guess.
    """

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.unconfirmed = 0
        """So many findings are to be confirmed, those included that are only counted."""
        self.to_know = 0
        """So many are only to be known."""
        self._complaints: list[tuple[tuple[int, int, int], Complaint]] = []
        self.more_complaints = 0
        self.faulty: set[tuple[int, int, str]] = set()
        """Cells with a fault: number of the sheet, row and name of the column."""
        self._unknown: list[tuple[Where, Message, Message]] = []
        self._beside: list[tuple[Where, Message, Message]] = []

    def found(
        self,
        kind: FindingKind,
        place: Where,
        message: Message,
        read: Quoted | None = None,
        more: int = 0,
    ) -> None:
        """Adds a finding."""
        if self.has_room(kind):
            self.findings.append(Finding(kind, place, message, read, more))
        self.count(kind)

    def has_room(self, kind: FindingKind | None) -> bool:
        """Whether one more finding of a kind, or one more fault (None), has room and is not only counted."""
        if kind is None:
            return len(self._complaints) < LISTED
        return (self.unconfirmed if kind in TO_CONFIRM else self.to_know) < LISTED

    def count(self, kind: FindingKind | None) -> None:
        """Counts a finding, or a fault that is only counted (None)."""
        if kind is None:
            self.more_complaints += 1
        elif kind in TO_CONFIRM:
            self.unconfirmed += 1
        else:
            self.to_know += 1

    def fault(
        self,
        place: Where,
        fact: Message,
        advice: Message,
        read: Quoted | None = None,
        more: int = 0,
        order: tuple[int, int, int] = (0, 0, 0),
    ) -> None:
        """Adds a complaint; ``order`` is its sheet, row and column."""
        if not self.has_room(None):
            self.count(None)
            return
        if read is not None:
            fact = Message.of("tables.fault.cell", read=read, fact=fact)
        if more:
            fact = Message.of("tables.finding.more", message=fact, more=more)
        self.complaint(Complaint(place, fact, advice), order)

    def complaint(self, complaint: Complaint, order: tuple[int, int, int]) -> None:
        """Adds a complaint that is made already."""
        if self.has_room(None):
            self._complaints.append((order, complaint))
        else:
            self.count(None)

    def unknown(self, place: Where, fact: Message, advice: Message) -> None:
        """Adds that a sheet was left out, as it is no table that is known: to be confirmed, and a fault where
        there is no other table.
        """
        self.found(
            "ignored", place, Message.of("tables.left_out", fact=fact, advice=advice)
        )
        self._unknown.append((place, fact, advice))

    def nothing(self) -> None:
        """Adds for every sheet that it is no table that is known, or that there are none, where no complaint
        says more.
        """
        if self._complaints:
            return
        for place, fact, advice in self._unknown or [
            (Where(), Message.of("tables.no_tables"), name_it())
        ]:
            self.fault(place, fact, advice)

    def beside(self, place: Where, fact: Message, advice: Message) -> None:
        """Adds what is a fault only where there is another, which it may explain."""
        self._beside.append((place, fact, advice))

    def tell_beside(self) -> None:
        """Adds these where there is a complaint."""
        for place, fact, advice in self._beside if self._complaints else ():
            self.fault(place, fact, advice)

    def advise(self, sheet: int, advice: Message) -> None:
        """Adds an advice to the first complaint about a sheet, if there is any."""
        places = [
            at for at, (order, _) in enumerate(self._complaints) if order[0] == sheet
        ]
        if places:
            at = min(places, key=lambda at: self._complaints[at][0])
            order, first = self._complaints[at]
            where, fact, then = first.parts
            both = Message.of("fault.two_advices", first=then, second=advice)
            self._complaints[at] = (order, Complaint(where, fact, both))

    @property
    def complaints(self) -> list[Complaint]:
        """All complaints, by sheet, row and column."""
        return [
            complaint
            for _, complaint in sorted(self._complaints, key=lambda entry: entry[0])
        ]


def name_it() -> Message:
    """The advice to say which table a sheet is."""
    return Message.of(
        "tables.give_tables", tables=tuple(named(table) for table in TABLES)
    )
