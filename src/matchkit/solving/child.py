"""The worker process: one problem in, progress and verified plans out, then it ends.

It is started by solving/worker.py as a Python of its own, so neither the host's main module nor its threads
come along. It sits in a session of its own, where Ctrl-C of the host's terminal does not reach it, and ends
when the host does.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from typing import IO, NoReturn

from matchkit.errors import MatchkitError
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Progress
from matchkit.solving.conductor import conduct
from matchkit.solving.memory import is_out_of_memory, keep_within
from matchkit.solving.protocol import STOP, FrameKind, receive, write_frame
from matchkit.solving.request import SolveContext


def main() -> NoReturn:
    """Solve what stdin holds, answer on stdout, end the process."""
    answers = _stdout_alone()
    try:
        _serve(sys.stdin.buffer, answers)
    except Exception as error:  # noqa: BLE001 - every error is the host's
        if is_out_of_memory(error):
            traceback.clear_frames(
                error.__traceback__
            )  # what solving held is room to say so
            write_frame(answers, FrameKind.MEMORY)
        else:
            if not isinstance(error, MatchkitError):
                error.add_note(f"In the worker process:\n{traceback.format_exc()}")
            write_frame(answers, FrameKind.FAILED, error)
    os._exit(
        0
    )  # the thread that listens to the host waits for ever, and the host has what it wants


def _stdout_alone() -> IO[bytes]:
    """Stdout for frames only: what anything else writes there goes to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _serve(host: IO[bytes], answers: IO[bytes]) -> None:
    request, ends, problem = receive(host)
    keep_within(request.budget.megabytes)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(host, stop), daemon=True).start()
    now = time.monotonic()
    deadline = now + ends - time.time()

    def progressed(progress: Progress) -> None:
        write_frame(answers, FrameKind.PROGRESS, progress)

    def found(plan: Plan) -> None:
        write_frame(answers, FrameKind.PLAN, plan)

    context = SolveContext(
        deadline - request.seconds, deadline, stop.is_set, found, hard=True
    )
    write_frame(answers, FrameKind.DONE, conduct(problem, request, context, progressed))


def _listen(host: IO[bytes], stop: threading.Event) -> None:
    while word := host.read(1):
        if word == STOP:
            stop.set()
    os._exit(1)  # the host is gone, and nobody waits for the plan
