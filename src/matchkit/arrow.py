"""pyarrow, imported without the thread that its allocator would leave behind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

OPTIONS: Final = "JE_ARROW_MALLOC_CONF"
"""Where jemalloc, as pyarrow brings it along, looks for its options when it is loaded."""


@contextmanager
def no_allocator_thread() -> Iterator[None]:
    """While this lasts, an import of pyarrow starts no native thread; where the host has set options of its
    own, these hold.

    Others import it for us: CP-SAT's Python module imports pandas, and pandas imports pyarrow where that is
    installed.
    """
    if "pyarrow" in sys.modules or OPTIONS in os.environ:
        yield
        return
    os.environ[OPTIONS] = "background_thread:false"
    try:
        yield
    finally:
        os.environ.pop(OPTIONS, None)
