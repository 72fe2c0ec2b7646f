"""Memory limit of a worker process."""

from __future__ import annotations

import os
import sys

from matchkit.errors import WorkerError
from matchkit.messages.message import Message

MEGABYTE = 1_000_000
REFUSED = (
    "bad_alloc",
    "MemoryError",
    "emory allocation",
    "annot allocate memory",
    "failed to map",
    "ut of memory",
)
"""Parts of what libraries print, or say in an error, when they got no memory."""


def speaks_of_memory(words: str) -> bool:
    """Whether a message says that memory was refused."""
    return any(part in words for part in REFUSED)


def is_out_of_memory(error: Exception) -> bool:
    """Whether an error means that memory was refused: Python's own, and a library's that could not be loaded
    for it.
    """
    return isinstance(error, MemoryError) or (
        isinstance(error, ImportError | OSError) and speaks_of_memory(str(error))
    )


def keep_within(megabytes: int | None) -> None:
    """Limit the address space of this process; without a number to what the machine has, where that is known.

    A process that dies of it, or of anything else, writes no picture of its memory into the host's folder
    either. Raises WorkerError where a number is given and the system has no such limit (Windows).
    """
    try:
        import resource
    except ModuleNotFoundError:
        if megabytes is None:
            return
        raise WorkerError(
            Message.of("worker.no_limit", platform=sys.platform)
        ) from None
    most = (
        os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        if megabytes is None
        else megabytes * MEGABYTE
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if most > 0:
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
