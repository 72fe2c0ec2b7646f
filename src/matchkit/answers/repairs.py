"""What would fill a demand: sets of changes with their price, each tried. docs/explanations.md says what a
repair is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from matchkit.answers.base import Answer
from matchkit.answers.causes import Claim, GoalBeforeAfter
from matchkit.answers.changes import AddRule, Change
from matchkit.messages.message import Lang, text_of
from matchkit.model import Lock
from matchkit.model.base import Many, Record
from matchkit.model.text import Id
from matchkit.plan.outcome import goal_text

ChangeCost = Annotated[int, Field(ge=0, le=1_000_000)]


class RepairCosts(Record):
    """What each kind of change costs, in whole numbers of whatever the caller counts in; None: this kind is
    not offered.
    """

    add_resource: ChangeCost | None = 100
    """One more resource that gives one unit."""
    train: ChangeCost | None = 20
    """One resource one level higher in one skill."""
    free: ChangeCost | None = 10
    """One resource free for one hour more; a begun hour counts whole."""
    raise_cap: ChangeCost | None = 30
    """One unit more within a unit_cap, a community_cap or a reserve_share."""
    widen: ChangeCost | None = 5
    """A max_distance wider by one kilometre; a begun one counts whole."""
    drop_rule: ChangeCost | None = 60
    """A hard rule less (all rules of one label are one)."""
    want_less: ChangeCost | None = None
    """A requirement of the demand wants one unit less."""
    ask_less: ChangeCost | None = None
    """A requirement of the demand asks for one level less of one skill."""


class Repair(Answer):
    """Changes that together cost ``price``. With them made, the best plan fills the demand; ``goals`` are
    those that count for it.

    Changes that add a lock cost nothing: they set aside for the demand whom the plan of the changed problem
    gives it.
    """

    price: Annotated[int, Field(ge=0)]
    changes: Many[Change]
    goals: Many[GoalBeforeAfter]
    less: Many[Claim] = ()
    """Requirements that have less than before, by so many units: of lower tiers, or of the demand's own where
    others have more instead.
    """

    def line(self, lang: Lang = "en") -> str:
        """Its price and how many changes it takes."""
        paid = [change for change in self.changes if _lock(change) is None]
        return (
            text_of("repair.line", lang, price=self.price, changes=len(paid))
            if paid
            else text_of("repair.free", lang)
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        for change in self.changes:
            yield text_of("repair.step", lang, change=_change_text(change, lang))
        for goal in self.goals:
            if goal.before != goal.after:
                values = {"before": goal.before, "after": goal.after}
                name = goal_text(goal.goal, lang)
                yield text_of("repair.goal", lang, goal=name, **values)
        for claim in self.less:
            yield text_of("repair.less", lang, requirement=claim.id, units=claim.units)


class Repairs(Answer):
    """The cheapest sets of changes that fill a demand, cheapest first, none with all that another has.

    ``lacking`` is what its requirements lack of ``to`` in the plan; nothing: there is nothing to repair.
    ``candidates`` counts the changes that were weighed. ``exact``: it is proven that nothing cheaper, made of
    changes of these kinds, is missing in the list.
    """

    demand: Id
    to: Literal["wanted", "minimum"]
    lacking: Many[Claim]
    repairs: Many[Repair]
    prices: RepairCosts
    candidates: Annotated[int, Field(ge=0)]
    exact: bool

    def line(self, lang: Lang = "en") -> str:
        """How many there are, and what the cheapest costs."""
        if not self.lacking:
            return text_of(f"repairs.lacks_nothing_{self.to}", lang, demand=self.demand)
        values = {
            "demand": self.demand,
            "units": sum(claim.units for claim in self.lacking),
        }
        if not self.repairs:
            return text_of(
                "repairs.none_exact" if self.exact else "repairs.none_found",
                lang,
                candidates=self.candidates,
                **values,
            )
        key = "repairs.exact" if self.exact else "repairs.found"
        return text_of(
            key, lang, repairs=len(self.repairs), price=self.repairs[0].price, **values
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        for claim in self.lacking:
            yield text_of(
                "repairs.lacking", lang, requirement=claim.id, units=claim.units
            )
        for number, repair in enumerate(self.repairs, 1):
            first, *rest = repair.text(lang).split("\n")
            yield text_of("repairs.numbered", lang, number=number, repair=first)
            yield from rest


def _lock(change: Change) -> Lock | None:
    return (
        change.rule
        if isinstance(change, AddRule) and isinstance(change.rule, Lock)
        else None
    )


def _change_text(change: Change, lang: Lang) -> str:
    lock = _lock(change)
    if lock is not None:
        return text_of(
            "repair.set_aside",
            lang,
            resource=lock.resource,
            requirement=lock.requirement,
            quantity=lock.quantity,
        )
    return change.line(lang)
