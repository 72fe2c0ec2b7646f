"""When the price-and-prove loop of a solve ends early."""

from __future__ import annotations

import time

from matchkit.matching.loop import Limits, Listener, Progress
from matchkit.matching.search.clock import Clock
from matchkit.solving.request import SolveContext

FIRST, FINISH, AWAY = 3.5, 4.0, 1.0
"""What the first round, what decode and verify, and what sending the plan away take, in times that compiling
took.
"""


class ContextLimits(Limits):
    """The limits of a course: its deadline, and the moment that somebody asks it to stop.

    The loop looks at its deadline after every round; once a stop is asked for, that has always passed. It
    comes before the deadline of the course by what is left to do and, where the answer must be out by then,
    by one more round.
    """

    __slots__ = ("_course", "_finish", "_listener", "_round", "_round_began")
    _course: SolveContext
    _finish: float
    _listener: Listener | None
    _round: float
    _round_began: float

    def __init__(
        self, gap: float, course: SolveContext, compile_seconds: float, listener: Listener | None
    ) -> None:
        """``compile_seconds`` tells what the problem's size means on this machine; ``listener`` is told what
        ``heard`` is.

        Raises StoppedError where there is no time for a first plan.
        """
        finish = (FINISH + AWAY * course.hard) * compile_seconds
        Clock(course.latest).look(FIRST * compile_seconds + finish)
        self._set(gap=gap, _course=course, _finish=finish, _listener=listener)
        self._set(_round=0.0, _round_began=time.monotonic())

    def _set(self, **values: object) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)  # as a frozen class sets its fields itself

    def heard(self, progress: Progress) -> None:
        """The listener of the loop: a round is over."""
        now = time.monotonic()
        self._set(_round=now - self._round_began, _round_began=now)
        if self._listener is not None:
            self._listener(progress)

    @property
    def deadline(self) -> float:
        """A moment of ``time.monotonic``."""
        if self._course.stop():
            return self._course.began
        return self._course.deadline - self._finish - self._round * self._course.hard
