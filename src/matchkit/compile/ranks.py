"""The ranks of a problem as arrays: what either side gives every eligible pair, and which pairs neither side
would never take. docs/rules.md (Who would rather have whom) says what they mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.compile.instance import Instance
from matchkit.compile.pair_numbers import PairNumbers
from matchkit.model import Nomination, Ranking
from matchkit.model.ranking import CHANNELS, GIVING
from matchkit.model.rules.base import TABLES_OF

UNRANKED = 2**31
"""The rank of those who come last: behind every rank that can be given."""


@dataclass(frozen=True, slots=True)
class RankedIds:
    """What is ranked one by one: ids by number, which of them every leaf belongs to (int64 (leaves,)), and
    what each of them lies below (int64 (ids,), -1 for none); None where they are no tree.
    """

    number: Mapping[str, int]
    of_leaf: Int64
    above: Int64 | None = None

    def climb(self, at: Int64) -> Iterator[Int64]:
        """The numbers themselves, then what lies above each, and so on; -1 where nothing does."""
        yield at
        while self.above is not None and (at >= 0).any():
            at = np.where(at >= 0, self.above[at], -1)
            yield at


def ranks_of(instance: Instance) -> tuple[Int64, Int64, Mask, Int64]:
    """Of every eligible pair: the rank that the resource and that the requirement gives it (int64 (pairs,)
    each), whether both would take it (bool (pairs,)), and the channel of its nomination by number from 1, 0
    for none (int64 (pairs,)).
    """
    problem, lists = instance.problem, instance.lists
    left, right = instance.left.astype(np.int64), instance.right.astype(np.int64)
    resources = _leaves(instance.left_of)
    requirements = _leaves(instance.right_of)
    parents = {unit.id: unit.parent for unit in problem.units}
    units = _tree(parents, [one.unit for one in lists.resources])
    demand_ids = [demand.id for demand in instance.demands]
    demand_of = {name: number for number, name in enumerate(sorted(set(demand_ids)))}
    demands = RankedIds(demand_of, _of(demand_of, demand_ids))
    homes = [demand.community for demand in instance.demands]
    above = {community.id: community.parent for community in problem.communities}
    communities = _tree(above, homes)
    giving = {"resources": resources, "units": units}
    asking = {
        "requirements": requirements,
        "demands": demands,
        "communities": communities,
    }
    by_side: tuple[list[Ranking], list[Ranking]] = ([], [])
    for ranking in problem.rankings:
        by_side[ranking.by not in GIVING].append(ranking)
    nominated = Nominated.of(problem.nominations, demand_of, instance.left_of)
    one = _RankingSide(by_side[0], giving).ranks(left, right, asking)
    asked = _RankingSide(by_side[1], asking, nominated)
    other = asked.ranks(right, left, giving)
    takes = (one > 0) & (other > 0)
    if nominated.demands:
        channel = nominated.channel.at(demands.of_leaf[right], left)
        closed = np.isin(demands.of_leaf[right], list(nominated.demands))
        takes &= ~closed | (channel > 0)
    else:
        channel = np.zeros(len(left), np.int64)
    return one, other, takes, channel


@dataclass(frozen=True, slots=True)
class Nominated:
    """The nominations of every demand that has some: the order of those nominated, from 1, and their channel,
    by number from 1 in the order of ``CHANNELS``; both by number of demand and of resource.
    """

    demands: frozenset[int]
    order: PairNumbers
    channel: PairNumbers

    @classmethod
    def of(
        cls,
        nominations: Sequence[Nomination],
        demand_of: Mapping[str, int],
        left_of: Mapping[str, int],
    ) -> Nominated:
        """From the records."""
        pairs: dict[tuple[int, int], list[Nomination]] = {}
        for one in nominations:
            pair = demand_of[one.demand], left_of[one.person]
            pairs.setdefault(pair, []).append(one)
        keys = {pair: _standing(several) for pair, several in pairs.items()}
        by_demand: dict[int, set[tuple[int, int]]] = {}
        for (demand, _), key in keys.items():
            by_demand.setdefault(demand, set()).add(key)
        place = {
            demand: {key: k for k, key in enumerate(sorted(several), 1)}
            for demand, several in by_demand.items()
        }
        width = max(1, len(left_of))
        return cls(
            frozenset(by_demand),
            PairNumbers.of(
                ((*pair, place[pair[0]][key]) for pair, key in keys.items()), width
            ),
            PairNumbers.of(
                ((*pair, _channel(several)) for pair, several in pairs.items()), width
            ),
        )


def _standing(several: Sequence[Nomination]) -> tuple[int, int]:
    """By what those nominated for a demand compare, the smaller the better."""
    signed = sum(one.endorsements for one in several)
    return -signed, min(one.rank or UNRANKED for one in several)


def _channel(several: Sequence[Nomination]) -> int:
    """Which channel one person's nominations for a demand count for."""
    by_channel: dict[str, list[Nomination]] = {}
    for one in several:
        by_channel.setdefault(one.channel, []).append(one)
    return min(
        (*_standing(by_channel[name]), number)
        for number, name in enumerate(CHANNELS, 1)
        if name in by_channel
    )[-1]


class _RankingSide:
    """The rankings of one side, each who ranks with a number; nominations for a demand rank as one more."""

    def __init__(
        self,
        rankings: Sequence[Ranking],
        choosers: Mapping[str, RankedIds],
        nominated: Nominated | None = None,
    ) -> None:
        self._rankings, self._nominated = rankings, nominated
        names = sorted({(one.by, one.id) for one in rankings})
        self._number = {name: k for k, name in enumerate(names)}
        self._count = len(names)
        self._patient = np.zeros(self._count, np.bool_)
        for one in rankings:
            if one.others == "last":
                self._patient[self._number[one.by, one.id]] = True
        self._ranker = self._of_leaves(choosers)

    def _of_leaves(self, choosers: Mapping[str, RankedIds]) -> Int64:
        """Who ranks for every leaf, the closest first: int64 (leaves,), -1 for nobody."""
        found = np.full(len(next(iter(choosers.values())).of_leaf), -1, np.int64)
        for plural, level in choosers.items():
            who = np.full(len(level.number), -1, np.int64)
            for (by, name), k in self._number.items():
                if TABLES_OF[by] == plural:
                    who[level.number[name]] = k
            if plural == "demands" and self._nominated is not None:
                at = np.array(sorted(self._nominated.demands), np.int64)
                at = at[who[at] < 0]
                who[at] = self._count + at
            for up in level.climb(level.of_leaf):
                here = np.flatnonzero((found < 0) & (up >= 0))
                found[here] = who[up[here]]
        return found

    def ranks(
        self, mine: Int64, theirs: Int64, chosen: Mapping[str, RankedIds]
    ) -> Int64:
        """The rank that this side gives every pair of leaves (int64 (pairs,) each); 0 where it would never
        take it, 1 where nobody ranks for it.
        """
        ranker = self._ranker[mine]
        rank = np.zeros(len(mine), np.int64)
        for plural, level in chosen.items():
            table = PairNumbers.of(
                (
                    (self._number[one.by, one.id], level.number[name], given)
                    for one in self._rankings
                    if one.of == plural
                    for name, given in zip(one.ids, one.ranks, strict=True)
                ),
                max(1, len(level.number)),
            )
            if len(table.codes):
                for up in level.climb(level.of_leaf):
                    left = np.flatnonzero(rank == 0)
                    rank[left] = table.at(ranker[left], up[theirs[left]])
        if self._nominated is not None:
            voted = np.flatnonzero(ranker >= self._count)
            order = self._nominated.order
            rank[voted] = order.at(ranker[voted] - self._count, theirs[voted])
        last = np.flatnonzero((rank == 0) & (ranker >= 0) & (ranker < self._count))
        rank[last] = np.where(self._patient[ranker[last]], UNRANKED, 0)
        rank[ranker < 0] = 1
        return rank


def _of(number: Mapping[str, int], names: Sequence[str]) -> Int64:
    return np.array([number[name] for name in names], np.int64)


def _leaves(number: Mapping[str, int]) -> RankedIds:
    return RankedIds(number, np.arange(len(number), dtype=np.int64))


def _tree(parents: Mapping[str, str | None], of_leaf: Sequence[str]) -> RankedIds:
    number = {name: k for k, name in enumerate(parents)}
    above = [-1 if up is None else number[up] for up in parents.values()]
    return RankedIds(number, _of(number, of_leaf), np.array(above, np.int64))
