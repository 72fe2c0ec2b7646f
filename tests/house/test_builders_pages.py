"""The pages on how matchkit is built: what they name is there, and their engine works (test_pages.py runs
their code).
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.engines import ENGINES
from matchkit.matching import choice

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("first_change", "adding_a_rule", "adding_an_engine")
}
BLOCKS = {
    name: re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    for name, text in PAGES.items()
}


@pytest.mark.parametrize("name", PAGES)
def test_every_file_that_a_page_names_is_there(name: str) -> None:
    named = re.findall(r"`((?:src|docs|tests|scripts)/[\w/.]+)`", PAGES[name])
    assert len(named) > 5
    for path in named:
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", PAGES)
def test_every_name_of_code_that_a_page_places_in_a_file_stands_in_it(name: str) -> None:
    """Such as: `RULES` of `src/...`, `Engine` in `src/...`."""
    placed = re.findall(r"`(\w+)`(?: and `(\w+)`)? (?:of|in) `(src/[\w/.]+\.py)`", PAGES[name])
    assert placed
    for *words, path in placed:
        text = (ROOT / path).read_text(encoding="utf-8")
        for word in filter(None, words):
            assert re.search(rf"\b{word}\b", text), (word, path)


def test_the_rule_of_the_page_is_added_in_four_files_of_code() -> None:
    """test_pages.py runs the page, which besides these writes the catalogues, and the schema by a program."""
    written = set(re.findall(r"(?<!src/)\bmatchkit/([\w/]+\.\w+)", PAGES["adding_a_rule"]))
    assert {path for path in written if not path.startswith("messages/")} == {
        "model/rules/__init__.py",
        "model/rules/teams.py",
        "compile/rules/even_team.py",
        "verification/rules/teams.py",
    }


def test_every_module_that_the_architecture_names_is_there() -> None:
    package = ROOT / "src" / "matchkit"
    named = set(
        re.findall(r"`((?:\w+/)*\w+\.py)`", (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8"))
    )
    assert len(named) > 20
    assert [
        path
        for path in sorted(named)
        if not ((package / path).exists() or ("/" not in path and any(package.rglob(path))))
    ] == []


def test_with_its_entry_the_engine_of_the_page_solves_and_is_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the prices of matchkit, the same goals as the engine of matchkit."""
    [block] = BLOCKS["adding_an_engine"]
    page: dict[str, Any] = {}
    exec(compile(block, "adding_an_engine.md", "exec"), page)  # noqa: S102 - the page's own code
    monkeypatch.setitem(ENGINES, "simplex", page["SimplexEngine"]())
    monkeypatch.setattr(import_module("matchkit.solving.solve"), "NAMES", (*choice.NAMES, "simplex"))
    monkeypatch.setattr(choice, "NAMES", (*choice.NAMES, "simplex"))
    problem = mk.datasets.city("street", 1)
    plan, known = mk.solve(problem, engine="simplex"), mk.solve(problem)
    assert (plan.outcome.engine, plan.outcome.status) == ("simplex", "optimal")
    assert plan.outcome.goals == known.outcome.goals
