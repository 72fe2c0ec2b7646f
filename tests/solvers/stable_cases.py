"""Small games drawn by a seed, and stability from its definition: plain Python over lists."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import numpy as np

import matchkit as mk

Units = tuple[int, ...]


@dataclass(frozen=True)
class Game:
    """Pairs (left, right, left's rank, right's rank, room, weight), and the capacities of the nodes."""

    pairs: tuple[tuple[int, int, int, int, int, int], ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    least: tuple[int, ...] = field(default=())

    def graph(self, **options: Any) -> mk.BipartiteGraph:
        columns = [np.array(one, np.int64) for one in zip(*self.pairs, strict=True)]
        if not columns:
            columns = [np.zeros(0, np.int64)] * 6
        return mk.BipartiteGraph.from_arrays(
            columns[0],
            columns[1],
            columns[5],
            left_capacity=list(self.left),
            right_capacity=list(self.right),
            right_minimum=list(self.least) if self.least else None,
            edge_capacity=columns[4],
            **options,
        )

    def preferences(self, **options: Any) -> mk.Preferences:
        return mk.Preferences(
            [pair[2] for pair in self.pairs],
            [pair[3] for pair in self.pairs],
            **options,
        )

    def turned(self) -> Game:
        return Game(
            tuple((b, a, s, r, c, w) for a, b, r, s, c, w in self.pairs),
            self.right,
            self.left,
        )


def drawn(
    seed: int, ties: bool = False, units: int = 1, most: int = 2, sides: int = 4
) -> Game:
    """A game of up to so many nodes a side; ranks with gaps, alike only where there are ties."""
    rng = np.random.default_rng(seed)
    lefts, rights = (int(n) for n in rng.integers(1, sides + 1, 2))
    opposed = seed % 3 == 0 and not ties
    if opposed:
        lefts = rights = 3
    here = [
        (a, b)
        for a in range(lefts)
        for b in range(rights)
        if opposed or rng.random() < 0.75
    ]
    rank: list[dict[tuple[int, int], int]] = [{}, {}]
    for side in (0, 1):
        for node in range((lefts, rights)[side]):
            mine = [pair for pair in here if pair[side] == node]
            values = rng.permutation(9)[: len(mine)] + 1
            alike = rng.integers(1, 4, len(mine)) if ties else values
            rank[side] |= dict(zip(mine, (int(v) for v in alike), strict=True))
    if (
        seed % 3 == 0 and not ties
    ):  # sides that want the opposite have most stable plans
        rank[1] = {pair: 10 * (10 - mine) + pair[0] for pair, mine in rank[0].items()}
    order = [here[k] for k in rng.permutation(len(here))]
    return Game(
        tuple(
            (
                *pair,
                rank[0][pair],
                rank[1][pair],
                int(rng.integers(1, units + 1)),
                int(rng.integers(-3, 10)),
            )
            for pair in order
        ),
        tuple(int(n) for n in rng.integers(0 if seed % 5 == 0 else 1, most + 1, lefts)),
        tuple(int(n) for n in rng.integers(1, most + 1, rights)),
    )


def every(game: Game) -> list[Units]:
    """Every matching."""
    found = []
    for units in itertools.product(*(range(pair[4] + 1) for pair in game.pairs)):
        loads = [[0] * len(game.left), [0] * len(game.right)]
        for amount, pair in zip(units, game.pairs, strict=True):
            loads[0][pair[0]] += amount
            loads[1][pair[1]] += amount
        if all(
            load <= most
            for side, limit in zip(loads, (game.left, game.right), strict=True)
            for load, most in zip(side, limit, strict=True)
        ):
            found.append(units)
    return found


def blocks(game: Game, units: Units, kind: str = "weak") -> list[tuple[int, int]]:
    """The pairs that block, from the definition."""
    found = []
    for number, pair in enumerate(game.pairs):
        if units[number] >= pair[4]:
            continue
        gains, fine = [], []
        for side, limit in ((0, game.left), (1, game.right)):
            held = [
                other[2 + side]
                for amount, other in zip(units, game.pairs, strict=True)
                for _ in range(amount)
                if other[side] == pair[side]
            ]
            room = len(held) < limit[pair[side]]
            mine = pair[2 + side]
            gains.append(room or any(mine < one for one in held))
            fine.append(room or any(mine <= one for one in held))
        if {
            "weak": all(gains),
            "strong": all(fine) and any(gains),
            "super": all(fine),
        }[kind]:
            found.append(pair[:2])
    return sorted(found)


def units_of(game: Game, found: Any) -> Units:
    """Units of every pair of an answer, in the order of the game."""
    return tuple(int(amount) for amount in found.flow)
