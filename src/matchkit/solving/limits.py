"""When the price-and-prove loop of a solve ends early."""

from __future__ import annotations

import time

from matchkit.deadline import Deadline
from matchkit.solvers.flow.solution import Listener, Progress
from matchkit.solving.request import SolveContext

FIRST, FINISH, AWAY = 3.5, 4.0, 1.0
"""What the first round, what decode and verify, and what sending the plan away take, in times that compiling
took.
"""


class Rounds:
    """The rounds of one loop: its listener, and the ``deadline`` that follows from how long they take.

    The loop looks at the deadline after every round. It comes before that of the solve by what is left to do
    and, where the answer must be out by then, by one more round; and at once when somebody asks to stop.
    """

    def __init__(
        self, context: SolveContext, compile_seconds: float, listener: Listener | None
    ) -> None:
        """``compile_seconds`` tells what the problem's size means on this machine; ``listener`` is told what
        ``heard`` is.

        Raises StoppedError where there is no time for a first plan.
        """
        finish = (FINISH + AWAY * context.hard) * compile_seconds
        Deadline(context.latest).check(FIRST * compile_seconds + finish)
        self.deadline = Deadline(stop=self._over)
        self._context, self._end, self._listener = context, context.deadline - finish, listener
        self._round, self._round_began = 0.0, time.monotonic()

    def heard(self, progress: Progress) -> None:
        """The listener of the loop: a round is over."""
        now = time.monotonic()
        self._round, self._round_began = now - self._round_began, now
        if self._listener is not None:
            self._listener(progress)

    def _over(self) -> bool:
        return (
            self._context.stop()
            or time.monotonic() >= self._end - self._round * self._context.hard
        )
