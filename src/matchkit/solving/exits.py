"""What the end of a worker process without an answer means, in words."""

from __future__ import annotations

import signal

from matchkit.errors import OutOfMemoryError, WorkerError
from matchkit.messages.message import Message
from matchkit.plan import Plan
from matchkit.solving.memory import speaks_of_memory


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
    return (OutOfMemoryError if memory else WorkerError)(message, exit_code, output, best)


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
        "worker.killed" if name == "SIGKILL" else "worker.signal", number=-exit_code, name=name
    )
