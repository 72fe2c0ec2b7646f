"""How much a solve may take: checked before anything is built, and kept while it runs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import Record

LISTS = ("units", "communities", "resources", "demands", "skills", "rules", "previous")


class Budget(Record):
    """The most that a solve may take; what a problem of many records or pairs exceeds is refused before it is
    built.

    ``records``: entries of the problem's lists, requirements and scored pairs, all together. ``pairs``:
    eligible pairs held at one time, which matters where no flow can express the problem (a flow looks at its
    pairs a block at a time). ``seconds``: the longest time limit, and the one where none is given.
    ``megabytes``: the address space of the process that solves, 1,000,000 bytes each, about 300 of which
    Python and its libraries take; it needs a process of its own.
    """

    records: Annotated[int, Field(ge=1, le=10**9)] = 2_000_000
    pairs: Annotated[int, Field(ge=1, le=10**11)] = 20_000_000
    seconds: Annotated[float, Field(gt=0, le=10**9)] = 86_400.0
    megabytes: Annotated[int, Field(ge=200, le=10**9)] | None = None

    def limit(self, time_limit: float | None) -> float:
        """The shorter of this budget's seconds and the limit given."""
        return self.seconds if time_limit is None else min(self.seconds, float(time_limit))


def records_within(budget: Budget, problem: Problem) -> None:
    """Raises BudgetError where the problem has more records than the budget allows."""
    count = sum(len(getattr(problem, name)) for name in LISTS) + sum(
        len(demand.requirements) for demand in problem.demands
    )
    count += sum(len(scores.requirements) for scores in problem.scores)
    if count > budget.records:
        raise BudgetError(Message.of("budget.records", records=count, most=budget.records))
