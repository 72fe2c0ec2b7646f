"""Who carries units in a lottery over a problem, by ids: capped nodes of a tree, then resources or
requirements, then groups of their partners, with loads and prices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from matchkit.answers.lottery import Kind, OddsEntry
from matchkit.arrays import Int64
from matchkit.compile.compiler import Compiled
from matchkit.compile.instance import Instance
from matchkit.compile.trees import CappedNodes
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.lottery.network import LotteryNetwork, SplitSide
from matchkit.solving.odds_caps import NamedGroups, OddsCaps


class _SideOfProblem(NamedTuple):
    """One list of a problem: what its capped nodes and entries are, their ids, capacities in units."""

    of_cap: Kind
    of_node: Kind
    caps: CappedNodes
    ids: tuple[str, ...]
    capacity: Int64

    @classmethod
    def of(
        cls, instance: Instance, compiled: Compiled, *, is_right: bool
    ) -> _SideOfProblem:
        if is_right:
            return cls(
                "community",
                "requirement",
                instance.community_caps,
                compiled.requirement_ids,
                instance.wanted,
            )
        return cls(
            "unit",
            "resource",
            instance.unit_caps,
            compiled.resource_ids,
            instance.capacity,
        )


def entries_of(
    instance: Instance,
    compiled: Compiled,
    built: LotteryNetwork,
    solution: Solution,
    caps: OddsCaps,
    odds: Mapping[tuple[int, int], int],
    *,
    is_right: bool,
) -> tuple[OddsEntry, ...]:
    """The entries of one side. ``odds`` are those of all pairs by number, what is locked among them."""
    given = _SideOfProblem.of(instance, compiled, is_right=is_right)
    side, other = (built.right, built.left)[:: 1 if is_right else -1]
    own, partners = (caps.right, caps.left) if is_right else (caps.left, caps.right)
    if not odds and not other.split:  # nobody has entries for groups
        own = None
    loads, groups = Counter[int](), Counter[tuple[int, int]]()
    for pair, amount in odds.items():
        node, partner = pair[is_right], pair[not is_right]
        loads[node] += amount
        if partners is not None:
            groups[node, int(partners.caps.group[partner])] += amount
    leaf, cap = (
        (solution.right_price, solution.right_cap_price)
        if is_right
        else (solution.left_price, solution.left_cap_price)
    )
    none = np.zeros((0, 0), np.int64)
    leaf, cap = none if leaf is None else leaf, none if cap is None else cap
    size = side.caps.size
    of_nodes = cap[size:] if side.split else leaf
    prices = [_rows(part) for part in (cap[:size], of_nodes, leaf)]
    found = _of_caps(given, side, loads, prices[0], built.parts)
    for node, name in enumerate(given.ids):
        above = int(side.caps.of[node])
        found.append(
            OddsEntry(
                kind=given.of_node,
                id=name,
                group=None if own is None else own.name_of(node),
                above=above,
                most=int(given.capacity[node]) * built.parts,
                load=loads[node],
                price=_price(prices[1], node),
            )
        )
    if partners is not None:
        found += _of_groups(given, side, partners, groups, (prices[1], prices[2]))
    return tuple(found)


def _of_caps(
    given: _SideOfProblem,
    side: SplitSide,
    loads: Mapping[int, int],
    prices: list[tuple[int, ...]],
    parts: int,
) -> list[OddsEntry]:
    """The capped nodes, those above before those below."""
    carried = np.array([loads.get(node, 0) for node in range(len(given.ids))], np.int64)
    return [
        OddsEntry(
            kind=given.of_cap,
            id=name,
            above=int(side.caps.parent[place]),
            most=int(given.caps.most[name]) * parts,
            load=load,
            price=_price(prices, place),
        )
        for place, (name, load) in enumerate(
            zip(given.caps.ids, side.caps.sums(carried).tolist(), strict=True)
        )
    ]


def _of_groups(
    given: _SideOfProblem,
    side: SplitSide,
    partners: NamedGroups,
    loads: Mapping[tuple[int, int], int],
    prices: tuple[list[tuple[int, ...]], list[tuple[int, ...]]],
) -> list[OddsEntry]:
    """The groups of partners of every node, those of which nothing but locks is left too."""
    leaves = {
        (node, group): place
        for place, (node, group) in enumerate(
            zip(side.node.tolist(), side.group.tolist(), strict=True)
        )
        if group >= 0
    }
    found = []
    for node, group in sorted({*leaves, *loads}):
        place = leaves.get((node, group))
        price = _price(prices[0], node) if place is None else _price(prices[1], place)
        used = partners.caps.used.get((node, group), 0)
        found.append(
            OddsEntry(
                kind=given.of_node,
                id=given.ids[node],
                partners=partners.names[group],
                above=side.caps.size + node,
                most=(0 if place is None else int(side.most[place])) + used,
                load=loads.get((node, group), 0),
                price=price,
            )
        )
    return found


def _rows(prices: Int64) -> list[tuple[int, ...]]:
    return [tuple(row) for row in prices.tolist()]


def _price(rows: list[tuple[int, ...]], place: int) -> tuple[int, ...]:
    return rows[place] if rows else ()
