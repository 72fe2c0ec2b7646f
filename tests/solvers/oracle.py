"""Brute force over quantities, goal after goal, written for the tests alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product


def best(
    pairs: Sequence[tuple[int, int, int, int]],
    left: Sequence[tuple[int, int]],
    right: Sequence[tuple[int, int]],
    objective: str,
    left_caps: Sequence[tuple[frozenset[int], int]] = (),
    right_caps: Sequence[tuple[frozenset[int], int]] = (),
) -> tuple[int, ...]:
    """Greatest (minus missing minimum, then the objective) over all quantities.

    ``pairs`` are (left, right, weight, capacity), ``left`` and ``right`` (capacity, minimum) a node, caps
    (nodes, most).
    """
    top: tuple[int, ...] | None = None
    for quantities in product(*(range(capacity + 1) for *_, capacity in pairs)):
        out, into = [0] * len(left), [0] * len(right)
        for (i, j, _, _), units in zip(pairs, quantities, strict=True):
            out[i] += units
            into[j] += units
        if any(
            units > capacity for units, (capacity, _) in zip(out, left, strict=True)
        ):
            continue
        if any(
            units > capacity for units, (capacity, _) in zip(into, right, strict=True)
        ):
            continue
        if any(sum(out[i] for i in nodes) > most for nodes, most in left_caps):
            continue
        if any(sum(into[j] for j in nodes) > most for nodes, most in right_caps):
            continue
        met = sum(
            min(units, least) for units, (_, least) in zip(out, left, strict=True)
        )
        met += sum(
            min(units, least) for units, (_, least) in zip(into, right, strict=True)
        )
        weight = sum(
            w * units for (*_, w, _), units in zip(pairs, quantities, strict=True)
        )
        found = {
            "weight": (met, weight),
            "cardinality": (met, sum(quantities)),
            "cardinality then weight": (met, sum(quantities), weight),
        }[objective]
        top = found if top is None or found > top else top
    assert top is not None
    return top
