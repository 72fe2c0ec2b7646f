"""What matching gives back to whoever called it with a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matchkit.graph.candidates import Whole
from matchkit.matching.subgraph import Pairs

Stopped = Literal["proved", "gap", "time_limit", "no_proof"]


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen pairs with their units, value and bound by goal, and prices of shape (n, goals).

    ``quantity`` (int64) runs along ``pairs``, all positive. Prices are those of docs/architecture.md: U of
    left nodes and caps, V of right ones. ``bound`` and prices are None where the engine proves nothing.
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


def gap_between(value: tuple[int, ...], bound: tuple[int, ...] | None) -> float | None:
    """The relative distance in the first goal that differs; 0.0 where none does."""
    if bound is None:
        return None
    for reached, most in zip(value, bound, strict=True):
        if reached != most:
            return (most - reached) / max(1, abs(most))
    return 0.0


def stated_bounds(value: tuple[int, ...], bound: tuple[int, ...] | None) -> tuple[int | None, ...]:
    """What is true of each goal alone: its bound as long as all goals before it are reached, None after the
    first that is not.

    A bound compares goal after goal; beyond the first open goal its numbers bound nothing by themselves.
    """
    if bound is None:
        return (None,) * len(value)
    reached = next(
        (goal for goal, (got, most) in enumerate(zip(value, bound, strict=True)) if got != most), len(value)
    )
    return tuple(most if goal <= reached else None for goal, most in enumerate(bound))
