"""What matching gives back to whoever called it with a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from matchkit.graph.candidates import Whole
from matchkit.matching.subgraph import Pairs

Stopped = Literal["proved", "gap", "time_limit", "no_proof"]


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen pairs with their units, value and bound by goal, and prices of shape (n, goals).

    ``quantity`` (int64) runs along ``pairs``, all positive. Prices are those of docs/architecture.md: U of left nodes
    and caps, V of right ones. ``bound`` and prices are None where the engine proves nothing.
    """

    pairs: Pairs
    quantity: Whole
    value: tuple[int, ...]
    bound: tuple[int, ...] | None
    left_price: Whole | None
    right_price: Whole | None
    left_cap_price: Whole | None
    right_cap_price: Whole | None
    stopped: Stopped
    engine: str
    rounds: int
    engine_pairs: int

    @property
    def optimal(self) -> bool:
        """Whether the value meets the bound."""
        return self.value == self.bound

    @property
    def gap(self) -> float | None:
        """0 if optimal, else (bound - value) / max(1, abs(bound)) in the first goal that differs; None without a bound."""
        return gap_between(self.value, self.bound)


def gap_between(value: tuple[int, ...], bound: tuple[int, ...] | None) -> float | None:
    """The relative distance in the first goal that differs; 0.0 where none does."""
    if bound is None:
        return None
    for reached, most in zip(value, bound, strict=True):
        if reached != most:
            return (most - reached) / max(1, abs(most))
    return 0.0


def left_units(solution: Solution, count: int) -> Whole:
    """Units each left node carries (int64)."""
    units = np.zeros(count, np.int64)
    np.add.at(units, solution.pairs.left, solution.quantity)
    return units


def right_units(solution: Solution, count: int) -> Whole:
    """Units each right node carries (int64)."""
    units = np.zeros(count, np.int64)
    np.add.at(units, solution.pairs.right, solution.quantity)
    return units
