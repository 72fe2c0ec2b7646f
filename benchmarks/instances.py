"""Instances drawn from seeds: complete matrices, sparse random pairs, and square assignment problems."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Index = npt.NDArray[np.int32]
Weights = npt.NDArray[np.int32]

CASES = ("geo", "random", "ties", "scarce")
ROWS = 1_000
"""Rows drawn at a time, so that drawing a matrix needs little more memory than the matrix."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs with weights, and how many each node of either side can take; every pair carries at most one
    unit.
    """

    left: Index
    right: Index
    weight: Whole
    left_capacity: Whole
    right_capacity: Whole


def complete_matrix(
    case: str, lefts: int, rights: int, seed: int
) -> tuple[Weights, Whole]:
    """Weights of everybody (one place each) at every place, int32, and the slots of every place.

    ``geo``: near is better, and the right skill is worth a fifth of the way across; 2 to 8 slots. ``scarce``:
    the same people with twice as many slots (6 to 14). ``random``: 1 to 99,999. ``ties``: 1 to 11.
    """
    rng = np.random.default_rng(seed)
    people, places = rng.random((lefts, 2)), rng.random((rights, 2))
    slots = rng.integers(2, 9, rights)
    skill, wanted = rng.integers(0, 8, lefts), rng.integers(0, 8, rights)
    weight = np.empty((lefts, rights), np.int32)
    for a in range(0, lefts, ROWS):
        rows = slice(a, min(lefts, a + ROWS))
        if case in ("geo", "scarce"):
            distance = np.hypot(
                people[rows, None, 0] - places[None, :, 0],
                people[rows, None, 1] - places[None, :, 1],
            )
            weight[rows] = 100_000 * (1.5 - distance) + 20_000 * (
                skill[rows, None] == wanted[None, :]
            )
        else:
            weight[rows] = rng.integers(
                1, 12 if case == "ties" else 100_000, (rows.stop - a, rights)
            )
    if case == "scarce":
        slots = rng.integers(6, 15, rights)
    return weight, slots


def random_pairs(
    lefts: int, rights: int, degree: int, seed: int, most: int = 1
) -> Pairs:
    """``degree`` different random right nodes for every left node, weights 1 to 99,999, slots for 0.8 of what
    there is.

    A left node takes 1 to ``most`` units, a right node 1 to 1.6 times its even share. Every set of right
    nodes is equally likely (Floyd's sampling: Bentley and Floyd 1987).
    """
    rng = np.random.default_rng(seed)
    right = np.empty((degree, lefts), np.int32)
    for place, last in enumerate(range(rights - degree, rights)):
        drawn = rng.integers(0, last + 1, lefts, dtype=np.int32)
        right[place] = np.where((right[:place] == drawn).any(axis=0), last, drawn)
    right = np.sort(right.T, axis=1)
    return Pairs(
        np.repeat(np.arange(lefts, dtype=np.int32), degree),
        right.ravel(),
        rng.integers(1, 100_000, lefts * degree),
        rng.integers(1, most + 1, lefts),
        rng.integers(1, int(1.6 * lefts / rights) * most + 1, rights),
    )


def square_costs(case: str, size: int, seed: int) -> Weights:
    """Costs of an assignment problem, int32: ``random`` 1 to 99,999, or ``geo``, 100,000 times the distance
    in a unit square.
    """
    rng = np.random.default_rng(seed)
    if case == "random":
        return rng.integers(1, 100_000, (size, size)).astype(np.int32)
    people, places = rng.random((size, 2)), rng.random((size, 2))
    return (
        100_000
        * np.hypot(
            people[:, None, 0] - places[None, :, 0],
            people[:, None, 1] - places[None, :, 1],
        )
    ).astype(np.int32)
