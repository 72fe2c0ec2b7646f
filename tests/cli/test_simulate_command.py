"""``matchkit simulate``: the report as text in both languages and as JSON, and what it refuses."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import matchkit as mk
from matchkit.messages.message import LANGUAGES, text_of

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def day(problem: Path, tmp_path: Path) -> mk.Arrivals:
    """Two files of rounds for every demand of the sound problem."""
    demands = mk.read_problem(problem).demands
    rates = [
        mk.ArrivalRate(demand=one.id, worth=100, calls=["1/2", 2]) for one in demands
    ]
    made = mk.Arrivals(rates=rates, refusal="1/4")
    (tmp_path / "day.json").write_text(made.to_json(), encoding="utf-8")
    return made


def test_text_json_and_python_say_the_same(
    run_here: Run, problem: Path, day: mk.Arrivals, tmp_path: Path
) -> None:
    given = mk.read_problem(problem).model_copy(update={"rules": ()})
    mk.write_problem(given, tmp_path / "bare.json")
    words = (
        "simulate",
        "bare.json",
        "--arrivals",
        "day.json",
        "--arrivals",
        "day.json",
        "--seed",
        "4",
    )
    found = mk.simulate(given, [day, day], seed=4)
    for lang in LANGUAGES:
        done = run_here(*words, "--lang", lang)
        assert done.returncode == 0, done.stderr
        assert done.stdout == found.text(lang) + "\n"
        assert str(sum(one.renewals for one in found.runs)) in done.stderr
    done = run_here(*words, "--json")
    assert done.stdout == found.to_json()
    assert mk.results.Simulation.model_validate_json(done.stdout).runs == found.runs
    learned = run_here(*words, "--prices-from", "earlier rounds", "--json")
    assert json.loads(learned.stdout)["prices_from"] == "earlier rounds"


def test_bad_input_ends_with_exit_code_2(
    run_here: Run, problem: Path, day: mk.Arrivals, tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text('{"rates": 3}', encoding="utf-8")
    for words, fact in (
        (("--arrivals", "other.json"), "rates"),
        (("--arrivals", "none.json"), "none.json"),
        (("--arrivals", "day.json", "--seed", "-1"), "seed"),
        ((), "arrivals"),
        (("--arrivals", "day.csv"), text_of("file.other_kind", name="day.csv", suffix=".json")[:12]),
    ):  # fmt: skip
        done = run_here("simulate", problem, *words)
        assert done.returncode == 2, words
        assert fact in done.stderr, words
        assert done.stdout == ""
