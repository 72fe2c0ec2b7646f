"""Hard rules that contradict each other: minimal sets, each member's removal resolves its set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.reasons import Reason
from matchkit.answers.wording import rule_text
from matchkit.messages.message import Lang, text_of
from matchkit.model.base import Many, Record
from matchkit.model.rules import Rule
from matchkit.model.text import Id, Label


class Member(Record):
    """A rule of a conflict, and its place in ``Problem.rules``: several rules may have one label."""

    position: Annotated[int, Field(ge=0)]
    label: Label
    rule: Rule


class Against(Record):
    """What the locks of a conflict ask of one record, and what it has.

    ``capacity``: of a resource; ``wanted``: of a requirement; ``pair``: what one pair can carry, ``id`` being
    the resource; ``time``: a resource is asked to be at so many demands, and cannot be at all of them;
    ``load``: of a resource in one dimension.
    """

    what: Literal["capacity", "wanted", "pair", "time", "load"]
    id: Id
    asked: Annotated[int, Field(ge=1)]
    has: Annotated[int, Field(ge=0)]

    def text(self, lang: Lang = "en") -> str:
        """In one line."""
        return text_of(
            f"conflict.against_{self.what}",
            lang,
            id=self.id,
            asked=self.asked,
            has=self.has,
        )


class Conflict(Answer):
    """Rules that no plan keeps together; without any one of them some plan keeps the others.

    ``reasons`` says why the pair is not eligible, where a single lock is the whole conflict; ``against`` what
    locks ask that records do not have. Both are empty where rules alone contradict each other.
    """

    members: Annotated[Many[Member], Field(min_length=1)]
    reasons: Many[Reason] = ()
    against: Many[Against] = ()

    def line(self, lang: Lang = "en") -> str:
        """Which rules they are."""
        labels = [member.label for member in self.members]
        return text_of("conflict.line", lang, count=len(labels), labels=labels)

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        for member in self.members:
            yield text_of(
                "conflict.member",
                lang,
                rule=rule_text(member.rule, lang),
                position=member.position,
            )
        for text in (
            *(one.line(lang) for one in self.reasons),
            *(one.text(lang) for one in self.against),
        ):
            yield text_of("conflict.because", lang, fact=text)


class Conflicts(Answer):
    """Conflicts that share no rule. With all their members removed, or one of each that hits every other,
    hard rules can be kept.

    ``complete``: what is left without all members is free of contradiction. It is false only where a time
    limit ended the search.
    """

    conflicts: Many[Conflict]
    complete: bool = True

    def line(self, lang: Lang = "en") -> str:
        """How many there are."""
        if not self.conflicts:
            return text_of(
                "conflicts.none" if self.complete else "conflicts.unknown", lang
            )
        return text_of(
            "conflicts.some" if self.complete else "conflicts.more",
            lang,
            count=len(self.conflicts),
        )

    def _lines(self, lang: Lang) -> list[str]:
        return [self.line(lang), *(one.text(lang) for one in self.conflicts)]
