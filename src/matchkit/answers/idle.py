"""Resources that give nothing, and the one datum that keeps each of them so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from matchkit.answers.base import Answer
from matchkit.answers.changes import Change
from matchkit.answers.reasons import Reason
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many
from matchkit.model.text import Id
from matchkit.plan.plan import Count

BlockedBy = Literal[
    "capacity",
    "kind",
    "skill",
    "mode",
    "time",
    "distance",
    "forbid",
    "load",
    "cap",
    "bound",
    "filled",
    "several",
    "nothing_short",
]
"""What keeps a resource idle: one rule of eligibility, one cap, other rules, or no single datum
(docs/explanations.md, Advice).
"""


class Idle(Answer):
    """A resource that gives nothing, and the one datum that keeps it so.

    With ``change`` the resource is eligible for ``requirement``, which lacks something, within every cap.
    """

    resource: Id
    blocked_by: BlockedBy
    requirement: Id | None = None
    reasons: Many[Reason] = ()
    change: Change | None = None
    eligible: Count = 0
    """How many requirements it could serve as it is."""

    def line(self, lang: Lang = "en") -> str:
        """Who is idle, and why."""
        facts = joined(
            [reason.compared(lang) for reason in self.reasons], lang, "semicolon"
        )
        values: dict[str, Any] = {
            "resource": self.resource,
            "requirement": self.requirement,
            "facts": facts,
        }
        if self.change is not None and f"advice.what.{self.blocked_by}" not in _WHAT:
            kind = "cap" if self.blocked_by == "cap" else "rule"
            rule = text_of(f"advice.advised.{self.blocked_by}", lang)
            return text_of(
                f"advice.idle.{kind}",
                lang,
                rule=rule,
                change=self.change.line(lang),
                **values,
            )
        if self.blocked_by in ("filled", "nothing_short", "bound"):
            return text_of(
                f"advice.idle.{self.blocked_by}", lang, eligible=self.eligible, **values
            )
        return text_of("advice.idle.several", lang, **values)


class IdleResources(Answer):
    """Every resource that gives nothing, by id."""

    idle: Many[Idle]

    def line(self, lang: Lang = "en") -> str:
        """How many, by what blocks them."""
        if not self.idle:
            return text_of("advice.idle.none", lang)
        counted = Counter(entry.blocked_by for entry in self.idle)
        named = [
            text_of(
                "advice.idle.counted",
                lang,
                count=count,
                what=text_of(
                    f"advice.{'what' if f'advice.what.{what}' in _WHAT else 'advised'}.{what}",
                    lang,
                ),
            )
            for what, count in sorted(
                counted.items(), key=lambda entry: (-entry[1], entry[0])
            )
        ]
        return text_of(
            "advice.idle.list", lang, count=len(self.idle), reasons=joined(named, lang)
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        return (entry.line(lang) for entry in self.idle)


_WHAT = frozenset(
    {
        "advice.what.filled",
        "advice.what.several",
        "advice.what.bound",
        "advice.what.nothing_short",
    }
)
