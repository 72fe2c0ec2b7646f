"""What a requirement lacks and why, and all that a plan lacks: one cause each, told in a line or in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from matchkit.answers.base import Answer
from matchkit.answers.causes import (
    CAUSES,
    PROVEN_BY,
    Blocked,
    Cause,
    ChosenElsewhere,
    CostlyChain,
    Funnel,
    HallSet,
    NotProven,
    SharedHallSet,
    Witness,
)
from matchkit.answers.changes import Change
from matchkit.messages.message import Lang, Unshortened, joined, number, text_of
from matchkit.model.base import Many
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id
from matchkit.plan.outcome import goal_text

SHOWN = 6
"""So many changes of a remedy are told, before the rest is counted."""


class Remedy(Answer):
    """Changes that together suffice: none of them is said to be enough by itself.

    With all of them made, the best plan fills at least one unit more in the requirement's tier, and no fewer
    in any earlier one.
    """

    changes: Annotated[Many[Change], Field(min_length=1, max_length=100)]

    def line(self, lang: Lang = "en") -> str:
        """The changes in one line, and that it takes all of them."""
        texts = joined(self._change_lines(lang), lang, "semicolon")
        return (
            texts
            if len(self.changes) == 1
            else text_of("remedy.together", lang, changes=texts)
        )

    def text(self, lang: Lang = "en") -> str:
        """A line for every change, below one that says that it takes all of them."""
        texts = self._change_lines(lang)
        return (
            texts[0]
            if len(self.changes) == 1
            else "\n".join(
                [text_of("remedy.all", lang), *(f"  - {line}" for line in texts)]
            )
        )

    def _change_lines(self, lang: Lang) -> list[str]:
        texts, more = (
            [change.line(lang) for change in self.changes[:SHOWN]],
            len(self.changes) - SHOWN,
        )
        return [*texts, text_of("remedy.more", lang, more=more)] if more > 0 else texts


class Shortage(Answer):
    """Why a requirement lacks units: one cause for all that it lacks, the witness of the next unit, and what
    would remove the obstacle.

    ``remedies`` are alternatives: each by itself suffices, and takes all of its changes. There is none where
    only more search helps.
    """

    requirement: Id
    demand: Id
    tier: int
    missing: Annotated[int, Field(ge=1)]
    goal: str | None
    """The goal that the next unit counts in; None where no goal counts it."""
    cause: Cause
    witness: Witness
    remedies: Annotated[Many[Remedy], Field(max_length=10)]

    @model_validator(mode="after")
    def _witness_of_the_cause(self) -> Self:
        if self.witness.witness not in PROVEN_BY[self.cause]:
            raise RecordFault("cause_witness")
        return self

    def line(self, lang: Lang = "en") -> str:
        """What is missing and why, in one line."""
        texts = self.model_dump(include={"requirement", "tier", "missing"})
        return text_of("shortage", lang, **texts, why=self._why(lang))

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        yield from self._proof(lang)
        count = len(self.remedies)
        if count:
            key = "shortage.remedy" if count == 1 else "shortage.remedies"
            yield text_of(key, lang, count=count)
        for place, remedy in enumerate(self.remedies, 1):
            first, *rest = remedy.text(lang).split("\n")
            yield f"  {first}" if count == 1 else f"  {place}. {first}"
            yield from (f"  {line}" for line in rest)

    def remedies_line(self, lang: Lang = "en") -> str:
        """All remedies in one line, numbered where there are several; empty where there is none."""
        if len(self.remedies) < 2:
            return "".join(remedy.line(lang) for remedy in self.remedies)
        texts = [
            text_of("remedy.numbered", lang, place=place, remedy=remedy.line(lang))
            for place, remedy in enumerate(self.remedies, 1)
        ]
        return text_of(
            "remedy.ways",
            lang,
            count=len(texts),
            text=text_of("remedy.or", lang).join(texts),
        )

    def _why(self, lang: Lang) -> str:
        witness, texts = self.witness, dict[str, Any]()
        if isinstance(witness, SharedHallSet):
            return text_of("cause.shared_hall_set", lang, number=witness.number)
        if isinstance(witness, HallSet):
            others = [
                claim.id
                for claim in witness.requirements
                if claim.id != self.requirement
            ]
            texts = {
                "units": sum(claim.units for claim in witness.requirements),
                "others": tuple(others),
            }
            holds = len(others) < len(witness.requirements)
            how = (
                "others"
                if self.cause == "higher_tier"
                else "alone"
                if not others
                else "others"
                if holds
                else "elsewhere"
            )
            return text_of(f"cause.{self.cause}.{how}", lang, **texts)
        if isinstance(witness, Blocked):
            texts = {"rules": tuple(broken.line(lang) for broken in witness.rules)}
        elif isinstance(witness, CostlyChain):
            fallen = next(
                (loss for loss in witness.goals if loss.before != loss.after),
                witness.goals[-1],
            )
            texts = {
                "goal": goal_text(fallen.goal, lang),
                "before": fallen.before,
                "after": fallen.after,
            }
        elif isinstance(witness, ChosenElsewhere):
            texts = {
                "rule": text_of(f"outcome.rule.{witness.rule}", lang),
                "eligible": witness.eligible,
                "mutual": witness.mutual,
            }
        elif isinstance(witness, NotProven):
            texts = {
                "goal": goal_text(witness.goal, lang),
                "value": witness.value,
                "bound": witness.bound,
            }
            return text_of(
                "cause.search_limit"
                if witness.bound is not None
                else "cause.search_limit.open",
                lang,
                **texts,
            )
        return text_of(f"cause.{self.cause}", lang, **texts)

    def _proof(self, lang: Lang) -> list[str]:
        witness = self.witness
        if isinstance(witness, Funnel):
            return [f"  {line}" for line in witness.text(lang).splitlines()]
        lines = []
        hall_set = (
            witness.hall_set
            if isinstance(witness, Blocked)
            else witness
            if isinstance(witness, HallSet)
            else None
        )
        if isinstance(witness, Blocked | CostlyChain | NotProven):
            lines += [step.line(lang) for step in witness.steps]
        if isinstance(witness, CostlyChain):
            fallen = [loss for loss in witness.goals if loss.before != loss.after]
            lines += [
                text_of(
                    "loss",
                    lang,
                    goal=goal_text(loss.goal, lang),
                    before=loss.before,
                    after=loss.after,
                )
                for loss in fallen
            ]
        if hall_set is not None:
            shown = {
                "requirements": hall_set.requirements,
                "resources": hall_set.resources,
                "units": hall_set.units,
            }
            lines += [
                text_of(
                    f"hall_set.{name}",
                    lang,
                    claims=tuple(
                        f"{claim.id} ({number(claim.units, lang)})" for claim in claims
                    ),
                )
                for name, claims in shown.items()
                if claims
            ]
            if hall_set.pairs:
                pairs = tuple(
                    f"{pair.resource} → {pair.requirement} ({number(pair.units, lang)})"
                    for pair in hall_set.pairs
                )
                lines.append(text_of("hall_set.pairs", lang, claims=pairs))
        return [f"  {line}" for line in lines]


class Shortages(Answer):
    """All that a plan lacks, ascending by tier and then by requirement. Hall sets that several share stand in
    ``hall_sets`` once.
    """

    shortages: Many[Shortage]
    hall_sets: Many[HallSet] = ()

    @model_validator(mode="after")
    def _hall_sets_that_there_are(self) -> Self:
        for shortage in self.shortages:
            if isinstance(
                shortage.witness, SharedHallSet
            ) and shortage.witness.number >= len(self.hall_sets):
                raise RecordFault(
                    "hall_set_number",
                    number=shortage.witness.number,
                    count=len(self.hall_sets),
                )
        return self

    def whole(self) -> Iterator[Shortage]:
        """Every shortage with its own witness, also where that is a Hall set of the list."""
        for shortage in self.shortages:
            yield self._whole(shortage)

    def of(self, requirement: str) -> Shortage | None:
        """The shortage of a requirement, None where it lacks nothing."""
        found = (one for one in self.shortages if one.requirement == requirement)
        return next(map(self._whole, found), None)

    def _whole(self, shortage: Shortage) -> Shortage:
        if not isinstance(shortage.witness, SharedHallSet):
            return shortage
        return shortage.model_copy(
            update={"witness": self.hall_sets[shortage.witness.number]}
        )

    def line(self, lang: Lang = "en") -> str:
        """How much is missing, by cause."""
        counts = Counter[str]()
        for shortage in self.shortages:
            counts[shortage.cause] += shortage.missing
        causes = tuple(
            text_of(
                "shortages.cause",
                lang,
                cause=text_of(f"cause.name.{cause}", lang),
                units=counts[cause],
            )
            for cause in CAUSES
            if counts[cause]
        )
        if not causes:
            return text_of("shortages.none", lang)
        return text_of(
            "shortages",
            lang,
            requirements=len(self.shortages),
            units=sum(counts.values()),
            causes=Unshortened(causes),
        )

    def _lines(self, lang: Lang) -> list[str]:
        return [self.line(lang), *(shortage.line(lang) for shortage in self.whole())]
