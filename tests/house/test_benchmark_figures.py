"""Every benchmark figure on a page is the one of a committed result, and every result says how it came
about.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
SHOWN = (PAGE, ROOT / "docs" / "comparison.md", *READMES)
PLOTS = {"growth": "sparse", "phases": "city", "peers": "models"}
NAMES = (
    *(
        "arrivals",
        "city",
        "city_repairs",
        "dense",
        "events",
        "every_rule",
        "explanations",
        "fair",
        "gap",
        "gap_drawn",
        "limits",
        "lottery",
        "matrix",
        "models",
        "nrp",
    ),
    *(
        "orlib",
        "recommend",
        "replan",
        "report",
        "reviewers",
        "shifts",
        "smptsp",
        "sparse",
        "stable",
        "strsp",
        "tables",
        "wards",
        "week",
        "workers",
    ),
)
UNIT = re.compile(
    r"\d[\d.,]*\s?(?:ms|s|seconds|GB|MB|times (?:faster|as fast))(?![\w-])"
)


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


def _results() -> dict[str, dict[str, Any]]:
    return {
        name: json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
        for name in NAMES
    }


def test_every_benchmark_has_a_committed_result() -> None:
    from benchmarks.registry import benchmarks

    assert tuple(benchmarks()) == tuple(sorted(NAMES))
    assert {path.name for path in RESULTS.iterdir()} >= {
        f"{name}.json" for name in NAMES
    }


@pytest.mark.parametrize("page", SHOWN, ids=lambda page: page.name)
def test_what_a_page_shows_between_markers_is_what_the_results_say(page: Path) -> None:
    from benchmarks.pages import filled

    text = page.read_text(encoding="utf-8")
    assert filled(text, _results()) == text, "run scripts/bench --pages"


def test_every_table_and_machine_is_on_the_page() -> None:
    from benchmarks.registry import benchmarks

    text = PAGE.read_text(encoding="utf-8")
    marked = sorted(re.findall(r"<!-- table (.*?) -->", text))
    assert marked == sorted(
        name for benchmark in benchmarks().values() for name in benchmark.tables
    )
    assert sorted(re.findall(r"<!-- machine (.*?) -->", text)) == sorted(NAMES)


def test_every_page_with_markers_is_one_that_is_refreshed() -> None:
    from benchmarks.pages import PAGES

    marked = {
        page
        for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        if "<!-- end -->" in page.read_text(encoding="utf-8")
    }
    assert marked == set(PAGES) == set(SHOWN)


@pytest.mark.parametrize(
    "page", [*READMES, ROOT / "docs" / "comparison.md"], ids=lambda page: page.name
)
def test_no_measured_figure_stands_outside_markers(page: Path) -> None:
    text = re.sub(
        r"<!-- (?:figure|table) .*?<!-- end -->",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    text = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    assert UNIT.findall("solves it in 3.9 s with 1.2 GB, 20 times faster") == [
        "3.9 s",
        "1.2 GB",
        "20 times faster",
    ]
    assert UNIT.findall(text) == []


def test_a_changed_result_makes_the_page_stale() -> None:
    from benchmarks.pages import filled

    results, text = _results(), PAGE.read_text(encoding="utf-8")
    results["city"]["figures"]["scales"]["city"]["file_to_plan_seconds"]["median"] = (
        77_777
    )
    changed = filled(text, results)
    assert "77,777" not in text
    assert "77,777" in changed


def test_a_figure_in_a_sentence_is_read_from_its_place_in_the_result() -> None:
    from benchmarks.pages import filled

    results = {
        "one": {
            "figures": {
                "sizes": [
                    {
                        "seconds": {
                            "median": 0.12345,
                            "min": 0.1,
                            "max": 0.2,
                            "runs": 3,
                        },
                        "pairs": 7,
                    }
                ]
            }
        }
    }
    text = (
        "<!-- figure one sizes.0.seconds.median -->9<!-- end --> s, <!-- figure one sizes.0.seconds "
        "--><!-- end -->"
    )
    assert (
        re.sub("<!--.*?-->", "", filled(text, results)) == "0.123 s, 0.123 (0.1 to 0.2)"
    )
    with pytest.raises(KeyError):
        filled("<!-- figure one absent --><!-- end -->", results)


@pytest.mark.parametrize("plot", PLOTS)
def test_a_plot_was_drawn_from_the_committed_figures_and_stands_on_the_page(
    plot: str,
) -> None:
    from benchmarks.picture import fingerprint

    assert fingerprint(_results()[PLOTS[plot]]["figures"]) in (
        ROOT / "docs" / "images" / f"{plot}.svg"
    ).read_text(encoding="utf-8")
    assert f"](images/{plot}.svg)" in PAGE.read_text(encoding="utf-8")


def test_every_plot_of_a_benchmark_is_one_of_these() -> None:
    pytest.importorskip("matplotlib", reason="plots are the extra 'report'")
    from benchmarks.registry import benchmarks

    results = _results()
    drawn = {
        name: one.name
        for one in benchmarks().values()
        if one.draw is not None
        for name in one.draw(results[one.name]["figures"])
    }
    assert drawn == {f"{plot}.svg": name for plot, name in PLOTS.items()}


@pytest.mark.parametrize(
    "name", sorted({*NAMES, *(path.stem for path in RESULTS.glob("*.json"))})
)
def test_a_result_names_versions_seeds_machine_and_date_and_nothing_private(
    name: str,
) -> None:
    text = (RESULTS / f"{name}.json").read_text(encoding="utf-8")
    result = json.loads(text)
    assert result["benchmark"] == name
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", result["date"])
    assert {"python", "matchkit", "numpy", "ortools"} <= set(result["versions"])
    assert "not installed" not in result["versions"].values()
    assert set(result["machine"]) == {"system", "processor", "cores", "memory_gb"}
    assert isinstance(result["seeds"], dict)
    # Mutants name files of the package, and code divides; a path of a machine begins with its slash.
    assert not re.search(r"(?<![\w.)\]])~?/\w", text), "a path"


def test_a_spread_is_ordered_and_counts_its_runs() -> None:
    def spreads(found: Any) -> list[dict[str, Any]]:
        if isinstance(found, dict):
            return (
                [found]
                if "median" in found
                else [one for value in found.values() for one in spreads(value)]
            )
        return (
            [one for value in found for one in spreads(value)]
            if isinstance(found, list)
            else []
        )

    every = [
        one for result in _results().values() for one in spreads(result["figures"])
    ]
    assert len(every) > 50
    assert all(
        one["min"] <= one["median"] <= one["max"] and one["runs"] >= 1 for one in every
    )


def test_contestants_that_disagree_get_no_times() -> None:
    from benchmarks.turns import UnequalError, equal_value

    assert (
        equal_value("two", {"a": [{"value": 5}, {"value": 5}], "b": [{"value": 5}]})
        == 5
    )
    with pytest.raises(
        UnequalError, match=r"two: the objectives differ, \{'a': \[5\], 'b': \[4\]\}"
    ):
        equal_value("two", {"a": [{"value": 5}], "b": [{"value": 4}]})


def test_turns_go_round_and_the_slow_drop_out() -> None:
    from benchmarks.turns import in_turns, times_faster

    order: list[str] = []

    def contestant(name: str, seconds: float) -> Any:
        return lambda: order.append(name) or {"seconds": seconds, "value": 1}

    samples = in_turns(
        {"a": contestant("a", 2.0), "b": contestant("b", 9.0)}, rounds=3, patience=10.0
    )
    assert order == ["a", "b", "a", "b", "a"]
    assert times_faster(samples, "a") == {
        "b": {"median": 4.5, "min": 4.5, "max": 4.5, "runs": 2}
    }


def _quick(name: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """One benchmark in its small size, run from a copy, so that nothing of the project can change."""
    shutil.copytree(
        ROOT / "benchmarks",
        folder / "benchmarks",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    environment = {
        key: value for key, value in os.environ.items() if key != "MATCHKIT_DATA"
    }
    command = [sys.executable, "-m", "benchmarks", "--quick", name]
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("name", ["city", "matrix", "sparse"])
def test_a_benchmark_runs_on_a_small_size_and_writes_nothing(
    name: str, tmp_path: Path
) -> None:
    done = _quick(name, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{name}: ")
    assert "\n| --- |" in done.stdout
    for result in RESULTS.iterdir():
        assert (
            tmp_path / "benchmarks" / "results" / result.name
        ).read_bytes() == result.read_bytes()
    assert not (tmp_path / "docs").exists()


def test_without_the_public_data_their_benchmark_is_skipped_with_the_reason(
    tmp_path: Path,
) -> None:
    done = _quick("orlib", tmp_path / "inner")
    assert done.returncode == 0, done.stderr
    assert (
        "orlib: skipped, the public instances orlib_assign are neither in the folder MATCHKIT_DATA nor in"
        in done.stdout
    )
