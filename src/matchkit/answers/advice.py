"""What would help a plan and what helps it now: recruits, contributions, pooling, choices of k changes, and
all advice together.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.changes import AddResource, Change
from matchkit.answers.effects import Effect, Known, effect_text, goals_text
from matchkit.answers.idle import IdleResources
from matchkit.answers.wording import skill_text, time_text
from matchkit.messages.message import Lang, text_of
from matchkit.model import Resource
from matchkit.model.base import Many, Record
from matchkit.model.text import Id
from matchkit.model.time import Zone
from matchkit.plan.plan import Count


class ChoiceStep(Record):
    """One of the changes and what it adds to those before it, by a solve."""

    change: Change
    goals: Effect | None
    """None where it was not solved by itself."""


class Choice(Answer):
    """Up to ``k`` changes of one kind that together add the most found; ``goals`` is what they add, by a
    solve.

    ``bound`` is what no ``k`` changes of the kind can exceed, compared goal after goal; ``proven`` says that
    the two are equal, or that all others were tried.
    """

    k: Annotated[int, Field(ge=1)]
    steps: Many[ChoiceStep]
    goals: Effect
    bound: Effect | None
    proven: bool
    solved: Count
    """How many problems were solved to find it."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes alone."""
        return tuple(step.change for step in self.steps)

    def line(self, lang: Lang = "en") -> str:
        """The changes, what they add, and whether that is the most."""
        if self.proven:
            proof = text_of("advice.choice.proven", lang, k=self.k)
        elif self.bound is not None:
            proof = text_of(
                "advice.choice.bound",
                lang,
                k=self.k,
                bound=goals_text(self.bound, lang),
            )
        else:
            proof = text_of("advice.choice.unknown", lang)
        if not self.steps:
            return text_of("advice.choice.none", lang, proof=proof)
        changes = [step.change.line(lang) for step in self.steps]
        return text_of(
            "advice.choice.line",
            lang,
            changes=changes,
            goals=goals_text(self.goals, lang),
            proof=proof,
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        for number, step in enumerate(self.steps, 1):
            values: dict[str, object] = {
                "number": number,
                "change": step.change.line(lang),
            }
            if step.goals is None:
                yield text_of("advice.choice.unsolved", lang, **values)
            else:
                goals = goals_text(step.goals, lang)
                yield text_of("advice.choice.step", lang, **values, goals=goals)


class Recruit(Answer):
    """What one more resource, made as a requirement asks, would add: the best plan with it less the best
    without it.
    """

    change: AddResource
    like: Id
    """The requirement that it is made for: its kind, its skills at their levels, its mode, times and place.
    """
    community: Id
    goals: Effect
    known: Known
    zone: Zone | None = None
    """Whose clocks show its times in a text; None: UTC."""

    def line(self, lang: Lang = "en") -> str:
        """The profile and what it adds."""
        return text_of(
            "advice.recruit.line",
            lang,
            who=self._who(lang),
            effect=effect_text(self.known, self.goals, lang),
        )

    def _who(self, lang: Lang) -> str:
        resource: Resource = self.change.resource
        held = [skill_text(skill, lang) for skill in resource.skills]
        skills = (
            text_of("advice.recruit.skills", lang, skills=held)
            if held
            else text_of("advice.recruit.no_skills", lang)
        )
        free = [time_text(time, lang, self.zone) for time in resource.available]
        return text_of(
            "advice.recruit.who",
            lang,
            kind=resource.kind,
            skills=skills,
            mode=text_of(f"advice.mode.{resource.mode}", lang),
            times=free if free else text_of("advice.recruit.always", lang),
            community=self.community,
            requirement=self.like,
        )


class Recruits(Answer):
    """The profiles that would add the most, best first; ``profiles`` were looked at."""

    profiles: Count
    recruits: Many[Recruit]

    def line(self, lang: Lang = "en") -> str:
        """The best one."""
        if not self.recruits:
            return text_of("advice.recruits.none", lang, profiles=self.profiles)
        return text_of(
            "advice.recruits.line",
            lang,
            profiles=self.profiles,
            best=self.recruits[0].line(lang),
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        return (recruit.line(lang) for recruit in self.recruits)


class Contribution(Answer):
    """What a resource or a unit adds now: the best plan less the best plan without it.

    ``at_least`` and ``at_most`` are equal where ``known`` is "solved" or "prices"; None where nothing is
    known on that side.
    """

    id: Id
    gives: Count
    """Units that it gives in the plan."""
    at_least: Effect | None
    at_most: Effect | None
    known: Known

    def line(self, lang: Lang = "en") -> str:
        """Who adds what."""
        if self.known == "between":
            effect = text_of(
                "advice.effect.between",
                lang,
                least=goals_text(self.at_least or (), lang),
                most=goals_text(self.at_most or (), lang),
            )
        else:
            effect = effect_text(
                self.known,
                (self.at_most if self.at_least is None else self.at_least) or (),
                lang,
            )
        return text_of("advice.contribution.line", lang, name=self.id, effect=effect)


class Contributions(Answer):
    """What every resource and every unit that gives something adds now, those that add the most first, then
    by id.
    """

    resources: Many[Contribution]
    units: Many[Contribution]

    def line(self, lang: Lang = "en") -> str:
        """How many give something, and who adds the most."""
        both = [*self.units[:1], *self.resources[:1]]
        if not both:
            return text_of("advice.contributions.none", lang)
        best = [entry.line(lang) for entry in both]
        return text_of(
            "advice.contributions.line",
            lang,
            resources=len(self.resources),
            units=len(self.units),
            best=best,
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        return (entry.line(lang) for entry in (*self.units, *self.resources))


class Alone(Record):
    """What a unit fills on its own, of what the units before it left."""

    unit: Id
    goals: Effect


class Pooling(Answer):
    """What planning together gains over each unit on its own: the joint optimum less the sum of what
    ``alone`` states, goal by goal.
    """

    units: Many[Alone]
    joint: Effect
    gain: Effect

    def line(self, lang: Lang = "en") -> str:
        """The gain."""
        return text_of(
            "advice.pooling.line",
            lang,
            units=len(self.units),
            goals=goals_text(self.gain, lang),
        )

    def _details(self, lang: Lang) -> Iterator[str]:
        for entry in self.units:
            goals = goals_text(entry.goals, lang)
            yield text_of("advice.pooling.unit", lang, unit=entry.unit, goals=goals)


class Advice(Answer):
    """What would help, who helps, and who could."""

    recruit: Recruits
    contributions: Contributions
    idle: IdleResources

    def line(self, lang: Lang = "en") -> str:
        """The best recruit."""
        return self.recruit.line(lang)

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.recruit.text(lang)
        yield self.contributions.line(lang)
        yield self.idle.line(lang)
