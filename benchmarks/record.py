"""A benchmark's result as a committed JSON file: the figures, and everything that had a say in them."""

from __future__ import annotations

import datetime
import json
import os
import platform
import tomllib
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.process import ROOT
from benchmarks.registry import Benchmark, Figures

RESULTS = ROOT / "benchmarks" / "results"


def result_of(benchmark: Benchmark, figures: Figures) -> dict[str, Any]:
    """The figures with versions, seeds, machine and date; no paths and no host names."""
    return {
        "benchmark": benchmark.name,
        "claim": benchmark.claim,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "versions": _versions(("numpy", "ortools", "pydantic", *benchmark.peers)),
        "seeds": dict(benchmark.seeds),
        "machine": _machine(),
        "figures": figures,
    }


def write_result(folder: Path, result: dict[str, Any]) -> None:
    """Write the result as NAME.json into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result['benchmark']}.json").write_text(
        json.dumps(result, indent=1) + "\n", encoding="utf-8"
    )


def read_results(folder: Path) -> dict[str, dict[str, Any]]:
    """Every result in the folder by its benchmark's name."""
    return {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.json"))
    }


def _versions(distributions: Iterable[str]) -> dict[str, str]:
    found = {"python": platform.python_version()}
    # The source tree is what runs, whether or not it was installed.
    found["matchkit"] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )["project"]["version"]
    for name in distributions:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found


def _machine() -> dict[str, Any]:
    cores = (
        len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count()
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "system": platform.system(),
        "processor": _processor(),
        "cores": cores,
        "memory_gb": round(memory / 1e9, 1),
    }


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
