"""Every file and every module that a page names exists."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "matchkit"
PAGES = sorted(
    [*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
)


def missing_files(text: str) -> list[str]:
    """Paths below a folder of the project that are named, as ``src/matchkit/plan``, and missing (NAME stands for any)."""
    named = re.findall(r"\b(?:src|tests|benchmarks|examples|scripts)/[\w./-]*\w", text)
    return [path for path in named if not (ROOT / path).exists() and "NAME" not in path]


def missing_modules(text: str) -> list[str]:
    """Dotted names below ``matchkit`` that are neither a module nor in one."""
    missing = []
    for name in set(re.findall(r"(?<![.\w])matchkit(?:\.[A-Za-z_]\w*)+", text)):
        try:
            pkgutil.resolve_name(name)
        except (ImportError, AttributeError):
            missing.append(name)
    return missing


def missing_packages(text: str) -> list[str]:
    """Paths below the package, in backticks, as `solvers/flow` or `compile/instance.py`, that are not there."""
    packages = "|".join(path.name for path in PACKAGE.iterdir() if path.is_dir())
    named = re.findall(rf"`((?:{packages})/[\w./]*\w)`", text)
    return [path for path in named if not (PACKAGE / path).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_and_module_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert missing_files(text) == []
    assert missing_modules(text) == []
    if page.name == "architecture.md":
        assert missing_packages(text) == []


def test_a_name_that_is_gone_is_found() -> None:
    assert missing_files("`src/matchkit/nowhere`, src/matchkit/plan") == [
        "src/matchkit/nowhere"
    ]
    assert missing_modules(
        "matchkit.plan.nowhere, matchkit.Plan, matchkit.errors.InputError"
    ) == ["matchkit.plan.nowhere"]
    assert missing_packages("`solvers/nowhere.py` and `solvers/flow`") == [
        "solvers/nowhere.py"
    ]
