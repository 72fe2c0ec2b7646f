"""Caps on odds by ids, in whole parts of a unit by number: of pairs, and of groups of resources at one
requirement or of requirements at one resource.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from matchkit.answers.lottery import PairCap
from matchkit.arguments import is_number
from matchkit.arrays import Int64, Intp
from matchkit.compile.instance import Instance
from matchkit.compile.pair_numbers import PairNumbers
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model.text import key, key_of
from matchkit.solvers.lottery.caps import GroupCaps

CapOfPairs: TypeAlias = float | Mapping[tuple[str, str], float]
"""One share for all pairs, or one for each pair that is named by resource and requirement; others have no
cap.
"""
CapOfGroups: TypeAlias = float | Mapping[str, float] | None
"""One number for all groups, or one for each that is named; others have no cap."""
MOST_UNITS = 2**30
"""A cap of a group is no larger number of units; one that is not named has this."""


@dataclass(frozen=True, slots=True)
class NamedGroups:
    """The groups that count at the partners of one side, by number, with their caps."""

    names: tuple[str, ...]
    caps: GroupCaps

    def name_of(self, node: int) -> str:
        """The group of a node of the side."""
        return self.names[int(self.caps.group[node])]


@dataclass(frozen=True, slots=True)
class OddsCaps:
    """All caps on odds: of pairs ``cap`` parts of each unit but for those in ``caps``, by number; ``left``
    and ``right`` are groups of resources at one requirement, and of requirements at one resource.
    """

    cap: int
    caps: PairNumbers
    left: NamedGroups | None
    right: NamedGroups | None

    def of_unit(self, left: Intp, right: Intp) -> Int64:
        """The cap of every pair, by number of resource and requirement (intp (pairs,) both), in parts of each
        unit: int64 (pairs,).
        """
        return self.caps.at(left, right, self.cap)

    def named(self, instance: Instance) -> tuple[PairCap, ...]:
        """The caps of single pairs by ids."""
        one, other = instance.resource_ids, instance.requirement_ids
        return tuple(
            PairCap(resource=one[r], requirement=other[q], most=most)
            for r, q, most in self.caps.entries()
        )


def odds_caps(
    instance: Instance,
    parts: int,
    cap: CapOfPairs,
    unit_cap: CapOfGroups,
    community_cap: CapOfGroups,
    group_cap: CapOfGroups,
) -> OddsCaps:
    """The caps by number, from those by id. Raises InputError for what is no cap and for unknown ids, all at
    once.
    """
    found: list[Complaint] = []
    common, single = parts, dict[tuple[int, int], int]()
    if isinstance(cap, Mapping):
        for name, share in cap.items():
            pair = _pair(instance, name)
            if pair is None:
                found.append(_unknown("cap", name, "lottery.cap_pair.do"))
            elif _within("cap", name, share, 1, found):
                single[pair] = in_parts(share, parts)
    elif _within("cap", None, cap, 1, found):
        common = in_parts(cap, parts)
    if unit_cap is not None and group_cap is not None:
        found.append(Complaint.of("unit_cap", "lottery.two_groups", name="group_cap"))
    resources = [one.unit for one in instance.lists.resources]
    names = [one.id for one in instance.problem.units]
    option, given = "unit_cap", unit_cap
    if group_cap is not None:
        option, given = "group_cap", group_cap
        names, resources, given = _grouped(instance, group_cap, found)
    locked = [(q, r, n * parts) for (r, q), n in instance.locks.items()]
    left = _named(option, given, names, resources, parts, locked, found)
    right = _named(
        "community_cap",
        community_cap,
        [one.id for one in instance.problem.communities],
        [demand.community for demand in instance.demands],
        parts,
        [(r, q, used) for q, r, used in locked],
        found,
    )
    InputError.raise_if(found)
    width = max(1, len(instance.requirement_ids))
    pairs = PairNumbers.of(((*pair, most) for pair, most in single.items()), width)
    return OddsCaps(common, pairs, left, right)


def _pair(instance: Instance, name: object) -> tuple[int, int] | None:
    if not isinstance(name, tuple) or len(name) != 2:
        return None
    left, right = name
    if not isinstance(left, str) or not isinstance(right, str):
        return None
    r, q = instance.left_of.get(left), instance.right_of.get(right)
    return None if r is None or q is None else (r, q)


def in_parts(share: float, parts: int) -> int:
    """A share in whole parts, rounded down; numpy's numbers of few bits do not hold so many."""
    return int((share.item() if isinstance(share, np.generic) else share) * parts)


def _unknown(option: str, name: object, do: str) -> Complaint:
    fact = Message.of("lottery.cap_unknown", name=repr(name)[:80])
    return Complaint(option, fact, Message(do))


def _within(
    option: str, name: object, share: object, most: int, found: list[Complaint]
) -> bool:
    if is_number(share, 0, most):
        return True
    where = option if name is None else f"{option}[{repr(name)[:80]}]"
    found.append(
        Complaint.of(
            where, "graph.is", "lottery.cap", value=repr(share)[:80], most=most
        )
    )
    return False


def _grouped(
    instance: Instance,
    cap: float | Mapping[str, float],
    found: list[Complaint],
) -> tuple[list[str], list[str], float | Mapping[str, float]]:
    """Names of all groups of resources, of every resource the one that has a cap, "" where none has, and the
    caps by these names: of those with one key, the first as they are sorted.
    """
    resources = instance.lists.resources
    written = {name for one in resources for name in one.groups}
    of_key = {key(name): name for name in sorted(written, reverse=True)}
    if isinstance(cap, Mapping):
        named = dict[str, float]()
        for name, share in cap.items():
            usual = of_key.get(key_of(name) or "", name)
            named[name if usual in named else usual] = share
        cap = named
    of = []
    for one in resources:
        groups = {of_key[key(name)] for name in one.groups}
        mine = sorted(
            name for name in groups if not isinstance(cap, Mapping) or name in cap
        )
        if len(mine) > 1:
            where = Message.of("where.resource", id=one.id)
            found.append(
                Complaint.of(where, "lottery.two_of", one=mine[0], other=mine[1])
            )
        of.append(mine[0] if mine else "")
    return [*of_key.values(), ""], of, cap


def _named(
    option: str,
    given: CapOfGroups,
    names: list[str],
    of: list[str],
    parts: int,
    locked: Iterable[tuple[int, int, int]],
    found: list[Complaint],
) -> NamedGroups | None:
    """The groups with their caps in parts, None where there are none; ``locked`` are node, partner and
    parts.
    """
    if given is None:
        return None
    known = sorted(set(names))
    most = np.full(len(known), MOST_UNITS * parts, np.int64)
    number = {name: place for place, name in enumerate(known)}
    if isinstance(given, Mapping):
        for name, share in given.items():
            if name not in number or name == "":
                found.append(_unknown(option, name, "lottery.cap_group.do"))
            elif _within(option, name, share, MOST_UNITS, found):
                most[number[name]] = in_parts(share, parts)
    elif _within(option, None, given, MOST_UNITS, found):
        most[[place for name, place in number.items() if name]] = in_parts(given, parts)
    group = np.array([number.get(name, 0) for name in of], np.int32)
    used = Counter[tuple[int, int]]()
    for node, partner, amount in locked:
        used[node, int(group[partner])] += amount
    return NamedGroups(tuple(known), GroupCaps(group, most, used))
