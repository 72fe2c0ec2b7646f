"""A kind of change as an option in steps: level 0 changes nothing, level n is step n, which does more
than the one before it and costs no less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from matchkit.answers.changes import AddResource, AddRule, Change, ChangeDemand
from matchkit.model import Demand, Forbid, Lock

Levels = tuple[int, ...]
"""Of how many steps a set of changes takes each option."""


MOST_STEPS = 200
"""An option by units has a step for each up to so many; beyond it, one for all of them."""


def step_sizes(units: int) -> Iterable[int]:
    """By how many units each step of an option goes."""
    return range(1, units + 1) if units <= MOST_STEPS else (units,)


@dataclass(frozen=True, slots=True)
class OptionStep:
    """One step: what it changes. ``locks`` set new resources aside; ``demand`` rewrites the demand, after
    those before it.
    """

    price: int
    changes: tuple[Change, ...] = ()
    locks: tuple[Lock, ...] = ()
    demand: Callable[[Demand], Demand] | None = None


@dataclass(frozen=True, slots=True)
class ChangeOption:
    """Steps of one change by ascending price. ``name`` orders options: kind, then ids."""

    name: tuple[str, ...]
    steps: tuple[OptionStep, ...]

    @classmethod
    def of(cls, name: tuple[str, ...], steps: Iterable[OptionStep]) -> ChangeOption:
        """Without steps that cost more than a later one, which no cheapest set takes."""
        kept: list[OptionStep] = []
        for step in steps:
            while kept and kept[-1].price >= step.price:
                kept.pop()
            kept.append(step)
        return cls(name, tuple(kept))


@dataclass(frozen=True)
class ChangeOptions:
    """All options of a demand, in a fixed order."""

    demand: Demand
    options: Sequence[ChangeOption]
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By requirement of the demand, every other requirement that a resource made for it could serve."""

    @property
    def top(self) -> Levels:
        """Everything changed."""
        return tuple(len(option.steps) for option in self.options)

    @property
    def candidates(self) -> int:
        """How many changes there are to choose from, each level one."""
        return sum(self.top)

    def price(self, levels: Levels) -> int:
        """What a set of changes costs."""
        return sum(step.price for step in self._steps(levels))

    def changes(self, levels: Levels) -> tuple[Change, ...]:
        """The changes, with new resources set aside by locks."""
        return (
            *self._made(levels),
            *(
                AddRule(rule=lock)
                for step in self._steps(levels)
                for lock in step.locks
            ),
        )

    def trial(self, levels: Levels) -> tuple[tuple[Change, ...], tuple[Forbid, ...]]:
        """The same, but new resources may stay idle: rules only keep them from serving anything else.

        So a higher level has every plan that a lower one has, which a search may count on.
        """
        forbids = (
            Forbid(resource=lock.resource, requirement=other)
            for step in self._steps(levels)
            for lock in step.locks
            for other in self.others.get(lock.requirement, ())
        )
        return tuple(self._made(levels)), tuple(forbids)

    def _steps(self, levels: Levels) -> list[OptionStep]:
        return [
            option.steps[level - 1]
            for option, level in zip(self.options, levels, strict=True)
            if level
        ]

    def _made(self, levels: Levels) -> list[Change]:
        steps = self._steps(levels)
        found = [
            change
            for step in steps
            for change in step.changes
            if not isinstance(change, AddResource)
        ]
        demand = self.demand
        for step in steps:
            demand = demand if step.demand is None else step.demand(demand)
        if (
            demand is not self.demand
        ):  # as a whole, so before what only changes how much it wants
            found.insert(0, ChangeDemand(demand=demand))
        return [
            *found,
            *(
                change
                for step in steps
                for change in step.changes
                if isinstance(change, AddResource)
            ),
        ]
