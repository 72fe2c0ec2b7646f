"""The pages on how matchkit is built: what they name is there, and their engine works (test_pages.py runs
their code).
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk
from matchkit.errors import BrokenPlanError, EngineError, InputError

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("first_change", "adding_a_rule", "adding_a_term", "adding_an_engine")
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
def test_every_name_of_code_that_a_page_places_in_a_file_stands_in_it(
    name: str,
) -> None:
    """Such as: `RULES` of `src/...`, `Engine` in `src/...`."""
    placed = re.findall(
        r"`(\w+)`(?: and `(\w+)`)? (?:of|in) `(src/[\w/.]+\.py)`", PAGES[name]
    )
    assert placed
    for *words, path in placed:
        text = (ROOT / path).read_text(encoding="utf-8")
        for word in filter(None, words):
            assert re.search(rf"\b{word}\b", text), (word, path)


def test_the_rule_of_the_page_is_added_in_four_files_of_code() -> None:
    """test_pages.py runs the page, which besides these writes the catalogues, and the schema by a program."""
    written = set(
        re.findall(r"(?<!src/)\bmatchkit/([\w/]+\.\w+)", PAGES["adding_a_rule"])
    )
    assert {path for path in written if not path.startswith("messages/")} == {
        "model/rules/__init__.py",
        "model/rules/teams.py",
        "compile/rules/teams.py",
        "verification/rules/teams.py",
    }


def test_the_term_of_the_page_is_added_in_three_files_of_code() -> None:
    """As above."""
    written = set(
        re.findall(r"(?<!src/)\bmatchkit/([\w/]+\.\w+)", PAGES["adding_a_term"])
    )
    assert {path for path in written if not path.startswith("messages/")} == {
        "model/objective.py",
        "compile/terms/specialist.py",
        "verification/worth.py",
    }


@pytest.fixture(scope="module")
def engines() -> dict[str, Any]:
    """The names that the page on engines makes."""
    page: dict[str, Any] = {}
    for block in BLOCKS["adding_an_engine"]:
        exec(compile(block, "adding_an_engine.md", "exec"), page)  # noqa: S102 - the page's own code
    return page


def test_the_flow_engine_of_the_page_solves_and_is_proven(
    engines: dict[str, Any],
) -> None:
    """By the prices of matchkit, the same goals as the engine of matchkit."""
    problem = mk.datasets.city("street", 1)
    plan, known = (
        mk.solve(problem, engine=engines["SimplexEngine"]()),
        mk.solve(problem),
    )
    assert (plan.outcome.engine, plan.outcome.status, plan.outcome.proof) == (
        "simplex",
        "optimal",
        "prices",
    )
    assert plan.outcome.goals == known.outcome.goals


def test_a_broken_flow_engine_ends_in_an_error_and_not_in_a_plan(
    engines: dict[str, Any],
) -> None:
    class Lazy(engines["SimplexEngine"]):  # type: ignore[misc]
        def solve(self, problem: Any) -> Any:
            pairs, links = super().solve(problem)
            return 0 * pairs, 0 * links

    with pytest.raises(EngineError):
        mk.solve(mk.datasets.city("street", 1), engine=Lazy())


def test_a_broken_engine_for_programs_ends_in_an_error_and_not_in_a_plan(
    engines: dict[str, Any],
) -> None:
    """Ana and Bo are never sent together: an engine that sends both says 3 where the best is 2."""

    class Careless(engines["EveryValue"]):  # type: ignore[misc]
        def solve(self, **options: Any) -> Any:
            self.program = replace(self.program, high=self.program.high + 1)
            return super().solve(**options)

    class CarelessEngine(engines["EveryValueEngine"]):  # type: ignore[misc]
        def model(self, program: Any) -> Any:
            return Careless(program)

    with pytest.raises((EngineError, BrokenPlanError)):
        mk.solve(engines["race"], engine=CarelessEngine())


def test_an_object_whose_class_no_worker_process_can_import_is_refused(
    engines: dict[str, Any],
) -> None:
    class Here(engines["EveryValueEngine"]):  # type: ignore[misc]
        pass

    with pytest.raises(InputError) as caught:
        mk.solve(engines["race"], engine=Here(), isolated=True)
    assert [complaint.where for complaint in caught.value.complaints] == ["engine"]
