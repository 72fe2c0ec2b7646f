"""Coverage and loads: what every unit of those who share counts in the goal. docs/rules.md (Fair shares)
defines both; ``sharers`` says who shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import NamedTuple

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Part
from matchkit.verification.sharers import ExactNumber, caps_above, owners_of, starts_of
from matchkit.verification.trees import summed
from matchkit.verification.world import World

MOST_UNITS, MOST_GAINS = 2**20, 2**24
"""Units of all who share, and these times levels, are no more."""
LONGEST_LEVEL = 121
"""Characters of a level are no more."""
Sharer = tuple[int, ExactNumber, ExactNumber]
"""The units that one could have, and the same."""


class Shares(NamedTuple):
    """Who shares in goals that differ by level alone: the measure of each, the owner of every leaf
    (requirement, or resource), and what every unit of an owner counts in each, the first unit first.
    """

    parts: tuple[Part, ...]
    owner: Mapping[str, str]
    gains: Mapping[str, list[tuple[int, ...]]]

    @property
    def is_coverage(self) -> bool:
        """Whether requirements are the leaves; else resources."""
        return self.parts[0].measure == "coverage"

    @property
    def alone(self) -> bool:
        """Whether every leaf stands for itself."""
        return self.parts[0].of in ("requirements", "resources")

    def filled(self, leaves: Mapping[str, int]) -> dict[str, int]:
        """What all leaves of every owner have together, given that of leaves."""
        return summed(
            (self.owner[leaf], units)
            for leaf, units in leaves.items()
            if leaf in self.owner
        )

    def values(self, leaves: Mapping[str, int]) -> dict[Part, int]:
        """What leaves that have so much reach in every goal."""
        times = Counter[tuple[int, ...]]()
        for owner, units in self.filled(leaves).items():
            times.update(self.gains[owner][:units])
        total = [0] * len(self.parts)
        for gain, many in times.items():
            for place, amount in enumerate(gain):
                total[place] += many * amount
        return dict(zip(self.parts, total, strict=True))


def shares_of(world: World, parts: tuple[Part, ...]) -> Shares:
    """Who shares in goals of these parts, which are one, or one for each level. Raises BudgetError where they
    have too many units to count.
    """
    owner, most = owners_of(world, parts[0])
    _within(sum(most.values()))
    _within(sum(most.values()) * len(parts) * MOST_UNITS // MOST_GAINS)
    start = starts_of(world, parts[0])
    alike = {name: (n, *start[name]) for name, n in most.items()}
    gains = _gains(parts, set(alike.values()))
    return Shares(parts, owner, {name: gains[one] for name, one in alike.items()})


def _gains(
    parts: tuple[Part, ...], sharers: Set[Sharer]
) -> dict[Sharer, list[tuple[int, ...]]]:
    """What every unit of those who could have so much, after so much, counts; others are like one of them."""
    if parts[0].level is not None:
        levels = {part.level: place for place, part in enumerate(parts)}
        return {one: _between(levels, *one) for one in sharers}
    if parts[0].measure == "loads":
        # What is dearest comes last: a unit costs one more than there are cheaper keys.
        load = {
            (n, had, share): [
                (Fraction(had + unit, share), -share) for unit in range(1, n + 1)
            ]
            for n, had, share in sharers
        }
        cheaper = sorted({one for entries in load.values() for one in entries})
        cost = {one: (-number,) for number, one in enumerate(cheaper, 1)}
        return {one: [cost[each] for each in entries] for one, entries in load.items()}
    keys = {
        (n, had, share): [
            _key(parts[0].rule, unit, had, share) for unit in range(1, n + 1)
        ]
        for n, had, share in sharers
    }
    order = sorted({key for entries in keys.values() for key in entries})
    counted = min(len(order), parts[0].steps or len(order))
    gain = {key: (max(0, counted - place),) for place, key in enumerate(order)}
    return {one: [gain[key] for key in entries] for one, entries in keys.items()}


def levels_of(world: World, part: Part, *, always: bool = False) -> Sequence[str]:
    """The levels that are goals of their own, in order: where a cap lies above several (``caps_above``), or
    ``always``. None where there is only one level.
    """
    most = owners_of(world, part).units
    _within(sum(most.values()))
    if not always and not caps_above(world, part):
        return []
    start = starts_of(world, part)
    # Who can have nothing stands at no level.
    each = {(n, *start[name]) for name, n in most.items() if n}
    found = sorted(
        {Fraction(had + k, share) for n, had, share in each for k in range(n + 1)},
        reverse=part.measure == "loads",
    )[:-1]
    texts = [str(level) for level in found[: part.steps]]
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_LEVEL:
        raise BudgetError(
            Message.of("matching.long_level", longest=longest, most=LONGEST_LEVEL)
        )
    return texts if len(found) > 1 else []


def _within(units: int) -> None:
    """So many units, or units times levels, can be counted one by one."""
    if units > MOST_UNITS:
        raise BudgetError(
            Message.of("matching.fair_steps", units=units, most=MOST_UNITS)
        )


def _between(
    levels: Mapping[str | None, int], most: int, had: ExactNumber, share: ExactNumber
) -> list[tuple[int, ...]]:
    """What every unit of one that could have ``most`` counts: one fewer at the level before it, one more at
    the next, each against the plan.
    """
    found = []
    for unit in range(1, most + 1):
        gain = [0] * len(levels)
        for reached, sign in ((unit - 1, 1), (unit, -1)):
            name = str(Fraction(had + reached, share))
            if name in levels:
                gain[levels[name]] += sign
        found.append(tuple(gain))
    return found


Key = tuple[ExactNumber, ...] | tuple[int, "Power"]


def _key(rule: str, unit: int, had: ExactNumber, share: ExactNumber) -> Key:
    """By which units come one after another; equal keys count the same."""
    if rule == "leximin":
        return Fraction(had + unit - 1, share), share
    if rule == "dhondt":
        return Fraction(had + unit, share), -share
    if rule == "webster":
        return (Fraction(2 * (had + unit) - 1, share),)
    return (0,) if unit == 1 else (1, Power(unit, int(share)))


@total_ordering
@dataclass(frozen=True, slots=True)
class Power:
    """(unit / (unit - 1)) ** exponent, the greatest first; compared in whole numbers."""

    unit: int
    exponent: int

    def __lt__(self, other: Power) -> bool:
        mine: int = self.unit**self.exponent * (other.unit - 1) ** other.exponent
        theirs: int = other.unit**other.exponent * (self.unit - 1) ** self.exponent
        return mine > theirs
