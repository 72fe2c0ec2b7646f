"""A clock that stands where a test puts it, in the place of ``time`` in some modules."""

from __future__ import annotations

from types import ModuleType

import pytest

BEGAN, LIMIT = 1_000.0, 1_100.0
"""When a solve begins and when it has to end."""


class Clock:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.now = BEGAN

    def monotonic(self) -> float:
        """The moment."""
        return self.now

    def time(self) -> float:
        """The same."""
        return self.now


def in_place_of_time(monkeypatch: pytest.MonkeyPatch, *modules: ModuleType) -> Clock:
    """A clock that these modules look at."""
    clock = Clock()
    for module in modules:
        monkeypatch.setattr(module, "time", clock)
    return clock
