"""Contestants in turns, A B A B ..., and what may be said of them afterwards: equal values first, then
ratios.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Sample = dict[str, Any]
"""One run: ``seconds``, ``value``, and whatever else was measured."""
Samples = dict[str, list[Sample]]


class UnequalError(Exception):
    """Two solvers disagree on the optimum: no time is worth reporting."""


def timed(solve: Callable[[], int]) -> Callable[[], Sample]:
    """The same contestant, telling its time and the value it found."""

    def run() -> Sample:
        gc.collect()
        began = time.perf_counter()
        value = solve()
        return {"seconds": time.perf_counter() - began, "value": value}

    return run


def in_turns(
    contestants: Mapping[str, Callable[[], Sample]],
    rounds: int,
    patience: float = 120.0,
) -> Samples:
    """Samples of every contestant, in rounds; one that took more than ``patience`` seconds in all gets no
    further turn.
    """
    samples: Samples = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, run in contestants.items():
            if sum(sample["seconds"] for sample in samples[name]) <= patience:
                samples[name].append(run())
    return samples


def equal_value(what: str, samples: Mapping[str, Sequence[Sample]]) -> int:
    """The value that all runs of all contestants found. Raises UnequalError where they differ."""
    found = {
        name: sorted({sample["value"] for sample in runs})
        for name, runs in samples.items()
        if runs
    }
    if len({value for values in found.values() for value in values}) != 1:
        raise UnequalError(f"{what}: the objectives differ, {found}")
    return int(next(iter(found.values()))[0])


def spread(numbers: Sequence[float]) -> dict[str, float | int]:
    """Median, least and greatest of several runs, to four significant digits."""
    return {
        "median": _short(statistics.median(numbers)),
        "min": _short(min(numbers)),
        "max": _short(max(numbers)),
        "runs": len(numbers),
    }


def spreads(
    samples: Mapping[str, Sequence[Sample]], field: str
) -> dict[str, dict[str, float | int]]:
    """The spread of one measured field, by contestant."""
    return {
        name: spread([sample[field] for sample in runs])
        for name, runs in samples.items()
        if runs
    }


def times_faster(
    samples: Mapping[str, Sequence[Sample]], one: str
) -> dict[str, dict[str, float | int]]:
    """How many times the seconds of ``one`` every other contestant took, round by round of this run."""
    return {
        name: spread(
            [
                other["seconds"] / own["seconds"]
                for own, other in zip(samples[one], runs, strict=False)
            ]
        )
        for name, runs in samples.items()
        if name != one and runs
    }


def _short(number: float) -> float:
    return float(f"{number:.4g}")
