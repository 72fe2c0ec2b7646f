"""The host's side of a solve in a worker process: start it, follow it, stop it in time, and leave nothing
behind.

The thread that called ``solve`` only waits, so Ctrl-C reaches it at once; everything that must not be torn by
an interrupt happens in a thread of its own, which ends before the answer is given. No signal handler is
touched.
"""

from __future__ import annotations

import time

from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Listener, Progress
from matchkit.solving.request import Request
from matchkit.solving.supervisor import Supervisor

PRESSES = 40
"""So many presses of Ctrl-C are taken in while one solve ends; one more is raised in the host as ever."""
QUIET = 0.3
"""Seconds without a press before an interrupted solve answers: who presses three times quickly means it once.
"""


def solve_isolated(
    problem: Problem, request: Request, began: float, progress: Listener | None
) -> Plan:
    """The verified plan of a problem, solved in a worker process; ``solve`` says which errors.

    Whatever else ends the wait (an error in the listener, an exception of a signal handler of the host's)
    ends the worker too.
    """
    supervisor = Supervisor(problem, request, began + request.seconds)
    waiting = _Waiting(supervisor, began, progress)
    try:
        waiting.follow(PRESSES)
    finally:
        supervisor.abandon()
        supervisor.join()
    return supervisor.answer()


class _Waiting:
    """The calling thread's wait for a supervisor, which Ctrl-C ends with the best plan so far instead of at
    once.
    """

    def __init__(
        self, supervisor: Supervisor, began: float, progress: Listener | None
    ) -> None:
        self._supervisor, self._progress = supervisor, progress
        self._began, self._quiet_from, self._announced = began, 0.0, False

    def follow(self, presses: int) -> None:
        """Wait until the supervisor is done, taking in so many interrupts.

        Each level takes in one. It is caught within the level above, so that another one that comes while the
        first is being dealt with, between any two instructions, finds somebody to catch it.
        """
        if presses:
            try:
                self.follow(presses - 1)
            except KeyboardInterrupt:
                pass
            else:
                return
            self._supervisor.interrupt()
            self._quiet_from = time.monotonic() + QUIET
            if not self._announced:
                self._announced = True
                self._tell(
                    Progress("stop", 0, 0, None, None, time.monotonic() - self._began)
                )
        self._supervisor.start()
        while not self._supervisor.over:
            event = self._supervisor.events.get()
            if event is not None:
                self._tell(event)
        time.sleep(max(0.0, self._quiet_from - time.monotonic()))

    def _tell(self, event: Progress) -> None:
        if self._progress is not None:
            self._progress(event)
