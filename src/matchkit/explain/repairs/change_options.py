"""A kind of change as a ladder: level 0 changes nothing, every level does more than the one below it and
costs no less.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from matchkit.answers.changes import AddResource, AddRule, Change, ChangeDemand
from matchkit.model import Demand, Forbid, Lock

Levels = tuple[int, ...]
"""How far up each ladder a set of changes stands."""


MOST_STEPS = 200
"""A ladder by units has a rung for each up to so many; beyond it, one for all of them."""


def steps(units: int) -> Iterable[int]:
    """By how many units each rung of a ladder goes."""
    return range(1, units + 1) if units <= MOST_STEPS else (units,)


@dataclass(frozen=True, slots=True)
class OptionLevel:
    """One level: what it changes. ``locks`` set new resources aside; ``demand`` rewrites the demand, after
    those before it.
    """

    price: int
    changes: tuple[Change, ...] = ()
    locks: tuple[Lock, ...] = ()
    demand: Callable[[Demand], Demand] | None = None


@dataclass(frozen=True, slots=True)
class ChangeOption:
    """Levels of one change by ascending price. ``name`` orders ladders: kind, then ids."""

    name: tuple[str, ...]
    rungs: tuple[OptionLevel, ...]

    @classmethod
    def of(cls, name: tuple[str, ...], rungs: Iterable[OptionLevel]) -> ChangeOption:
        """Without rungs that cost more than one above them: nobody stands there."""
        kept: list[OptionLevel] = []
        for rung in rungs:
            while kept and kept[-1].price >= rung.price:
                kept.pop()
            kept.append(rung)
        return cls(name, tuple(kept))


@dataclass(frozen=True)
class ChangeOptions:
    """All ladders of a demand, in a fixed order."""

    demand: Demand
    ladders: Sequence[ChangeOption]
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By requirement of the demand, every other requirement that a resource made for it could serve."""

    @property
    def top(self) -> Levels:
        """Everything changed."""
        return tuple(len(ladder.rungs) for ladder in self.ladders)

    @property
    def candidates(self) -> int:
        """How many changes there are to choose from, each level one."""
        return sum(self.top)

    def price(self, levels: Levels) -> int:
        """What a set of changes costs."""
        return sum(rung.price for rung in self._rungs(levels))

    def changes(self, levels: Levels) -> tuple[Change, ...]:
        """The changes, with new resources set aside by locks."""
        return (
            *self._made(levels),
            *(AddRule(rule=lock) for rung in self._rungs(levels) for lock in rung.locks),
        )

    def trial(self, levels: Levels) -> tuple[tuple[Change, ...], tuple[Forbid, ...]]:
        """The same, but new resources may stay idle: rules only keep them from serving anything else.

        So a higher level has every plan that a lower one has, which a search may count on.
        """
        forbids = (
            Forbid(resource=lock.resource, requirement=other)
            for rung in self._rungs(levels)
            for lock in rung.locks
            for other in self.others.get(lock.requirement, ())
        )
        return tuple(self._made(levels)), tuple(forbids)

    def _rungs(self, levels: Levels) -> list[OptionLevel]:
        return [
            ladder.rungs[level - 1]
            for ladder, level in zip(self.ladders, levels, strict=True)
            if level
        ]

    def _made(self, levels: Levels) -> list[Change]:
        rungs = self._rungs(levels)
        found = [
            change
            for rung in rungs
            for change in rung.changes
            if not isinstance(change, AddResource)
        ]
        demand = self.demand
        for rung in rungs:
            demand = demand if rung.demand is None else rung.demand(demand)
        if (
            demand is not self.demand
        ):  # as a whole, so before what only changes how much it wants
            found.insert(0, ChangeDemand(demand=demand))
        return [
            *found,
            *(
                change
                for rung in rungs
                for change in rung.changes
                if isinstance(change, AddResource)
            ),
        ]
