"""The page of a generated city: how long it takes to write, how large it is, and how long a browser takes to
open it.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.process import in_process, resident_mb
from benchmarks.registry import Benchmark, Figures, SkippedError, register
from benchmarks.table import table

SEED = 0
ZONE = "Asia/Shanghai"
REPAIRS, TIME_LIMIT = 3, 10.0
OPENED = 5
"""So often the page is opened, each time in a browser of its own."""
LIMITS = {"mb": 6.0, "seconds": 3.0}
"""What the page of a city may take at most, in a file and to open."""


def solved(scale: str, folder: str) -> dict[str, Any]:
    """The problem and its plan as files, solved in this process."""
    import matchkit as mk
    from matchkit.tables.problems import write_problem

    problem = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    plan = mk.solve(problem)
    write_problem(problem, Path(folder) / "problem.json")
    (Path(folder) / "plan.json").write_text(plan.to_json(), encoding="utf-8")
    return {
        "people": sum(1 for resource in problem.resources if resource.kind == "person"),
        "assignments": len(plan.assignments),
        "shortfalls": len(plan.shortfalls),
    }


def written(folder: str, repairs: int) -> dict[str, Any]:
    """Seconds and memory to write the page of these files; reading them does not count as time."""
    import matchkit as mk
    from matchkit.reporting.report import report

    problem = mk.read_problem(Path(folder) / "problem.json")
    plan = mk.Plan.from_json((Path(folder) / "plan.json").read_bytes())
    before, began = resident_mb(), time.perf_counter()
    page = Path(folder) / "page.html"
    report(problem, plan, page, tz=ZONE, repairs=repairs, time_limit=TIME_LIMIT)
    return {
        "seconds": time.perf_counter() - began,
        "resident_before_mb": before,
        "mb": page.stat().st_size / 1e6,
    }


def opened(folder: str, times: int) -> dict[str, Any]:
    """Seconds from the address to a page that is ready, least, median and greatest; what it asked for and
    what it complained of.
    """
    from playwright.sync_api import sync_playwright

    seconds, wrong = [], list[str]()
    asked = 0
    with sync_playwright() as driver:
        for _ in range(times):
            browser = driver.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page()
            page.on("console", lambda message: wrong.append(message.text))
            page.on("pageerror", lambda error: wrong.append(str(error)))
            requests = list[str]()
            page.on("request", lambda request, kept=requests: kept.append(request.url))
            began = time.perf_counter()
            page.goto((Path(folder) / "page.html").as_uri())
            page.wait_for_selector("html[data-ready]", state="attached")
            seconds.append(time.perf_counter() - began)
            asked = max(asked, sum(not url.startswith("data:") for url in requests))
            version = browser.version
            browser.close()
    assert wrong == [], wrong
    assert asked == 1, asked
    seconds.sort()
    spread = {
        "min": seconds[0],
        "median": seconds[len(seconds) // 2],
        "max": seconds[-1],
        "runs": times,
    }
    return {
        "seconds": {name: round(value, 3) for name, value in spread.items()},
        "chromium": version,
    }


def measure(scale: str, *, runs: int) -> dict[str, Any]:
    """One scale: solved, written with and without repairs, opened, each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        about = in_process(solved, scale, folder)
        plain = in_process(written, folder, 0)
        full = in_process(written, folder, REPAIRS)
        shown = in_process(opened, folder, runs)
    return {
        **{name: about[name] for name in ("people", "assignments", "shortfalls")},
        "write_seconds": round(plain["seconds"], 2),
        "write_with_repairs_seconds": round(full["seconds"], 2),
        "mb": round(full["mb"], 2),
        "peak_mb": round(full["peak_mb"]),
        "open_seconds": shown["seconds"],
        "chromium": shown["chromium"],
    }


def run(quick: bool) -> Figures:
    """The street, or street and city."""
    if not shutil.which("chromium"):
        raise SkippedError("there is no browser: install Debian's package chromium")
    try:
        import playwright  # noqa: F401 - only whether it is there
    except ModuleNotFoundError:
        raise SkippedError(
            "playwright, which drives the browser, is not installed: the extra dev brings it"
        ) from None
    found = {
        scale: measure(scale, runs=1 if quick else OPENED)
        for scale in (("street",) if quick else ("street", "city"))
    }
    for scale, one in found.items():
        assert one["mb"] <= LIMITS["mb"], (scale, one)
        assert quick or one["open_seconds"]["median"] <= LIMITS["seconds"], (scale, one)
    return {"scales": found}


def _table(figures: Figures) -> str:
    head = (
        "scale",
        "people",
        "written, s",
        "with repairs, s",
        "peak, MB",
        "page, MB",
        "opened, s",
    )
    return table(
        head,
        [
            (
                name,
                f"{one['people']:,}",
                one["write_seconds"],
                one["write_with_repairs_seconds"],
                one["peak_mb"],
                one["mb"],
                one["open_seconds"],
            )
            for name, one in figures["scales"].items()
        ],
    )


register(
    Benchmark(
        name="report",
        claim="The page of a city of 14,000 people: at most 6 MB, open in a browser in at most 3 seconds",
        peers=("jinja2", "matplotlib", "playwright"),
        seeds={"city": SEED, "solve": 0},
        run=run,
        tables={"report": _table},
    )
)
