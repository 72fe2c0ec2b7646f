"""How much memory a worker process may take."""

from __future__ import annotations

import os
import sys

from matchkit.errors import WorkerError

MEGABYTE = 1_000_000


def keep_within(megabytes: int | None) -> None:
    """Limit the address space of this process; without a number to what the machine has, where that is known.

    Raises WorkerError where a number is given and the system has no such limit (Windows).
    """
    try:
        import resource
    except ModuleNotFoundError:
        if megabytes is None:
            return
        raise WorkerError(f"{sys.platform} has no limit on the memory of a process. Leave Budget.megabytes out.") from None
    most = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if megabytes is None else megabytes * MEGABYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if most > 0:
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
