"""The audit of a plan made by hand: what it breaks, what it is worth, how far from the best, and what would
help.

docs/audit.md says what each part means.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from matchkit.answers.audit_text import (
    audit_line,
    audit_lines,
    fault_line,
    improvement_line,
)
from matchkit.answers.base import Answer
from matchkit.answers.causes import GoalBeforeAfter
from matchkit.messages.message import SOURCE, Lang, fields_of, templates, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Label
from matchkit.plan import Payment

Without = Literal["none", "contradiction", "stopped", "budget"]
"""Why there is no plan: none keeps the rules, hard rules contradict each other, time was over, or it is
larger than the budget.
"""


class ViolationMessage(Record):
    """A message of the catalogue (``violation.<key>``) with its values by field; a value may be a message
    itself.
    """

    key: str
    values: Many[
        tuple[
            str,
            int
            | str
            | ViolationMessage
            | Many[ViolationMessage]
            | Many[int | None]
            | None,
        ]
    ] = ()

    @model_validator(mode="after")
    def _one_of_the_messages(self) -> Self:
        key = f"violation.{self.key}"
        if (
            key not in templates(SOURCE)
            or not fields_of(key) <= dict(self.values).keys()
        ):
            raise RecordFault("violation_message")
        return self

    def text(self, lang: Lang = "en") -> str:
        """The message in a language."""
        return text_of(f"violation.{self.key}", lang, **dict(self.values))


class Fault(Answer):
    """One broken rule: name, label of the rule record (None: it has none), ids, by how much, and the fact.

    ``amount`` is that of docs/rules.md, the quantity beyond where there is a most, else 1; None where it is
    too much to be counted. ``rows`` are the lines of the table that are concerned, from 1, where the fault
    lies in single lines.
    """

    rule: str
    label: Label | None
    ids: Many[str]
    amount: Annotated[int, Field(ge=1)] | None
    message: ViolationMessage
    rows: Many[int] = ()

    def fact(self, lang: Lang = "en") -> str:
        """What is wrong, with the values compared."""
        return self.message.text(lang)

    def line(self, lang: Lang = "en") -> str:
        """Rule, ids, fact and amount."""
        return fault_line(self, lang)


class GoalReached(Record):
    """What a goal reaches."""

    goal: str
    value: int


class TableScore(Record):
    """What the lines that can be counted are worth, on the terms of a plan: goals in order, points by term,
    and what is paid.

    ``units`` is the quantity counted. ``left_out`` are the lines (from 1) that cannot be counted: ids that
    the problem does not have, or no possible line at all.
    """

    goals: Many[GoalReached]
    terms: Many[tuple[str, int]]
    payments: Many[Payment]
    units: int
    left_out: Many[int]


class Behind(Record):
    """One goal of the table beside that of the best plan; ``bound`` is what no plan exceeds (None: nothing is
    proved of it).
    """

    goal: str
    table: int
    best: int
    bound: int | None
    tolerance: int = 0

    @property
    def difference(self) -> int:
        """What the best plan has more."""
        return self.best - self.table


class DistanceToBest(Record):
    """The best plan found for the problem, and how far the table is behind it, goal by goal.

    ``comparable`` is False where the table breaks a rule: it is no plan then, and may seem to reach more than
    any plan can.
    """

    comparable: bool
    status: Literal["optimal", "feasible"]
    gap: float | None
    goals: Many[Behind]


class PairUnits(Record):
    """So many units of one pair."""

    resource: str
    requirement: str
    units: Annotated[int, Field(ge=1)]


class SoundPart(Record):
    """The largest part of the table that is a plan: as many of its units as can be kept together, with what
    hard locks demand, no more.

    Among such parts the best by the goals. ``most`` is what no sound part exceeds: equal to ``units`` where
    that is ``proved``.
    """

    units: int
    of: int
    """The table's units in all that can be counted."""
    most: int | None
    proved: bool
    kept: Many[PairUnits]
    dropped: Many[PairUnits]
    added: Many[PairUnits]
    """What hard locks demand beyond the table."""
    goals: Many[GoalReached]


class TableGoal(GoalBeforeAfter):
    """A goal of the table before and after a change."""


class AmountChange(Record):
    """A violation of the table before and after a change: by how much the rule is broken, 0 where it is
    kept.
    """

    rule: str
    ids: Many[str]
    before: int
    after: int


PAIRS_OF: Final = {
    "drop": (1, 0),
    "move": (1, 1),
    "add": (0, 1),
    "replace": (1, 1),
    "swap": (2, 2),
}
"""How many pairs a change of each kind takes out and puts in at least."""


class Improvement(Answer):
    """One single change of the table, tried: what it takes out, what it puts in, and what it does to every
    goal and every violation.

    Nothing that was kept is broken by it, and nothing is broken more. ``starts`` of what is put in, where the
    demand is flexible.
    """

    kind: Literal["drop", "move", "add", "replace", "swap"]
    out: Many[PairUnits]
    put: Many[PairUnits]
    starts: Many[str] = ()
    goals: Many[TableGoal]
    fixed: Many[AmountChange]

    @model_validator(mode="after")
    def _names_its_pairs(self) -> Self:
        out, put = PAIRS_OF[self.kind]
        if len(self.out) < out or len(self.put) < put:
            raise RecordFault("change_pairs")
        return self

    def line(self, lang: Lang = "en") -> str:
        """The change and what it does."""
        return improvement_line(self, lang)


class Audit(Answer):
    """All that can be said of a table of pairs.

    ``distance`` is None where no plan was found to compare with; ``unsolved`` says why. ``part`` is None
    where the table is sound as it stands, and where no part of it is a plan or none was found;
    ``part_unknown`` says which.
    """

    rows: int
    sound: bool
    """Whether every line can be counted and no rule is broken: then the table is a plan."""
    faults: Many[Fault]
    score: TableScore
    distance: DistanceToBest | None
    unsolved: Without | None = None
    part: SoundPart | None
    part_unknown: Without | None = None
    improvements: Many[Improvement]
    tried: int
    """How many single changes were tried."""
    exhaustive: bool
    """Whether each is the best by the goals of all single changes that break nothing and concern other
    resources and requirements than those listed before it.
    """

    def line(self, lang: Lang = "en") -> str:
        """Whether it is a plan, and how good."""
        return audit_line(self, lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        return audit_lines(self, lang)
