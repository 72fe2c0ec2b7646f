"""What every rule has: its scope, and what breaking it costs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from matchkit.model.base import Record
from matchkit.model.fault import RecordFault
from matchkit.model.skill import SkillLevel
from matchkit.model.text import Id

LARGEST = 1_000_000_000
RuleScope = Literal["pair", "resource", "demand", "plan"]
CountedThing = Literal["units", "heads", "days"]
Side = Literal["unit", "community"]
NAMES = ("resource", "requirement", "demand", "unit", "community")
"""Fields of rules that hold the id of one record."""
TABLES_OF = dict(
    zip(
        NAMES,
        ("resources", "requirements", "demands", "units", "communities"),
        strict=True,
    )
)
"""For each of these fields the list of a problem that the record is in."""
LISTS = {plural: one for one, plural in TABLES_OF.items()}
"""Fields of rules that hold ids of several records, with the field that would name one of them."""


class Soft(Record):
    """A rule that bends: what each unit of the amount broken costs. Exactly one of the three is given.

    ``price`` points are taken from the weight; or the amounts of all rules of ``tier`` are made as small as
    can be, as a goal right after the filling of that tier; or, with ``no_worse``, the amount may be what it
    is in the previous plan.
    """

    price: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    """Points of weight that each unit of the amount costs."""
    tier: Annotated[int, Field(ge=1, le=20)] | None = None
    """The tier whose goal ``tier t broken`` counts the amount."""
    no_worse: bool = False
    """Whether the amount may be what it is in the previous plan."""

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if (self.price is not None) + (self.tier is not None) + self.no_worse != 1:
            raise RecordFault("soft")
        return self


class RuleRecord(Record):
    """A rule with its own ``id`` (where it matters which one was broken), hard unless ``soft`` says
    otherwise.

    What the rest of the library needs to know of a kind of rule, the kind declares in class variables. The
    defaults are right for every rule: what is declared beside them is used to work faster or to say more.
    """

    scope: ClassVar[RuleScope] = "plan"
    """What the amount is a sum over: each pair, resource or demand by itself, or the plan as a whole."""
    counts: ClassVar[CountedThing] = "heads"
    """What the rule counts. Where that is units, resources of capacity 1 that it does not name and that
    nothing else tells apart may be taken as one stock.
    """
    in_flow: ClassVar[bool] = False
    """Whether a min-cost flow keeps the rule where it is hard: it forbids pairs, or caps a node of a tree."""
    in_eligibility: ClassVar[bool] = False
    """Whether the rule, where it is hard, is part of eligibility and needs no row."""
    monotone: ClassVar[bool] = False
    """Whether each part of a plan that keeps the rule keeps it too."""
    forces: ClassVar[bool] = False
    """Whether a plan without any assignment may break the rule."""
    id: Id | None = None
    """What plans and messages call the rule; its kind with the ids it names, where none is given."""
    soft: Soft | None = None
    """What breaking the rule costs; without it the rule is hard."""
    if TYPE_CHECKING:
        rule: str

    @property
    def label(self) -> str:
        """Its id; or else its kind with the ids, groups, kinds and categories that it names (of a list the
        first three by id).
        """
        if self.id is not None:
            return self.id
        fields = ("group", "kind", "category", "after")
        by_key = (getattr(self, field, None) for field in fields)
        named = [*(name for _, name in self.named()), *by_key]
        several = [
            name for field in self.lists() for name in sorted(getattr(self, field))
        ]
        more = [*several[:3], *(["..."] if len(several) > 3 else [])]
        return " ".join(
            [self.rule, *(name for name in named if name is not None), *more]
        )

    def named(self) -> Iterator[tuple[str, str]]:
        """The fields that name one record each, with its id."""
        for field in NAMES:
            name = getattr(self, field, None)
            if name is not None:
                yield field, name

    def names(self) -> Iterator[tuple[str, str]]:
        """Every id that it names, with the field that names one record of this kind."""
        yield from self.named()
        for field in self.lists():
            yield from ((LISTS[field], name) for name in getattr(self, field))

    @classmethod
    def lists(cls) -> Iterator[str]:
        """The fields that name several records."""
        return (field for field in LISTS if field in cls.model_fields)

    @classmethod
    def fewest(cls, field: str) -> int:
        """How many ids a field that names several records holds at least."""
        return max(
            (
                getattr(limit, "min_length", 0)
                for limit in cls.model_fields[field].metadata
            ),
            default=0,
        )

    def skill_levels(self) -> Iterator[tuple[str, SkillLevel]]:
        """The levels of skills that the rule asks for, each with its field."""
        for field in type(self).model_fields:
            value = getattr(self, field)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, SkillLevel):
                    yield field, one

    @property
    def completes(self) -> bool:
        """Whether one resource may keep the rule by serving more: what it does elsewhere counts."""
        return self.scope == "resource" and not self.monotone

    @property
    def needs_times(self) -> bool:
        """Whether the amount counts when demands take place: pairs of demands without times are nothing to
        it.
        """
        return False


class Cap(RuleRecord):
    """A rule that caps what a node of one of the trees, with those below it, gives or takes in all."""

    side: ClassVar[Side]
    counts = "units"
    in_flow = True
    monotone = True

    @property
    def node(self) -> str:
        """The id of the node."""
        return str(getattr(self, self.side))

    def limit(self, capacity: int) -> int:
        """The most units, where the resources of the node and of those below it have so much capacity."""
        raise NotImplementedError

    def raised(self, most: int, capacity: int) -> Self:
        """The rule with a limit of at least ``most``, as little above its own as can be (a share: or as much
        as it can leave).
        """
        return self.model_copy(update={"most": max(most, self.limit(capacity))})
