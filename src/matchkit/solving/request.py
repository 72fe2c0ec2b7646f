"""What is asked of a solve besides its problem, how much it may take, and when it has to end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from matchkit.engines import DEFAULT_MIP, EngineChoice, engine_of
from matchkit.engines.program import MipEngine
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import Record
from matchkit.plan import Plan
from matchkit.solvers.mip.state import ALL, SearchOptions
from matchkit.solving.digest import LATER_LISTS, LISTS

LATE = 1.5
"""Seconds after the deadline at which a plan may still come where the caller waits for it."""

Stop = Callable[[], bool]
PlanListener = Callable[[Plan], None]
Tell = Callable[..., None]
"""Told the phase that begins, and what there is to say of it."""


class Budget(Record):
    """The most that a solve may take; what a problem of many records or pairs exceeds is refused before it is
    built.

    ``records``: entries of the problem's lists, requirements, scored and ranked pairs, all together.
    ``pairs``: eligible pairs held at one time, which matters where no flow can express the problem (a flow
    looks at its pairs a block at a time). ``seconds``: the longest time limit, and the one where none is
    given. ``megabytes``: the address space of the process that solves, 1,000,000 bytes each, about 300 of
    which Python and its libraries take; it needs a process of its own.
    """

    records: Annotated[int, Field(ge=1, le=10**9)] = 2_000_000
    pairs: Annotated[int, Field(ge=1, le=10**11)] = 20_000_000
    seconds: Annotated[float, Field(gt=0, le=10**9)] = 86_400.0
    megabytes: Annotated[int, Field(ge=200, le=10**9)] | None = None

    def limit(self, time_limit: float | None) -> float:
        """The shorter of this budget's seconds and the limit given."""
        return (
            self.seconds if time_limit is None else min(self.seconds, float(time_limit))
        )


def records_within(budget: Budget, problem: Problem) -> None:
    """Raises BudgetError where the problem has more records than the budget allows."""
    count = sum(len(getattr(problem, name)) for name in (*LISTS, *LATER_LISTS))
    count += sum(len(demand.requirements) for demand in problem.demands)
    count += sum(len(scores.requirements) for scores in problem.scores)
    count += sum(len(ranking.ids) for ranking in problem.rankings)
    if count > budget.records:
        raise BudgetError(
            Message.of("budget.records", records=count, most=budget.records)
        )


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
    search_options: SearchOptions = ALL
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


def ignore_plan(plan: Plan) -> None:
    """Nobody waits for plans on the way."""


@dataclass(frozen=True, slots=True)
class SolveContext:
    """One solve under way: since when (``time.monotonic``), until when, who may stop it, and who takes better
    plans on the way.
    """

    began: float
    deadline: float
    stop: Stop = never
    found: PlanListener = ignore_plan
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
