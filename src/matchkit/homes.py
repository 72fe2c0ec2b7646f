"""Lazy imports: an object by its ``module:name``, imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def found_at(home: str) -> Any:
    """What is at ``module:name``, or the module where no name is given.

    Public names are imported this way, and so is what a record hands on to a layer above its own, as
    ``Problem.to_frames`` does: records need nothing of those layers until somebody asks.
    """
    module, _, name = home.partition(":")
    found = import_module(module)
    return getattr(found, name) if name else found
