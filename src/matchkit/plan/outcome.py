"""Why solving stopped, and what the plan is worth: two different things."""

from __future__ import annotations

from typing import Literal

from matchkit.model.base import Many, Record


class Goal(Record):
    """One goal's value in the plan and the most that any plan can reach given the goals before it."""

    name: str
    value: int
    bound: int | None


class Outcome(Record):
    """What is known about a plan.

    ``status`` says what the plan is, ``stopped`` why solving ended. ``gap`` is 0 where the plan is proven optimal,
    else the relative distance to the bound in the first goal where the two differ; None where no bound was proved.
    """

    status: Literal["optimal", "feasible"]
    stopped: Literal["proved", "gap", "time_limit", "no_proof"]
    goals: Many[Goal]
    value: int
    """Weight of the plan: the value of the last goal."""
    bound: int | None
    gap: float | None
    engine: str
    reason: str
    """Why this engine was chosen."""
    seed: int
    versions: Many[tuple[str, str]]
    """Name and version of everything that had a say."""
    digest: str
    """SHA-256 of the problem in canonical form."""
