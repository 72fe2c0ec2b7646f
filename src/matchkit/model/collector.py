"""Python's cyclic garbage collector, at rest while many records are made or held."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Lets the collector rest within the block, and leaves it as it was.

    Records hold no cycles, yet each full collection walks all of them: a third of the time of reading a city.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
