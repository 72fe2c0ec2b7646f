"""The packages of the extra ``tables``: imported where they are needed and not before."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from matchkit.arrow import no_allocator_thread
from matchkit.tables.formats.faults import refuse


def extra(module: str, source: str = "") -> Any:
    """The module of this name. Raises InputError, which names the extra, where it is not installed."""
    try:
        with no_allocator_thread():
            return import_module(module)
    except ImportError:
        refuse("extra", source, package=module.partition(".")[0])
