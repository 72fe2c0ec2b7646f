"""A call in the course of events: its steps, who is asked, and who has accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from matchkit.answers.calls import Call, CallStatus, CallStep
from matchkit.model import Demand
from matchkit.plan import Assignment


@dataclass(eq=False)
class CallState:
    """A call in the course of events: ``joined`` to an earlier one, or with the steps that it has taken."""

    call: Call
    demand: Demand
    path: list[str]
    joined: CallState | None = None
    status: CallStatus = "open"
    steps: list[CallStep] = field(default_factory=list)
    asked: list[Assignment] = field(default_factory=list)
    team: list[Assignment] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    unheard: list[str] = field(default_factory=list)
    missing: int = 0

    @property
    def last(self) -> datetime:
        """When the call ends at the latest."""
        if self.call.deadline is None:
            return datetime.max.replace(tzinfo=UTC)
        return self.call.at + timedelta(minutes=self.call.deadline)

    @property
    def end(self) -> datetime:
        """When its step ends, if no answer and no proof ends it."""
        minutes = self.call.minutes[min(len(self.steps), len(self.call.minutes)) - 1]
        return min(self.steps[-1].entered + timedelta(minutes=minutes), self.last)

    def enter(self, now: datetime) -> None:
        """Stand at the next step."""
        self.steps.append(CallStep(area=self.path[len(self.steps)], entered=now))

    def note(self, **known: object) -> None:
        """Know more of the step."""
        self.steps[-1] = self.steps[-1].model_copy(update=known)
