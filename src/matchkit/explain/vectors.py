"""Operations on many goal vectors: the lexicographic maximum of each group, and signs."""

from __future__ import annotations

import numpy as np

from matchkit.arrays import Int64, Intp


def best_by(owner: Intp, vectors: Int64, groups: int) -> Intp:
    """For every group the position (intp (groups,)) of its greatest row, goal after goal, of equal ones the
    first; -1 where it has none. ``owner`` is the group of every row (intp (rows,)), ``vectors`` int64 (rows,
    goals).
    """
    left = np.arange(len(owner))
    for goal in range(vectors.shape[1]):
        value = vectors[left, goal]
        most = np.full(groups, np.iinfo(np.int64).min)
        np.maximum.at(most, owner[left], value)
        left = left[value == most[owner[left]]]
    found = np.full(groups, -1, np.intp)
    distinct, first = np.unique(owner[left], return_index=True)
    found[distinct] = left[first]
    return found


def signs(vectors: Int64) -> Int64:
    """For every row of int64 (rows, goals) the sign of its first number that is not 0 (int64 (rows,))."""
    found = np.zeros(len(vectors), np.int64)
    for goal in range(vectors.shape[1]):
        found = np.where(found == 0, np.sign(vectors[:, goal]), found)
    return found


def positives(vectors: Int64) -> Int64:
    """The rows that are above 0, zeros in place of the others (int64 (rows, goals))."""
    return np.where((signs(vectors) > 0)[:, None], vectors, 0)


def falling(vectors: Int64) -> Intp:
    """The positions of int64 (rows, goals), the greatest row first, of equal ones the first: intp
    (rows,).
    """
    return np.lexsort(
        (
            np.arange(len(vectors)),
            *(-vectors[:, goal] for goal in range(vectors.shape[1] - 1, -1, -1)),
        )
    )


def positive(vector: tuple[int, ...]) -> tuple[int, ...]:
    """The vector where its first goal that is not 0 is above 0, else zeros."""
    return (
        vector
        if next((value for value in vector if value), 0) > 0
        else (0,) * len(vector)
    )


def plus(*vectors: tuple[int, ...]) -> tuple[int, ...]:
    """The sum, goal by goal."""
    return tuple(map(sum, zip(*vectors, strict=True)))


def minus(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    """The difference, goal by goal."""
    return tuple(a - b for a, b in zip(one, other, strict=True))
