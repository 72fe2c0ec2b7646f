"""What is asked of a solve besides its problem, and when it has to end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from matchkit.engines import DEFAULT_MIP, EngineChoice, engine_of
from matchkit.engines.program import MipEngine
from matchkit.plan import Plan
from matchkit.solvers.mip.state import ALL, SearchOptions
from matchkit.solving.budget import Budget

LATE = 1.5
"""Seconds after the deadline at which a plan may still come where the caller waits for it."""

Stop = Callable[[], bool]
PlanListener = Callable[[Plan], None]


@dataclass(frozen=True, slots=True)
class Request:
    """The options of a solve, checked. It crosses the border to a worker process as it is."""

    engine: EngineChoice
    seed: int
    gap: float
    budget: Budget
    seconds: float
    """How long solving may take, of time limit and budget the shorter."""
    limited: bool
    """Whether the caller set a limit of time; the budget's own is for what would never end."""
    tactics: SearchOptions = ALL
    start: Plan | None = None
    """A plan of a similar problem, whose prices say which pairs a flow looks at first."""

    @property
    def mip(self) -> MipEngine | None:
        """The engine for integer programs that was asked for; None where another one was, or "auto"."""
        engine = engine_of(self.engine)
        return engine if isinstance(engine, MipEngine) else None

    @property
    def search_engine(self) -> MipEngine:
        """The engine of the general search."""
        return self.mip or DEFAULT_MIP


def never() -> bool:
    """Nobody asks to stop."""
    return False


def nowhere(plan: Plan) -> None:
    """Nobody waits for plans on the way."""


@dataclass(frozen=True, slots=True)
class SolveContext:
    """One solve under way: since when (``time.monotonic``), until when, who may stop it, and who takes better
    plans on the way.
    """

    began: float
    deadline: float
    stop: Stop = never
    found: PlanListener = nowhere
    hard: bool = False
    """Whether the answer must be out by the deadline, as nobody waits for it any longer; else the deadline
    ends the search only.
    """

    @property
    def latest(self) -> float:
        """The last moment (``time.monotonic``) for an answer where there is none by the deadline: a first
        plan is worth some waiting.
        """
        return self.deadline if self.hard else self.deadline + LATE

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.began
