"""Why solving stopped, and what the plan is worth: two different things. And what goals are called."""

from __future__ import annotations

import operator
import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from matchkit.messages.message import (
    SOURCE,
    Lang,
    Message,
    fields_of,
    templates,
    text_of,
)
from matchkit.model.base import Many, Record
from matchkit.model.fault import RecordFault
from matchkit.model.objective import (
    Among,
    ChoiceRule,
    EvenOf,
    FairBetween,
    Objective,
    ProposingSide,
    Stability,
)
from matchkit.model.text import LONGEST, Id, Label

_BY_TIER = re.compile(r"tier ([1-9][0-9]?)( minimum| broken| coverage)?")
_IN_ORDER = re.compile(r"order (-?[0-9]{1,3}) weight")
_LEVEL = re.compile(r"[0-9]{1,7}(/[1-9][0-9]{0,6})?")


DRAW_LINE = r"^matchkit draw 1: lottery ([0-9a-f]{64}), draw (0|[1-9][0-9]{0,15}), seed (\"[ -~]*\")$"
DrawnLine = Annotated[str, Field(pattern=DRAW_LINE, max_length=3_000)]
"""The line of a draw: ASCII, the seed as JSON writes it."""


class StoredMessage(Record):
    """A message as a plan holds it: the key of a template of the catalogue and its values by field, of which
    each may be such a message itself. ``text`` shows it in a language.
    """

    key: str
    """The key of a template in the catalogue."""
    values: Many[
        Annotated[tuple[str, int | str | StoredMessage], Field(strict=False)]
    ] = ()
    """Name and value of every field of the template."""

    @classmethod
    def of(cls, message: Message) -> StoredMessage:
        """The message as a record."""
        return cls(
            key=message.key,
            values=tuple(
                (name, cls.of(value) if isinstance(value, Message) else value)
                for name, value in message.values
            ),
        )

    @model_validator(mode="after")
    def _of_the_catalogue(self) -> Self:
        within = [value for _, value in self.values if isinstance(value, StoredMessage)]
        if any(
            isinstance(value, StoredMessage)
            for one in within
            for _, value in one.values
        ):
            raise RecordFault("message_deep")
        if (
            self.key not in templates(SOURCE)
            or not fields_of(self.key) <= dict(self.values).keys()
        ):
            raise RecordFault("message")
        return self

    def text(self, lang: Lang = "en") -> str:
        """The message in a language."""
        return text_of(self.key, lang, **dict(self.values))


def _of_text(given: Any) -> Any:
    return (
        {"key": "text", "values": (("text", given),)}
        if isinstance(given, str)
        else given
    )


class Goal(Record):
    """One goal's value in the plan, and the most that any plan with at least these values in all goals before
    can reach in it.

    ``bound`` is a number up to and including the first goal in which value and bound differ; in a later one
    it is None where it is not known, as where nothing was proved at all. Where prices prove it, the whole
    bound, true as a vector in the order of the goals, is ``certificate.bound``. ``tolerance`` is how much of
    it the goals after it were allowed to cost.
    """

    name: str
    """``tier t minimum``, ``tier t``, ``tier t broken``, ``kept``, ``tier t coverage``, ``loads``,
    ``weight``, or the name of an aim; with `` at `` and a level where levels are goals.
    """
    value: int
    """What the plan reaches."""
    bound: int | None
    """The most that can be reached with at least these values in all goals before; None where that is not
    known.
    """
    tolerance: int = 0
    """How much of it the goals after it were allowed to cost."""


class Closed(Record):
    """A hard unit_share whose ``least`` nobody can reach, so that its community takes nothing: at most
    ``most`` could come of the unit.

    docs/rules.md (Teams) says how ``most`` is counted.
    """

    label: Label
    """What messages call the rule."""
    unit: Id
    """Id of the unit that has to give."""
    community: Id
    """Id of the community that takes nothing."""
    least: int
    """Units that the rule asks for."""
    most: int
    """Units that could come at most."""

    def message(self) -> Message:
        """The rule, both numbers and what follows."""
        return Message.of("outcome.closed", **self.model_dump())

    def line(self, lang: Lang = "en") -> str:
        """The same as text."""
        return self.message().text(lang)


class BlockingPair(Record):
    """A resource and a requirement that would rather have each other than what the plan gives them."""

    resource: Id
    """Id of the resource."""
    requirement: Id
    """Id of the requirement."""


LISTED_PAIRS = 1_000
"""So many blocking pairs are listed; all are counted."""


class ChosenBy(Record):
    """By which rule ranks chose the plan, and the pairs that block it."""

    rule: Stability | ChoiceRule
    """Stability of a kind, or the rule of choice."""
    proposing: ProposingSide
    """The side that proposes, or chooses."""
    among: Among
    """Which of several stable plans it is."""
    blocking: Annotated[int, Field(ge=0)]
    """How many pairs block the plan; of a rule that is no stability, in the weak sense."""
    fewest: Annotated[int, Field(ge=0)] | None
    """No plan that lacks as little of its minimums has fewer blocking pairs; None where nothing was
    proved.
    """
    pairs: Annotated[Many[BlockingPair], Field(max_length=LISTED_PAIRS)] = ()
    """The blocking pairs, by ids; of more than 1,000 so many of them."""

    @classmethod
    def asked(cls, objective: Objective) -> dict[str, str]:
        """What an objective asks for, by the fields of this record."""
        rule = objective.stable or objective.choice or ""
        return {
            "rule": rule,
            "proposing": objective.proposing,
            "among": objective.among,
        }

    def message(self) -> Message:
        """The rule, and how many pairs block."""
        rule = Message(f"outcome.rule.{self.rule}")
        if self.blocking == 0:
            return Message.of("outcome.stable", rule=rule)
        known = "outcome.blocked" if self.fewest == self.blocking else "outcome.blocks"
        return Message.of(known, rule=rule, count=self.blocking)

    def line(self, lang: Lang = "en") -> str:
        """The same as text."""
        return self.message().text(lang)


class KeptUnits(Record):
    """What a plan keeps of the reference plan of its problem, in units."""

    reference: Annotated[int, Field(ge=0)]
    """Units of the reference plan."""
    gone: Annotated[int, Field(ge=0)]
    """Those of them whose resource or requirement is in no list of the problem any more."""
    kept: Annotated[int, Field(ge=0)]
    """Those of them that the plan has too."""
    moves: Annotated[int, Field(ge=0)]
    """Units of the plan that are not in the reference plan."""
    previous: int
    """The factor of the term ``previous``, which would count pairs of an earlier plan again: 0 in a
    replan.
    """

    def message(self) -> Message:
        """What is kept, what is new, and who is gone."""
        return Message.of("outcome.kept", **self.model_dump())

    def line(self, lang: Lang = "en") -> str:
        """The same as text."""
        return self.message().text(lang)


class Outcome(Record):
    """What is known about a plan.

    ``status`` says what the plan is, ``stopped`` why solving ended: "proved" exactly where the plan is
    optimal. ``gap`` is 0 where the plan is proven optimal, else the relative distance to the bound in the
    first goal where the two differ; None where no bound was proved.
    """

    status: Literal["optimal", "feasible"]
    """Whether the plan is proven best, or only keeps the rules."""
    stopped: Literal["proved", "gap", "time_limit", "interrupted", "no_proof"]
    """Why solving ended."""
    goals: Many[Goal]
    """Every goal in order, with value and bound."""
    value: int
    """Weight of the plan: the value of the last goal."""
    bound: int | None
    """The bound of the last goal; None where it is not known."""
    gap: float | None
    """Relative distance to the bound, without unit; None where no bound was proved."""
    proof: Literal["prices", "search"] | None = None
    """What the bound rests on: prices in the certificate, which anybody can check; an exact engine's search;
    or there is none.
    """
    engine: str
    """Which engine found the plan."""
    reason: Annotated[
        StoredMessage,
        BeforeValidator(_of_text, json_schema_input_type=StoredMessage | str),
    ]
    """Why this engine was chosen; a text, as plans of earlier versions have it, is taken as it is."""
    seed: int
    """The seed of the search."""
    versions: Many[tuple[str, str]]
    """Name and version of everything that had a say."""
    digest: str
    """SHA-256 of the problem in canonical form: from which one the plan was made. ``verify`` does not compare
    it.
    """
    fair: Annotated[FairBetween | None, Field(exclude_if=operator.not_)] = None
    """Between whom slots were to be filled fairly, as the problem's objective says."""
    even: Annotated[EvenOf | None, Field(exclude_if=operator.not_)] = None
    """Whose loads were to be even."""
    chosen: Annotated[ChosenBy | None, Field(exclude_if=operator.not_)] = None
    """Where ranks chose the plan: by which rule, and which pairs block it."""
    drawn: Annotated[DrawnLine | None, Field(exclude_if=operator.not_)] = None
    """Of a plan that was drawn: the line that was hashed, with the digest of the lottery, the number of the
    draw and the public seed; from it anybody repeats the draw (docs/draws.md).
    """
    kept: Annotated[KeptUnits | None, Field(exclude_if=operator.not_)] = None
    """Where the problem has a reference plan: what is kept of it."""
    closed: Many[Closed] = ()
    """Rules that close a community to everybody, by label; told before the search begins, too."""


def tier_goal(measure: str, tier: int) -> str:
    """The name of the goal of one tier that counts this measure (``minimum``, ``filled``, ``broken`` or
    ``coverage``).
    """
    return f"tier {tier}" if measure == "filled" else f"tier {tier} {measure}"


def order_goal(order: int) -> str:
    """The name of the goal that counts the weight of places processed at this order."""
    return f"order {order} weight"


def goal_text(name: str, lang: Lang) -> str:
    """A goal's name in a language; that of a user's own aim as it is."""
    whole, at, level = name.partition(" at ")
    if at and _LEVEL.fullmatch(level) and whole.endswith(("coverage", "loads")):
        return text_of("goal.at", lang, goal=goal_text(whole, lang), level=level)
    found = _BY_TIER.fullmatch(name)
    if found:
        return text_of(
            f"goal.tier{(found[2] or '').replace(' ', '_')}", lang, tier=found[1]
        )
    order = _IN_ORDER.fullmatch(name)
    if order:
        return text_of("goal.order", lang, order=order[1])
    known = name in ("weight", "coverage", "loads", "kept")
    return text_of(f"goal.{name}", lang) if known else printable(name)


def printable(name: str) -> str:
    """A name out of a plan, which may come from outside: nothing that a terminal would obey, and no more than
    a label may hold.
    """
    return (name if name.isprintable() else ascii(name)[1:-1])[: LONGEST * 8]
