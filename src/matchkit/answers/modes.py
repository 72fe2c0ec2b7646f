"""Modes, the settings by which a plan is made in ordinary times or in an emergency, and what a switch between
two of them moves. docs/rules.md (Modes) defines both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from matchkit.answers.apply import apply_changes
from matchkit.answers.base import Answer, listed
from matchkit.answers.changes import Change
from matchkit.answers.comparison import Comparison
from matchkit.answers.comparison_text import comparison_lines
from matchkit.answers.pairs import Positive
from matchkit.homes import found_at
from matchkit.messages.message import Lang, text_of
from matchkit.model import Demand, Objective, Problem
from matchkit.model.base import Many, Record, with_fields
from matchkit.model.fault import RecordFault
from matchkit.model.text import Id, Name, key
from matchkit.model.weekly import WindowOrWeekly
from matchkit.plan import Plan

Tier = Annotated[int, Field(ge=1, le=20)]


class Mode(Record):
    """Settings under a name, which stand in the place of a problem's own while the mode holds."""

    name: Name
    tiers: Annotated[dict[Name, Tier], Field(default_factory=dict)]
    """The tier of a demand, by its id, or of all demands of a category. Others keep their own."""
    objective: Objective | None = None
    """Factors and goals; None: the problem's own."""
    free: Many[WindowOrWeekly] = ()
    """Times at which everybody with times of availability is free, too, as working hours."""
    changes: Many[Change] = ()
    """All else, as caps: made one after another."""
    may_pull: Many[Annotated[tuple[Tier, Tier], Field(strict=False)]] = ()
    """Tiers of this mode: who serves a demand of the first may be pulled for one of the second, which is
    smaller.
    """
    notice: Annotated[int, Field(ge=0, le=527_040)] = 0
    """Minutes: what begins sooner than that after a switch stays as it is."""

    @model_validator(mode="after")
    def _pulls_upwards(self) -> Self:
        if any(to >= of for of, to in self.may_pull):
            raise RecordFault("may_pull")
        return self

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The mode that a JSON text (UTF-8) describes. Raises InputError, and BudgetError where it is too
        large.
        """
        return cls._of_json(text)

    def applied(self, problem: Problem) -> Problem:
        """The problem as this mode has it. Raises InputError where a change names what the problem lacks."""
        by_category = {key(name): tier for name, tier in self.tiers.items()}

        def tier(demand: Demand) -> int:
            kind = None if demand.category is None else key(demand.category)
            own = demand.tier if kind is None else by_category.get(kind, demand.tier)
            return self.tiers.get(demand.id, own)

        demands = [
            one.model_copy(update={"tier": tier(one)}) for one in problem.demands
        ]
        resources = [
            one.model_copy(update={"available": (*one.available, *self.free)})
            if one.available
            else one
            for one in problem.resources
        ]
        objective = self.objective or problem.objective
        changed = {"demands": demands, "resources": resources, "objective": objective}
        return apply_changes(with_fields(problem, **changed), self.changes)


class Pulled(Record):
    """Units that leave a requirement for one of a smaller tier, and who fills their place, if anybody."""

    resource: Id
    away_from: Id
    from_tier: Tier
    to: Id
    to_tier: Tier
    quantity: Positive
    by: Many[Id] = ()

    def line(self, lang: Lang = "en") -> str:
        """One line."""
        key = "switch.filled" if self.by else "switch.open"
        return text_of(key, lang, **dict(self))


class Switch(Answer):
    """What a switch to a mode moves. ``problem`` and ``plan`` are those of the mode; they and those before
    are not in the JSON.
    """

    mode: Name
    pulled: Many[Pulled]
    comparison: Comparison
    """The plan before and the one after, with causes."""
    problem: Problem = Field(exclude=True, repr=False)
    plan: Plan = Field(exclude=True, repr=False)
    problem_before: Problem = Field(exclude=True, repr=False)
    plan_before: Plan = Field(exclude=True, repr=False)

    def back(self, changes: Iterable[Change] = (), **options: object) -> Switch:
        """Back to the plan before, as far as it still can be: the problem before with these changes, planned
        with the fewest changes of that plan. Options are those of ``replan``. ``comparison`` says what
        differs from the plan before, and why.
        """
        made: Switch = found_at("matchkit.explain.switch:back")(
            self.mode,
            self.problem_before,
            self.plan_before,
            tuple(changes),
            **options,
        )
        return made

    def line(self, lang: Lang = "en") -> str:
        """How many are pulled, and how many places are filled again."""
        pulled = sum(one.quantity for one in self.pulled)
        filled = sum(one.quantity for one in self.pulled if one.by)
        values = {"mode": self.mode, "pulled": pulled, "filled": filled}
        moved = len(self.comparison.gone) + len(self.comparison.moved)
        return text_of("switch.line", lang, **values, changed=moved)

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        yield from listed(self.pulled, Pulled.line, lang)
        yield from comparison_lines(self.comparison, lang)
