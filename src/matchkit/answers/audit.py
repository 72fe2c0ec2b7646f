"""The audit of a plan made by hand: what it breaks, what it is worth, how far from the best, and what would
help.

docs/audit.md says what each part means.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Self

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.answers.effects import change_told
from matchkit.messages.catalogue import SOURCE, Lang, templates
from matchkit.messages.message import fields_of, number, numbers, rule_name, text_of
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.text import Label
from matchkit.plan import Payment
from matchkit.plan.goals import goal_told

SHOWN = 100
"""So many lines of one part are told in full; the rest is counted, and stands in the record."""


Without = Literal["none", "contradiction", "stopped", "budget"]
"""Why there is no plan: none keeps the rules, hard rules contradict each other, time was over, or it is
larger than the budget.
"""


class Said(Record):
    """A message of the catalogue (``violation.<key>``) with its values by field; a value may be a message
    itself.
    """

    key: str
    values: Many[tuple[str, int | str | Said | Many[Said] | Many[int | None] | None]] = ()

    @model_validator(mode="after")
    def _one_of_the_messages(self) -> Self:
        key = f"violation.{self.key}"
        if key not in templates(SOURCE) or not fields_of(key) <= dict(self.values).keys():
            raise RecordFault("said")
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
    said: Said
    rows: Many[int] = ()

    def fact(self, lang: Lang = "en") -> str:
        """What is wrong, with the values compared."""
        return self.said.text(lang)

    def line(self, lang: Lang = "en") -> str:
        """Rule, ids, fact and amount."""
        amount = (
            text_of("audit.uncounted", lang)
            if self.amount is None
            else number(self.amount, lang)
        )
        rows = text_of("audit.rows", lang, rows=numbers(self.rows, lang)) if self.rows else ""
        ids = text_of("audit.ids", lang, ids=", ".join(self.ids)) if self.ids else ""
        label = text_of("audit.label", lang, label=self.label) if self.label is not None else ""
        rule = rule_name(self.rule, lang)
        return text_of(
            "audit.fault",
            lang,
            rule=rule,
            label=label,
            ids=ids,
            fact=self.fact(lang),
            amount=amount,
            rows=rows,
        )


class Reached(Record):
    """What a goal reaches."""

    goal: str
    value: int


class Score(Record):
    """What the lines that can be counted are worth, on the terms of a plan: goals in order, points by term,
    and what is paid.

    ``units`` is the quantity counted. ``left_out`` are the lines (from 1) that cannot be counted: ids that
    the problem does not have, or no possible line at all.
    """

    goals: Many[Reached]
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


class Distance(Record):
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
    goals: Many[Reached]


class GoalChange(Record):
    """A goal of the table before and after a change."""

    goal: str
    before: int
    after: int


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
    goals: Many[GoalChange]
    mended: Many[AmountChange]

    @model_validator(mode="after")
    def _names_its_pairs(self) -> Self:
        out, put = PAIRS_OF[self.kind]
        if len(self.out) < out or len(self.put) < put:
            raise RecordFault("change_pairs")
        return self

    def line(self, lang: Lang = "en") -> str:
        """The change and what it does."""
        parts = [
            change_told(goal.goal, goal.after - goal.before, lang)
            for goal in self.goals
            if goal.after != goal.before
        ]
        for mended in self.mended:
            key = "audit.kept_again" if mended.after == 0 else "audit.less_broken"
            values = {
                "rule": rule_name(mended.rule, lang),
                "ids": ", ".join(mended.ids),
                "amount": mended.before - mended.after,
            }
            parts.append(text_of(key, lang, **values))
        effect = (
            text_of("audit.comma", lang).join(parts)
            if parts
            else text_of("audit.no_effect", lang)
        )
        change, units = (
            text_of(f"audit.{self.kind}", lang, **self._values()),
            (*self.out, *self.put)[0].units,
        )
        change = (
            change if units == 1 else text_of("audit.units", lang, change=change, units=units)
        )
        return text_of("audit.improvement", lang, change=change, effect=effect)

    def _values(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for side, pairs in (("out", self.out), ("put", self.put)):
            for place, pair in enumerate(pairs):
                values = {
                    "resource": pair.resource,
                    "requirement": pair.requirement,
                    "units": pair.units,
                }
                found |= {
                    f"{side}{place or ''}_{name}": value for name, value in values.items()
                }
        return found


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
    score: Score
    distance: Distance | None
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
        if not self.sound:
            kept = self.part
            if kept is None:
                return text_of("audit.line_broken", lang, faults=len(self.faults))
            return text_of(
                "audit.line_part", lang, faults=len(self.faults), kept=kept.units, of=kept.of
            )
        if self.faults:
            return text_of("audit.line_claims", lang, faults=len(self.faults))
        if self.distance is None:
            return text_of("audit.line_unsolved", lang)
        behind = next((goal for goal in self.distance.goals if goal.difference), None)
        if behind is None:
            return text_of(
                "audit.line_optimal"
                if self.distance.status == "optimal"
                else "audit.line_best",
                lang,
            )
        key = "audit.line_behind" if behind.difference > 0 else "audit.line_ahead"
        return text_of(
            key, lang, goal=goal_told(behind.goal, lang), amount=abs(behind.difference)
        )

    def text(self, lang: Lang = "en") -> str:
        """Everything, part by part; of each part the first hundred lines."""
        from matchkit.answers.audit_text import lines

        return "\n".join(lines(self, lang))
