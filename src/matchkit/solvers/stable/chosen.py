"""What a rule of choice made of ranked pairs, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from matchkit.arrays import Int64, Mask
from matchkit.solvers.flow.solution import Stopped

KeptRule = Literal["weak", "strong", "super", "dictatorship", "immediate", "trading"]
"""What a matching keeps: stability of a kind (with the pairs that block it, if any), or the rule that made
it.
"""
ChoiceProof = Literal["scan", "replay", "search"]
"""A scan of all pairs for blocking ones; a second pass over what the rule decided; a search by an engine,
whose end is its word, with a scan of what it found.
"""


@dataclass(frozen=True, slots=True)
class ChoiceGoal:
    """A goal: its value, and what none can exceed ("blocking": fall below), None where that is not known."""

    name: str
    value: int
    bound: int | None


@dataclass(frozen=True, slots=True)
class ChosenUnits:
    """Units of every pair, int64 (pairs,); the pairs that block them, bool (pairs,), or None where stability
    is not the rule; choices of couples that block, by couple and choice; goals in their order.
    """

    units: Int64
    rule: KeptRule
    blocking: Mask | None
    blocking_couples: tuple[tuple[int, int], ...]
    goals: tuple[ChoiceGoal, ...]
    proof: ChoiceProof
    stopped: Stopped
    engine: str
    rounds: int
