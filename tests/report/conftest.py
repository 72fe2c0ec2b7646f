"""A street and its plan, its pages, and a browser to open them: Debian's chromium, installed where that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.plan import Plan
from matchkit.report import report

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
    """Writes the page of a problem and its plan, without looking for repairs unless asked, and tells where."""

    def written(problem: mk.Problem, plan: Plan | None = None, **options: Any) -> Path:
        path = tmp_path_factory.mktemp("page") / "report.html"
        report(problem, plan or mk.solve(problem), path, **{"repairs": 0, "zone": ZONE, **options})
        return path

    return written


@pytest.fixture(scope="session")
def english(street: mk.Problem, plan: Plan, page_of: Callable[..., Path]) -> Path:
    return page_of(street, plan)


@pytest.fixture(scope="session")
def chinese(street: mk.Problem, plan: Plan, page_of: Callable[..., Path]) -> Path:
    return page_of(street, plan, lang="zh")


def _absent(why: str) -> None:
    told = f"no browser to open a page in: {why}"
    if os.environ.get("CI") == "true":
        pytest.fail(told)
    pytest.skip(told)


def _chromium() -> str:
    if not shutil.which("chromium"):
        if not shutil.which("apt-get") or os.geteuid() != 0:
            _absent("chromium is not installed, and only root with apt-get can install it")
        for command in ("update", "install -y --no-install-recommends chromium"):
            words = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=600", *command.split()]
            done = subprocess.run(words, capture_output=True, encoding="utf-8", check=False, timeout=900)
            if done.returncode:
                _absent(f"apt-get {command.split()[0]} ended with {done.returncode}")
    return shutil.which("chromium") or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser, driven by playwright."""
    if os.name != "posix":
        _absent("Debian's chromium is for Debian")
    driver = pytest.importorskip("playwright.sync_api", reason="the browser is driven by playwright (extra dev)")
    path = _chromium()
    with driver.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
