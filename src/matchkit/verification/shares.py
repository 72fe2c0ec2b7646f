"""Coverage and loads: what every unit of those who share counts in the goal. docs/rules.md (Fair shares)
defines both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import NamedTuple

from matchkit.errors import BudgetError, Complaint, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Aim, Part
from matchkit.model.objective import FairBetween
from matchkit.verification.past import ledger
from matchkit.verification.rules.pairs import capping
from matchkit.verification.trees import summed
from matchkit.verification.world import World

MOST_UNITS, MOST_GAINS = 2**20, 2**24
"""Units of all who share, and these times levels, are no more."""
LONGEST_LEVEL = 121
"""Characters of a level are no more."""
MEASURES = ("coverage", "loads")
"""Measures of how units are shared between many."""
ExactNumber = Fraction | int
Start = tuple[ExactNumber, ExactNumber]
"""What somebody has had, and what that is measured by."""
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


def without_level(part: Part) -> Part:
    """The part as of all levels."""
    return part.model_copy(update={"level": None})


def shares_of(world: World, parts: tuple[Part, ...]) -> Shares:
    """Who shares in goals of these parts, which are one, or one for each level. Raises BudgetError where they
    have too many units to count.
    """
    owner, most = _owners(world, parts[0])
    _within(sum(most.values()))
    _within(sum(most.values()) * len(parts) * MOST_UNITS // MOST_GAINS)
    start = _starts(world, parts[0], most)
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


def caps_above(world: World, part: Part) -> list[str]:
    """The labels of hard caps and reserves below what could be had there that lie over two or more of those
    who share, or over one of them and others.
    """
    owner, most = _owners(world, part)
    coverage = part.measure == "coverage"
    place = places(world, part, owner)
    tree = world.communities if coverage else world.units
    many = tree.totals(summed((node, 1) for node in place.values()))
    theirs = tree.totals(summed((place[name], most[name]) for name in place))
    could = tree.totals(
        summed(
            (role.demand.community, role.requirement.wanted)
            for role in world.roles.values()
        )
        if coverage
        else summed((one.unit, one.capacity) for one in world.problem.resources)
    )
    caps = capping(world, "community" if coverage else "unit")
    return [
        rule.label
        for rule, cap in caps
        if many[rule.node] > (could[rule.node] == theirs[rule.node])
        and could[rule.node] > cap
    ]


def owners_of(world: World, part: Part) -> dict[str, str]:
    """The owner of every leaf that shares."""
    return _owners(world, part)[0]


def coverage_part(aims: Sequence[Aim], of: FairBetween, tier: int | None) -> Part:
    """The coverage that goals ask for between these, in a tier or (None) across all; where none does, that by
    leximin.
    """
    for aim in aims:
        for part in map(without_level, aim.parts):
            if (part.measure, part.of, part.tier) == ("coverage", of, tier):
                return part
    return Part(measure="coverage", of=of, tier=tier)


def starts_of(world: World, part: Part) -> dict[str, Start]:
    """What each of those who share has had in earlier rounds, and what that and all units of this one are
    measured by; loads by 1, or by what one can give in this round.
    """
    return _starts(world, part, _owners(world, part)[1])


def levels_of(world: World, part: Part, *, always: bool = False) -> Sequence[str]:
    """The levels that are goals of their own, in order: where a cap lies above several (``caps_above``), or
    ``always``. None where there is only one level.
    """
    most = _owners(world, part)[1]
    _within(sum(most.values()))
    if not always and not caps_above(world, part):
        return []
    start = _starts(world, part, most)
    found = sorted(
        {
            Fraction(start[name][0] + unit, start[name][1])
            for name, n in most.items()
            if n  # who can have nothing stands at no level
            for unit in range(n + 1)
        },
        reverse=part.measure == "loads",
    )[:-1]
    texts = [str(level) for level in found[: part.steps]]
    longest = max(map(len, texts), default=0)
    if longest > LONGEST_LEVEL:
        raise BudgetError(
            Message.of("matching.long_level", longest=longest, most=LONGEST_LEVEL)
        )
    return texts if len(found) > 1 else []


def places(world: World, part: Part, owner: Mapping[str, str]) -> dict[str, str]:
    """The community or unit at which each owner of leaves stands."""
    if part.measure == "loads":
        return {owner[leaf]: world.resources[leaf].unit for leaf in owner}
    if part.depth is not None:
        return {name: name for name in owner.values()}
    return {owner[leaf]: world.roles[leaf].demand.community for leaf in owner}


def _within(units: int) -> None:
    """So many units, or units times levels, can be counted one by one."""
    if units > MOST_UNITS:
        raise BudgetError(
            Message.of("matching.fair_steps", units=units, most=MOST_UNITS)
        )


def worst_score(world: World, part: Part, earned: Mapping[str, int]) -> int:
    """The least weight of all who share, given that of requirements; 0 where nobody wants anything."""
    owner = owners_of(world, part)
    scores = dict.fromkeys(owner.values(), 0)
    for leaf, weight in earned.items():
        if leaf in owner:
            scores[owner[leaf]] += weight
    return min(scores.values(), default=0)


def _owners(world: World, part: Part) -> tuple[dict[str, str], dict[str, int]]:
    """The owner of every leaf that shares, and the most units of every owner."""
    if part.measure == "loads":
        persons = [one for one in world.problem.resources if not world.divisible(one)]
        units = part.of == "units"
        owner = {one.id: one.unit if units else one.id for one in persons}
        return owner, summed((owner[one.id], one.capacity) for one in persons)
    roles = [
        role
        for role in world.roles.values()
        if part.tier in (None, role.demand.tier)
        and role.requirement.wanted
        and (
            part.kind is None
            or world.key(part.kind) == world.key(role.requirement.kind)
        )
    ]
    if part.depth is not None:
        above = world.communities.at_depth(part.depth)
        owner = {role.id: above[role.demand.community] for role in roles}
        return owner, summed(
            (owner[role.id], role.requirement.wanted) for role in roles
        )
    owner = {
        role.id: role.demand.community
        if part.of == "communities"
        else role.demand.id
        if part.of == "demands"
        else role.id
        for role in roles
    }
    return owner, summed((owner[role.id], role.requirement.wanted) for role in roles)


def _starts(world: World, part: Part, most: Mapping[str, int]) -> dict[str, Start]:
    """The same of those who could have so many units."""
    past = ledger(world, part)
    if past and part.rule == "nash":
        fact, do = Message("coupling.nash"), Message("coupling.nash.do")
        raise UnsupportedError([Complaint(Message("where.objective"), fact, do)])
    entitled = part.of == "communities" or part.depth is not None
    times = {one.id: one.entitlement for one in world.problem.communities if entitled}
    found: dict[str, Start] = {}
    for name, n in most.items():
        had, wanted = past.get(name, (0, 0))
        if part.measure == "coverage":
            found[name] = had, times.get(name, 1) * (wanted + n)
        else:
            found[name] = had, 1 if part.by == "count" else n
    return found


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
