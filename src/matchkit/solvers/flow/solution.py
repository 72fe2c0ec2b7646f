"""What matching tells on the way, when it stops early, and what it gives back: progress, limits, solution."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from matchkit.arrays import Int64
from matchkit.deadline import NO_END, Deadline
from matchkit.messages.message import Message
from matchkit.solvers.flow.subnetwork import Pairs

Stopped = Literal["proved", "gap", "time_limit", "no_proof"]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where long work stands: seconds since the start, and value and bound by goal as far as known."""

    phase: str
    round: int
    pairs: int
    value: tuple[int, ...] | None
    bound: tuple[int, ...] | None
    seconds: float
    message: Message | None = None
    """Where the phase is a sentence: the same for any language."""


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop early: at a relative gap, or a deadline."""

    gap: float = 0.0
    deadline: Deadline = NO_END

    def near_enough(self, value: int | None, bound: int) -> bool:
        """Whether value and bound are as close as asked for."""
        return value is not None and bound - value <= self.gap * max(1, abs(bound))

    def share(self, part: float) -> Limits:
        """The same limits with the deadline after this part of what is left."""
        return replace(self, deadline=self.deadline.share(part))


NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Solution:
    """Chosen pairs with their units, value and bound by goal, and prices of shape (n, goals).

    ``quantity`` (int64) runs along ``pairs``, all positive. Prices are those of docs/architecture.md: U of
    left nodes and caps, V of right ones. ``bound`` and prices are None where the engine proves nothing.
    """

    pairs: Pairs
    quantity: Int64
    value: tuple[int, ...]
    bound: tuple[int, ...] | None
    left_price: Int64 | None
    right_price: Int64 | None
    left_cap_price: Int64 | None
    right_cap_price: Int64 | None
    stopped: Stopped
    engine: str
    rounds: int
    engine_pairs: int

    @property
    def optimal(self) -> bool:
        """Whether the value meets the bound."""
        return self.value == self.bound

    def above_bound(self) -> Message | None:
        """What is wrong with a value beyond the bound."""
        if self.bound is None or self.value <= self.bound:
            return None
        stated = {"value": str(self.value), "bound": str(self.bound)}
        return Message.of("matching.wrong.above_bound", **stated)


def stated_bounds(
    values: tuple[int, ...],
    bounds: tuple[int, ...] | None,
    tolerances: Sequence[int] = (),
) -> tuple[tuple[int | None, ...], float | None]:
    """What is true of each goal alone: its bound up to and including the first goal that lies below its own
    by more than its tolerance, None after it; and the relative gap there (0.0: there is no such goal; None:
    nothing was proved).

    A bound compares goal after goal; beyond the first open goal its numbers bound nothing by themselves.
    Nothing comes after the last goal, so its tolerance allows nothing.
    """
    if bounds is None:
        return (None,) * len(values), None
    allowed = (*tolerances[:-1], 0) if tolerances else (0,) * len(values)
    stated: list[int | None] = []
    for value, known, tolerance in zip(values, bounds, allowed, strict=True):
        bound = max(known, value)
        stated.append(bound)
        if value < bound - tolerance:
            return (*stated, *(None for _ in values[len(stated) :])), (
                bound - value
            ) / max(1, abs(bound))
    return tuple(stated), 0.0
