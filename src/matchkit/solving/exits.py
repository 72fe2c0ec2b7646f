"""What the end of a worker process without an answer means, in words."""

from __future__ import annotations

import signal

from matchkit.errors import OutOfMemoryError, WorkerError
from matchkit.plan import Plan
from matchkit.solving.memory import speaks_of_memory


def exit_reason(
    exit_code: int | None, output: str, out_of_memory: bool, megabytes: int | None, best: Plan | None
) -> WorkerError:
    """The error for a worker that ended with this exit code and this on its stderr, or said itself that
    memory ran out.
    """
    held = " Its best plan so far is the error's 'plan'." if best is not None else ""
    if out_of_memory or speaks_of_memory(output):
        limit = "the memory of this machine" if megabytes is None else f"its limit of {megabytes:,} megabytes"
        return OutOfMemoryError(
            f"Solving came to {limit}. Give it more, or solve a part of the problem.{held}",
            exit_code,
            output,
            best,
        )
    return WorkerError(
        f"The worker process {_how(exit_code)} before it had an answer.{held}", exit_code, output, best
    )


def _how(exit_code: int | None) -> str:
    if exit_code is None or exit_code >= 0:
        return f"ended with exit code {exit_code}"
    try:
        name = signal.Signals(-exit_code).name
    except ValueError:
        name = "no name"
    by = ", by somebody else or by a system short of memory," if name == "SIGKILL" else ""
    return f"was ended by signal {-exit_code} ({name}){by}"
