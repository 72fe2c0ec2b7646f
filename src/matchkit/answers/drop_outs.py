"""What drop-outs ask for: how many to invite, who stands by for which requirement, and what a loss does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from matchkit.answers.base import Answer
from matchkit.answers.effects import Effect, goals_text
from matchkit.messages.message import Lang, joined, text_of
from matchkit.model.base import Many, Record
from matchkit.model.history import Ratio
from matchkit.model.text import Id, Label
from matchkit.plan import Assignment, Plan
from matchkit.plan.plan import Count


class Invitations(Answer):
    """The fewest invitations with which so many come with the assurance asked for, and the assurance reached.

    ``enough`` is false where all of a list are too few; ``count`` is then the whole list.
    """

    wanted: Count
    assurance: Ratio
    count: Count
    invited: Many[Id]
    """Who is invited, in the order given; empty where all are alike."""
    reached: str
    """The chance that so many come: a decimal, rounded down."""
    one_fewer: str
    """That chance without the last one invited, rounded up."""
    enough: bool

    def line(self, lang: Lang = "en") -> str:
        """How many, and what that gives."""
        key = "invitations.line" if self.enough else "invitations.too_few"
        return text_of(key, lang, **self.model_dump())


class Unbacked(Record):
    """A requirement for which fewer units stand by than were asked for."""

    requirement: Id
    asked: Count
    found: Count


class Backups(Answer):
    """Who stands by for which requirement, jointly: docs/drop_outs.md says what that holds for.

    ``any_losses``: whatever is lost, the plan keeps every rule once the backups have stepped in; else that
    was tried for each single loss, and does not hold for those in ``unsound``. ``proven``: no other lists
    would back up more, tier by tier.
    """

    backups: Many[Assignment]
    """By requirement, first the one that is asked first; weights are those of the second solve."""
    unbacked: Many[Unbacked]
    unsound: Many[Id]
    """Resources whose loss the backups cannot make good, as the plan would break some rule (`losses`)."""
    any_losses: bool
    proven: bool

    def rows_after(self, plan: Plan, lost: Iterable[str]) -> tuple[Assignment, ...]:
        """The plan's pairs without those who are lost (ids), then the backups that step in for them, in their
        order, as far as they are not lost too; ``mk.audit`` reads such rows.
        """
        gone, short = set(lost), Counter[str]()
        rows = [one for one in plan.assignments if one.resource not in gone]
        for one in plan.assignments:
            if one.resource in gone and one.resource not in self.unsound:
                short[one.requirement] += one.quantity
        for one in self.backups:
            units = min(short[one.requirement], one.quantity)
            if units and one.resource not in gone:
                short[one.requirement] -= units
                rows.append(one.model_copy(update={"quantity": units}))
        return tuple(rows)

    def line(self, lang: Lang = "en") -> str:
        """How many stand by, how many lack somebody, and what that is worth."""
        sound = "any" if self.any_losses else "single"
        proof = "proven" if self.proven else "not_proven"
        return text_of(
            "backups.line",
            lang,
            units=sum(one.quantity for one in self.backups),
            requirements=len({one.requirement for one in self.backups}),
            lacking=len(self.unbacked),
            sound=text_of(f"backups.sound.{sound}", lang),
            proof=text_of(f"backups.{proof}", lang),
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        yield from (_stands(one, lang) for one in self.backups)
        for one in self.unbacked:
            yield text_of("backups.unbacked", lang, **dict(one))
        for name in self.unsound:
            yield text_of("backups.unsound", lang, resource=name)


class WentShort(Record):
    """A requirement that a loss takes units from, and how many of them nobody makes good."""

    requirement: Id
    tier: int
    units: Count
    left: Count


class Loss(Answer):
    """What the loss of a resource does: goals if nobody steps in, who does, and goals after that.

    ``rules`` are those that the plan would break then. ``proven``: with all others where they are, nobody
    could make good more.
    """

    resource: Id
    short: Many[WentShort]
    goals: Effect
    backups: Many[Assignment]
    """Named backups that step in."""
    refill: Many[Assignment]
    """Others who step in, by a solve in which all others stay."""
    goals_after: Effect
    rules: Many[Label]
    proven: bool

    def line(self, lang: Lang = "en") -> str:
        """Who is lost, what that does, who steps in and what stays lost."""
        stand_ins = [_stands(one, lang) for one in (*self.backups, *self.refill)]
        nobody = text_of("loss.nobody", lang)
        return text_of(
            "loss.line",
            lang,
            resource=self.resource,
            goals=goals_text(self.goals, lang),
            who=joined(stand_ins, lang) if stand_ins else nobody,
            after=goals_text(self.goals_after, lang),
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        yield from (text_of("loss.short", lang, **dict(one)) for one in self.short)
        if self.rules:
            yield text_of("loss.rules", lang, rules=self.rules)


class Losses(Answer):
    """The losses that take most, the worst first; ``serving`` resources were compared."""

    serving: Count
    losses: Many[Loss]

    def line(self, lang: Lang = "en") -> str:
        """The worst one."""
        worst = self.losses[0].line(lang) if self.losses else text_of("loss.none", lang)
        return text_of("losses.line", lang, serving=self.serving, worst=worst)

    def _lines(self, lang: Lang) -> list[str]:
        return [self.line(lang), *(one.text(lang) for one in self.losses)]


def _stands(one: Assignment, lang: Lang) -> str:
    values = {"resource": one.resource, "requirement": one.requirement}
    return text_of("backups.one", lang, **values, quantity=one.quantity)
