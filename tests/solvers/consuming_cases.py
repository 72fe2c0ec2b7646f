"""Random small instances with consumption, from seeds, and what is best in them by trying all flows."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

import matchkit as mk
from matchkit.solvers.matching import Matching

AIMS = ("weight", "cardinality", "cardinality then weight")
WEIGHTS = (
    (0, 0),
    (1, 1),
    (-1, 1),
    (0, 3),
    (-5, 5),
    (-9, -1),
    (-1000, 1000),
    (0, 10**9),
)
CONSUMPTIONS = ((0, 0), (1, 1), (0, 3), (1, 6), (2, 7), (4, 4), (10**9, 10**9 + 7))
MOST_FLOWS = 3_000


@dataclass(frozen=True)
class Case:
    """Pairs (left, right, weight, capacity, consumption), left capacities, right nodes (capacity, minimum),
    what to reach.
    """

    pairs: tuple[tuple[int, int, int, int, int], ...]
    left: tuple[int, ...]
    right: tuple[tuple[int, int], ...]
    objective: str
    minimise: bool

    def column(self, place: int) -> np.ndarray:
        return np.array([pair[place] for pair in self.pairs], np.int64)

    def graph(self, **changes: Any) -> mk.BipartiteGraph:
        return mk.BipartiteGraph.from_arrays(
            self.column(0), self.column(1), self.column(2),
            **{
                "left_capacity": np.array(self.left, np.int64),
                "right_capacity": np.array([most for most, _ in self.right], np.int64),
                "right_minimum": np.array([least for _, least in self.right], np.int64),
                "edge_capacity": self.column(3),
                "consumption": self.column(4),
            } | changes,
        )  # fmt: skip

    def solved(self, **options: Any) -> Matching:
        return mk.match(self.graph(), self.objective, minimize=self.minimise, **options)

    def shuffled(self, rng: random.Random) -> Case:
        return replace(self, pairs=tuple(rng.sample(self.pairs, len(self.pairs))))


def drawn(seed: int) -> Case:
    """A case that brute force can still go through."""
    rng = random.Random(seed)  # noqa: S311 - tests want the same instances every time
    lefts, rights = rng.randint(0, 4), rng.randint(0, 5)
    used = rng.choice(CONSUMPTIONS)
    left = tuple(
        rng.choice((0, 1, 3, 5, 8, 12)) * (10**9 if used[0] >= 10**9 else 1)
        for _ in range(lefts)
    )
    most = [rng.choice((0, 1, 1, 1, 2, 3)) for _ in range(rights)]
    right = tuple(
        (room, rng.choice((0, 0, room, rng.randint(0, room)))) for room in most
    )
    weight, pairs, flows = rng.choice(WEIGHTS), [], 1
    for i, j in rng.sample(list(product(range(lefts), range(rights))), lefts * rights):
        room = rng.choice((1, 1, 1, 2, 3))
        if rng.random() < 0.8 and flows * (room + 1) <= MOST_FLOWS:
            flows *= room + 1
            pairs.append((i, j, rng.randint(*weight), room, rng.randint(*used)))
    return Case(tuple(pairs), left, right, rng.choice(AIMS), rng.random() < 0.5)


def values(case: Case, flow: tuple[int, ...]) -> tuple[int, ...] | None:
    """Units towards minimums, then the objective, greater being better; None if a capacity is exceeded."""
    used, carried = [0] * len(case.left), [0] * len(case.right)
    for (i, j, _, room, need), units in zip(case.pairs, flow, strict=True):
        if not 0 <= units <= room:
            return None
        used[i] += need * units
        carried[j] += units
    if any(amount > most for amount, most in zip(used, case.left, strict=True)):
        return None
    if any(units > most for units, (most, _) in zip(carried, case.right, strict=True)):
        return None
    met = sum(
        min(units, least) for units, (_, least) in zip(carried, case.right, strict=True)
    )
    weight = sum(
        worth * units
        for (_, _, worth, _, _), units in zip(case.pairs, flow, strict=True)
    ) * (-1 if case.minimise else 1)
    return {
        "weight": (met, weight),
        "cardinality": (met, sum(flow)),
        "cardinality then weight": (met, sum(flow), weight),
    }[case.objective]


def best(case: Case) -> tuple[int, ...]:
    """The best values of all flows, goal after goal."""
    every = (
        values(case, flow)
        for flow in product(*(range(room + 1) for *_, room, _ in case.pairs))
    )
    return max(value for value in every if value is not None)


def stated_values(case: Case, matching: Matching) -> tuple[int, ...]:
    """The values a matching states, in the terms of ``values``."""
    sign = -1 if case.minimise else 1
    found = tuple(
        sign * value if name == "weight" else value for name, value, _ in matching.goals
    )
    return found if matching.goals[0][0] == "minimum" else (0, *found)
