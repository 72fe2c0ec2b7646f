"""Whether the entries of a published lottery are those of its problem: capped nodes, records, and groups of
their partners.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from matchkit.answers.lottery import OddsEntry
from matchkit.model.text import key, key_of
from matchkit.verification.certificate_network import CapsLeft
from matchkit.verification.lottery_odds import LotteryOdds, OddsFinding
from matchkit.verification.report import fact
from matchkit.verification.rules.pairs import limits


class EntrySide(NamedTuple):
    """One side of a lottery and of its problem: the entries, those of the other side, what capped nodes and
    records are called, the tree of the caps and these in units, at which of its nodes every record stands and
    how many units it may carry, and the groups of records (None: none are in any).
    """

    entries: tuple[OddsEntry, ...]
    others: tuple[OddsEntry, ...]
    kinds: tuple[str, str]
    tree: CapsLeft
    caps: Mapping[str, int]
    at: Mapping[str, str]
    units: Mapping[str, int]
    groups: Mapping[str, tuple[str, ...]] | None

    @property
    def records(self) -> list[OddsEntry]:
        """The entries of resources or requirements themselves."""
        return [one for one in self.entries if one.is_record]


def entry_faults(odds: LotteryOdds) -> Iterator[OddsFinding]:
    """Entries that are not those of the problem, or missing, or stand in another order."""
    world, network = odds.world, odds.network
    left, right = odds.lottery.left, odds.lottery.right
    persons, roles = world.problem.resources, world.roles.values()
    for side in (
        EntrySide(
            left,
            right,
            ("unit", "resource"),
            network.units,
            limits(world, "unit"),
            {one.id: one.unit for one in persons},
            {one.id: one.capacity for one in persons},
            {one.id: tuple(one.groups) for one in persons},
        ),
        EntrySide(
            right,
            left,
            ("community", "requirement"),
            network.communities,
            limits(world, "community"),
            {role.id: role.demand.community for role in roles},
            {role.id: role.requirement.wanted for role in roles},
            None,
        ),
    ):
        yield from _order(side.entries)
        yield from _records(side, odds.lottery.parts)
        yield from _groups(side)


def _order(entries: tuple[OddsEntry, ...]) -> Iterator[OddsFinding]:
    """Records and groups stand by ids, after the capped nodes: their order has a say in a draw."""
    caps = [one for one in entries if not one.is_record and one.partners is None]
    rest = [
        (one.partners is not None, one.id, one.partners or "")
        for one in entries[len(caps) :]
    ]
    if list(entries[: len(caps)]) != caps or rest != sorted(rest):
        yield (), fact("odds_order")


def _records(side: EntrySide, parts: int) -> Iterator[OddsFinding]:
    """Capped nodes and records are there once each, with the capacities of the problem; groups are part of
    their record.
    """
    (cap, node), tree = side.kinds, side.tree
    place: dict[tuple[str, str], int] = {
        (one.kind, one.id): number
        for number, one in enumerate(side.entries)
        if one.partners is None
    }
    expected: dict[tuple[str, str], tuple[int, str | None]] = {
        (cap, name): (most * parts, tree.above[name])
        for name, most in side.caps.items()
    }
    expected |= {
        (node, name): (most * parts, tree.over[side.at[name]])
        for name, most in side.units.items()
    }
    for _, missing in expected.keys() - place.keys():
        yield (missing,), fact("odds_entry")
    for one in side.entries:
        if one.partners is not None:
            if one.kind != node or one.above != place.get((node, one.id), -2):
                yield (one.id,), fact("odds_entry")
            continue
        right = expected.get((one.kind, one.id))
        if right is None:
            yield (one.id,), fact("odds_entry")
            continue
        most, above = right
        if one.most != most:
            yield (one.id,), fact("odds_most", stated=one.most, right=most)
        if one.above != (-1 if above is None else place.get((cap, above), -2)):
            yield (one.id,), fact("odds_entry")


def _groups(side: EntrySide) -> Iterator[OddsFinding]:
    """Where partners have entries for groups, and only there, records count in one of these: all by the node
    they stand at, or resources all by the groups they are in, which compare by key ("": in none that has
    entries).
    """
    named = {one.partners: one.id for one in side.others if one.partners is not None}
    if not named:
        wrong = [one.id for one in side.records if one.group is not None]
    else:
        wrong = [one.id for one in side.records if one.group != side.at.get(one.id)]
    if named and side.groups is not None:
        by_group = []
        of_key = {key_of(name): name for name in named}
        for one in side.records:
            keys = {key(name) for name in side.groups.get(one.id, ())}
            mine = {of_key[name] for name in keys & of_key.keys()}
            if one.group not in (mine or {""}):
                by_group.append(one.id)
        wrong = min(wrong, by_group, key=len)
    unused = named.keys() - {one.group for one in side.records}
    for name in (*wrong, *sorted(named[group] for group in unused)):
        yield (name,), fact("odds_group")
