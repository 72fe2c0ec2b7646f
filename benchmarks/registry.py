"""Which benchmarks there are: each module in ``benchmarks.suite`` registers the one it holds."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Figures = dict[str, Any]
"""What a benchmark measured, ready for JSON."""
Tables = Mapping[str, Callable[[Figures], str]]
"""Markdown of a page's tables by name, each made from a benchmark's figures alone."""


class SkippedError(Exception):
    """What a benchmark needs is not here; the message says what and how to get it."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark: ``run(quick)`` measures, ``tables`` show what was measured, ``peers`` had a say beside
    matchkit.
    """

    name: str
    claim: str
    peers: tuple[str, ...]
    seeds: Mapping[str, int]
    run: Callable[[bool], Figures]
    tables: Tables
    draw: Callable[[Figures], Mapping[str, bytes]] | None = None
    """Pictures by file name in docs/images, made from the figures."""


_REGISTERED: dict[str, Benchmark] = {}


def register(benchmark: Benchmark) -> Benchmark:
    """Make a benchmark known by its name."""
    _REGISTERED[benchmark.name] = benchmark
    return benchmark


def benchmarks() -> Mapping[str, Benchmark]:
    """Every benchmark of the suite by name, sorted."""
    suite = importlib.import_module("benchmarks.suite")
    for module in pkgutil.iter_modules(suite.__path__, "benchmarks.suite."):
        importlib.import_module(module.name)
    return dict(sorted(_REGISTERED.items()))
