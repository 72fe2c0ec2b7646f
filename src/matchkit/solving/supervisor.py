"""The thread that starts a worker process, hears it out, asks it to stop, ends it, and says what came
of it.
"""

from __future__ import annotations

import queue
import signal
import threading
import time
from typing import Literal

from matchkit.errors import OutOfMemoryError, StoppedError, WorkerError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Progress
from matchkit.solving.memory import speaks_of_memory
from matchkit.solving.process import Process
from matchkit.solving.protocol import Frame, FrameKind, content
from matchkit.solving.request import Request

StopReason = Literal["time_limit", "interrupted"]

GRACE: dict[StopReason, float] = {"time_limit": 0.25, "interrupted": 10.0}
"""Seconds that a worker gets to hand over what it has, by why it was asked to stop."""
INSISTED = 0.5
"""Seconds after an interrupt from which another one is no longer the same wish: the worker is ended at once.
"""


class Supervisor:
    """Follows one worker process from start to end. ``events`` holds progress for the caller, and None at the
    end.
    """

    def __init__(self, problem: Problem, request: Request, deadline: float) -> None:
        self.events: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        self.over = False
        self._request, self._deadline, self._ends = request, deadline, deadline
        self._notes: queue.SimpleQueue[
            Frame | Literal["interrupt", "abandon"] | None
        ] = queue.SimpleQueue()
        self._process = Process(problem, request, deadline, self._notes.put)
        self._why: StopReason | None = None
        self._insisted_from = 0.0
        self._best: Plan | None = None
        self._last: Frame | None = None
        self._result: Plan | BaseException | None = None
        self._once = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start the thread; does nothing where it has begun, so an interrupted call may be made again."""
        if self._thread is None:
            threading.Thread(
                target=self._run, name="matchkit supervisor", daemon=True
            ).start()

    def join(self) -> None:
        """Wait until the thread is gone."""
        if self._thread is not None:
            self._thread.join()

    def interrupt(self) -> None:
        """Ask for the best plan so far, and after some time without one for an end. Safe between any two
        instructions.
        """
        self._notes.put("interrupt")

    def abandon(self) -> None:
        """End the worker now, if it still runs: nobody waits for its answer."""
        self._notes.put("abandon")

    def answer(self) -> Plan:
        """The plan, once ``over``; raises the error where there is none."""
        if isinstance(self._result, Plan):
            return self._result
        raise self._result or WorkerError(Message("worker.abandoned"))

    def _run(self) -> None:
        if not self._once.acquire(blocking=False):
            return
        self._thread = threading.current_thread()
        try:
            try:
                self._process.start()
                while self._goes_on():
                    pass
            finally:
                self._process.end()
            while not self._notes.empty():  # what came while the worker was being ended
                note = self._notes.get()
                if isinstance(note, tuple):
                    self._take(note)
            self._result = self._concluded()
        except BaseException as error:  # noqa: BLE001 - it is the caller's
            self._result = error
        finally:
            self.over = True
            self.events.put(None)

    def _goes_on(self) -> bool:
        """Deal with the next thing that happens; whether to wait for another."""
        left = self._ends - time.monotonic()
        if left <= 0.0:  # also where notes pour in
            return self._ask_to_stop("time_limit")
        try:
            note = self._notes.get(timeout=left)
        except queue.Empty:
            return True
        if note == "interrupt":
            return self._ask_to_stop("interrupted")
        if note is None or note == "abandon":
            return False
        return self._take(note)

    def _ask_to_stop(self, why: StopReason) -> bool:
        now = time.monotonic()
        if self._why is not None:  # asked before: its time is over, or somebody insists
            return why == "interrupted" and now < self._insisted_from
        self._why, self._insisted_from = why, now + INSISTED
        self._ends = min(
            now + GRACE[why], max(now, self._deadline) + GRACE["time_limit"]
        )
        self._process.ask_to_stop()
        return True

    def _take(self, frame: Frame) -> bool:
        kind, data = frame
        if kind == FrameKind.PROGRESS:
            self.events.put(content(data))
        elif kind == FrameKind.PLAN:
            self._best = content(data)  # at once, as there is no time for it at the end
        else:
            self._last = frame
        return self._last is None

    def _concluded(self) -> Plan | BaseException:
        kind, data = self._last or (None, b"")
        if kind == FrameKind.DONE:
            plan: Plan = content(data)
            return (
                _stopped_by(self._why, plan)
                if plan.outcome.stopped in ("time_limit", "interrupted")
                else plan
            )
        error: BaseException | None = (
            content(data) if kind == FrameKind.FAILED else None
        )
        best = self._best
        if error is not None and not isinstance(error, StoppedError):
            return error
        if error is None and (self._why is None or kind == FrameKind.MEMORY):
            return exit_reason(
                self._process.exit_code,
                self._process.output,
                kind == FrameKind.MEMORY,
                self._request.budget.megabytes,
                best,
            )
        if best is not None:
            return _stopped_by(self._why or "time_limit", best)
        if self._why == "interrupted":
            return StoppedError(Message("stopped.interrupted"))
        return StoppedError(
            Message.of("stopped.seconds", seconds=self._request.seconds)
        )


def _stopped_by(why: StopReason | None, plan: Plan) -> Plan:
    if why is None or plan.outcome.status == "optimal":
        return plan
    return plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update={"stopped": why})}
    )


def exit_reason(
    exit_code: int | None,
    output: str,
    out_of_memory: bool,
    megabytes: int | None,
    best: Plan | None,
) -> WorkerError:
    """The error for a worker that ended with this exit code and this on its stderr, or said itself that
    memory ran out.
    """
    memory = out_of_memory or speaks_of_memory(output)
    message = _memory(megabytes) if memory else _ended(exit_code)
    if best is not None:
        message = Message.of("worker.plan_held", error=message)
    return (OutOfMemoryError if memory else WorkerError)(
        message, exit_code, output, best
    )


def _memory(megabytes: int | None) -> Message:
    if megabytes is None:
        return Message("worker.memory_of_machine")
    return Message.of("worker.megabytes", megabytes=megabytes)


def _ended(exit_code: int | None) -> Message:
    if exit_code is None or exit_code >= 0:
        return Message.of("worker.exit_code", code=str(exit_code))
    try:
        name: str | Message = signal.Signals(-exit_code).name
    except ValueError:
        name = Message("worker.unnamed_signal")
    return Message.of(
        "worker.killed" if name == "SIGKILL" else "worker.signal",
        number=-exit_code,
        name=name,
    )
