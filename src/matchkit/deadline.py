"""``Deadline``: time limit and cancellation, given to everything that may end early."""

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
class Deadline:
    """A moment of ``time.monotonic`` at which to stop (None: none), and a question that is asked all the
    time.

    A first plan may come so many seconds of ``patience`` later.
    """

    moment: float | None = None
    stop: Callable[[], bool] = never
    patience: float = 0.0

    @classmethod
    def within(cls, seconds: float | None) -> Deadline:
        """The deadline that many seconds from now (None: none)."""
        return cls() if seconds is None else cls(time.monotonic() + seconds)

    def first(self) -> Deadline:
        """The deadline of a first plan."""
        return (
            self
            if self.moment is None
            else Deadline(self.moment + self.patience, self.stop)
        )

    def left(self) -> float | None:
        """Seconds left, at least 0; None where there is no end."""
        return None if self.moment is None else max(0.0, self.moment - time.monotonic())

    def over(self) -> bool:
        """Whether to stop now."""
        return self.stop() or (
            self.moment is not None and time.monotonic() >= self.moment
        )

    def has(self, seconds: float) -> bool:
        """Whether so many seconds are left."""
        return self.moment is None or self.moment - time.monotonic() >= seconds

    def check(self, needs: float = 0.0) -> None:
        """Raises StoppedError where the moment has passed, or will before so many seconds are over, or
        somebody asks to stop.
        """
        if self.stop() or not self.has(needs):
            raise StoppedError(Message("stopped.search"))

    def share(self, part: float) -> Deadline:
        """The end of this part of what is left; above 1: later than this one."""
        left = self.left()
        return (
            self
            if left is None
            else Deadline(time.monotonic() + part * left, self.stop)
        )

    def at_most(self, seconds: float) -> Deadline:
        """That many seconds from now, or this one if it is earlier."""
        until = time.monotonic() + seconds
        return Deadline(
            until if self.moment is None else min(until, self.moment), self.stop
        )


NO_END = Deadline()
"""None: nothing ends before it is done."""
