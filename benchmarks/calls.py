"""Calls of several kinds, each timed, and the table of how long each kind takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from benchmarks.table import table, whole

PLACES = {"p50": 50, "p95": 95, "p100": 100}
"""Percentiles."""
ALL = "all"


class Calls:
    """Milliseconds of every call made so far, by kind."""

    def __init__(self) -> None:
        self._times: dict[str, list[float]] = {}

    def timed(self, kind: str, call: Callable[..., Any], *asked: Any, **of: Any) -> Any:
        """What a call answers; how long it took is kept."""
        began = time.perf_counter()
        found = call(*asked, **of)
        taken = 1_000 * (time.perf_counter() - began)
        self._times.setdefault(kind, []).append(taken)
        return found

    def figures(self) -> dict[str, dict[str, float]]:
        """By kind and for all together: how many calls, the median, the 95th percentile, the greatest."""
        together = [one for each in self._times.values() for one in each]
        return {
            kind: {
                "calls": len(each),
                **{
                    name: round(float(np.percentile(each, place)), 1)
                    for name, place in PLACES.items()
                },
            }
            for kind, each in {**self._times, ALL: together}.items()
        }


def calls_table(what: str, milliseconds: Mapping[str, Mapping[str, Any]]) -> str:
    """A line for each kind of call."""
    return table(
        (what, "calls", "median, ms", "95 %, ms", "greatest, ms"),
        [
            (kind, whole(each["calls"]), *(each[name] for name in PLACES))
            for kind, each in milliseconds.items()
        ],
    )
