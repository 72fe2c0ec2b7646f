"""What a check found: facts with the numbers compared, by how much a rule is broken, and every violation by
its rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matchkit.errors import BrokenPlanError, Complaint
from matchkit.messages.message import (
    SOURCE,
    Lang,
    Message,
    rule_name,
    templates,
    text_of,
)
from matchkit.messages.view import View


class Fact(NamedTuple):
    """What is wrong: the key of a message (``violation.<key>`` of the catalogue), its values by field, and
    the size of the fault.

    ``amount`` is a whole number, by how much the rule is broken (docs/rules.md; of what has a most: the
    quantity beyond it), 1 where no amount is defined, and -1 where it is too much to be counted.
    """

    key: str
    values: tuple[tuple[str, Any], ...] = ()
    amount: int = 1

    def text(self, lang: Lang = "en") -> str:
        """The fact in words."""
        return text_of(f"violation.{self.key}", lang, **dict(self.values))

    def __str__(self) -> str:
        """The fact in English."""
        return self.text()


def fact(key: str, amount: int = 1, **values: Any) -> Fact:
    """The fact with its values by name: whole numbers, text, vectors (tuples of numbers), facts or tuples of
    facts.
    """
    return Fact(key, tuple(values.items()), amount)


class Violation(NamedTuple):
    """One broken rule: its name, the ids of the records it concerns, the fact with the numbers compared, and
    the rule record's label.
    """

    rule: str
    ids: tuple[str, ...]
    message: Fact
    label: str | None = None
    """Where a rule record is broken: what messages call it."""

    @property
    def fact(self) -> str:
        """The fact in English."""
        return self.message.text()

    @property
    def amount(self) -> int:
        """By how much the rule is broken; 1 where no amount is defined, -1 where it could not be counted."""
        return self.message.amount

    def line(self, lang: Lang = "en") -> str:
        """One line: rule, ids and fact."""
        key = "violation.line" if self.ids else "violation.line_without_ids"
        values = {
            "rule": rule_name(self.rule, lang),
            "ids": ", ".join(self.ids),
            "fact": self.message.text(lang),
        }
        return text_of(key, lang, **values)

    def __str__(self) -> str:
        """The line in English."""
        return self.line()


OF_DRAWS = ("lottery", "odds", "line", "drawn")
"""Rules of ``check_draw``: what breaks them is no fault that solving again would mend."""


def _where(found: Violation) -> Message | str:
    key = f"rule.{found.rule}"
    rule = Message(key) if key in templates(SOURCE) else found.rule
    return (
        Message.of("where.violation", rule=rule, ids=found.ids) if found.ids else rule
    )


def _what_to_do(found: Violation) -> Message:
    of_draw = found.rule in OF_DRAWS
    return Message("fault.lottery.do" if of_draw else "fault.broken_plan.do")


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a check found; empty where nothing is wrong."""

    violations: tuple[Violation, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def __repr__(self) -> str:
        return f"Report(violations=<{len(self.violations)}>)"

    def _repr_html_(self) -> str:
        """What a notebook shows: whether all rules are kept, and every violation."""
        key = "command.check.kept" if self.ok else "command.check.broken"
        heading = text_of(key, count=len(self.violations))
        return View.of_text(
            "\n".join((heading, *(each.line() for each in self.violations)))
        ).html()

    def raise_if_broken(self) -> None:
        """Raise BrokenPlanError, which lists every violation, unless nothing is wrong."""
        if self.violations:
            raise BrokenPlanError(
                [
                    Complaint(_where(each), each.message, _what_to_do(each))
                    for each in self.violations
                ]
            )


def parts(found: Sequence[Fact], key: str = "and") -> Fact:
    """Facts told one after another, with the words of ``key`` ("and", "or") between them."""
    return Fact(key, (("parts", tuple(found)),))


class Amount(NamedTuple):
    """A whole amount, 0 where the rule is kept; with the ids of the records concerned, and the fact."""

    size: int
    ids: tuple[str, ...]
    message: Fact

    @property
    def fact(self) -> str:
        """The fact in English."""
        return self.message.text()


KEPT = Amount(0, (), Fact("kept"))
"""The rule is kept."""
