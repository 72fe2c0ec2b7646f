"""A street and its plan, its pages, and a browser to open them: Debian's chromium, installed where that is
possible.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.plan import Plan
from matchkit.reporting.report import report

sys.path[:0] = [str(Path(__file__).parent)]

ZONE = "Asia/Shanghai"


@pytest.fixture(scope="session")
def street() -> mk.Problem:
    return mk.datasets.city("street", 0)


@pytest.fixture(scope="session")
def plan(street: mk.Problem) -> Plan:
    return mk.solve(street)


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Writes the page of a problem and its plan, without looking for repairs unless asked, and tells
    where.
    """

    def written(problem: mk.Problem, plan: Plan | None = None, **options: Any) -> Path:
        path = tmp_path_factory.mktemp("page") / "report.html"
        report(
            problem,
            plan or mk.solve(problem),
            path,
            **{"repairs": 0, "tz": ZONE, **options},
        )
        return path

    return written


@pytest.fixture(scope="session")
def english(street: mk.Problem, plan: Plan, page_of: Callable[..., Path]) -> Path:
    return page_of(street, plan)


@pytest.fixture(scope="session")
def chinese(street: mk.Problem, plan: Plan, page_of: Callable[..., Path]) -> Path:
    return page_of(street, plan, lang="zh")


@pytest.fixture(scope="session")
def browser(installed: Callable[[str, str], str]) -> Iterator[Any]:
    """A browser, driven by playwright."""
    driver = pytest.importorskip(
        "playwright.sync_api", reason="the browser is driven by playwright (extra dev)"
    )
    path = installed("chromium", "chromium")
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
