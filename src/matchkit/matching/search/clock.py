"""When to stop: a moment, or somebody's word."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from matchkit.errors import StoppedError
from matchkit.messages.message import Message


def never() -> bool:
    """Nobody asks to stop."""
    return False


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment of ``time.monotonic`` at which to stop (None: none), and a question that is asked all the
    time.

    A first plan may come so many seconds of ``patience`` later.
    """

    deadline: float | None = None
    stop: Callable[[], bool] = never
    patience: float = 0.0

    def first(self) -> Clock:
        """The clock of a first plan."""
        return self if self.deadline is None else Clock(self.deadline + self.patience, self.stop)

    def left(self) -> float | None:
        """Seconds left, at least 0; None where there is no end."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def over(self) -> bool:
        """Whether to stop now."""
        return self.stop() or (self.deadline is not None and time.monotonic() >= self.deadline)

    def has(self, seconds: float) -> bool:
        """Whether so many seconds are left."""
        return self.deadline is None or self.deadline - time.monotonic() >= seconds

    def look(self, needs: float = 0.0) -> None:
        """Raises StoppedError where the moment has passed, or will before so many seconds are over, or
        somebody asks to stop.
        """
        if self.stop() or not self.has(needs):
            raise StoppedError(Message("stopped.search"))

    def share(self, part: float) -> Clock:
        """A clock that stops after this part of what is left; above 1: later than this one."""
        left = self.left()
        return self if left is None else Clock(time.monotonic() + part * left, self.stop)

    def at_most(self, seconds: float) -> Clock:
        """A clock that stops after so many seconds if this one does not before."""
        until = time.monotonic() + seconds
        return Clock(until if self.deadline is None else min(until, self.deadline), self.stop)
