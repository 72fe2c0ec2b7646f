"""What the order in which kept places are processed changes."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from matchkit.answers.base import Answer, table
from matchkit.messages.message import Lang, number, text_of
from matchkit.model.base import Many, Record
from matchkit.model.objective import Order
from matchkit.model.text import Id, Label, Name
from matchkit.plan import Plan
from matchkit.plan.plan import Count


class PlacesInOrder(Record):
    """Who has the places of a set-aside where its kept places are processed at an order."""

    order: Order
    """The order of the kept places; open ones come at 0."""
    group: Count
    """Units of the group."""
    others: Count
    """Units of all others."""
    weight: int
    """The value of the plan's last goal."""
    proven: bool
    """Whether the plan is proven to be a best one."""


class SetAsideOrders(Answer):
    """The best plans with the kept places of a set-aside processed before the open ones, and after them."""

    rule: Label
    """What messages call the rule."""
    group: Name
    """The group that it keeps places for."""
    places: Count
    """How many places there are."""
    kept: Count
    """How many of them are kept."""
    before: PlacesInOrder
    """With the kept places processed first."""
    after: PlacesInOrder
    """With the open places processed first."""
    only_before: Many[Id]
    """Resources that give more there with the kept places first, by id."""
    only_after: Many[Id]
    """Resources that give more there with the open places first, by id."""
    plan_before: Plan | None = Field(default=None, exclude=True, repr=False)
    """The plan with the kept places first; like the other, not in the JSON."""
    plan_after: Plan | None = Field(default=None, exclude=True, repr=False)
    """The plan with the open places first."""

    @property
    def proven(self) -> bool:
        """Whether both plans are proven to be best ones."""
        return self.before.proven and self.after.proven

    def line(self, lang: Lang = "en") -> str:
        """How many of the group have a place in either order."""
        key = "set_asides.line" if self.proven else "set_asides.line_unproven"
        return text_of(
            key,
            lang,
            rule=self.rule,
            group=self.group,
            before=self.before.group,
            after=self.after.group,
        )

    def _lines(self, lang: Lang) -> Iterator[str]:
        yield self.line(lang)
        head = ("first", "group", "others", "weight")
        rows = [[text_of(f"set_asides.head_{name}", lang) for name in head]]
        rows += [
            [
                text_of(f"set_asides.{name}", lang),
                number(one.group, lang),
                number(one.others, lang),
                number(one.weight, lang),
            ]
            for name, one in (("kept", self.before), ("open", self.after))
        ]
        yield from table(rows)
        for name, ids in (("kept", self.only_before), ("open", self.only_after)):
            if ids:
                yield text_of(f"set_asides.only_{name}", lang, ids=", ".join(ids))
