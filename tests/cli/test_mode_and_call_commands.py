"""``matchkit switch`` and ``respond`` say and write what the functions do."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import matchkit as mk

Run = Callable[..., Any]
SIX = datetime(2026, 5, 4, 6, tzinfo=UTC)


def _town() -> mk.Problem:
    return mk.Problem(
        units=[mk.Unit(id="club"), mk.Unit(id="school")],
        communities=[mk.Community(id="town"), mk.Community(id="lane", parent="town")],
        resources=[
            mk.Resource(id="mia", unit="club", home="lane"),
            mk.Resource(id="nils", unit="school"),
        ],
        demands=[
            mk.Demand(
                id=name,
                category=category,
                tier=tier,
                community="lane",
                requirements=[mk.Requirement(id=f"{name} place")],
            )
            for name, category, tier in (
                ("class", "teaching", 1),
                ("soup", "food", 2),
                ("clinic", "health", 3),
            )
        ],
    )


MODE = mk.Mode(
    name="emergency", tiers={"health": 1, "teaching": 3}, may_pull=[(3, 1)], notice=60
)


@pytest.fixture
def before(tmp_path: Path) -> mk.Plan:
    """The plan before, in a folder with all that the commands read."""
    plan = mk.solve(_town())
    mk.write_problem(_town(), tmp_path / "town.json")
    mk.write_plan(_town(), plan, tmp_path / "plan.json")
    (tmp_path / "mode.json").write_text(MODE.model_dump_json(), encoding="utf-8")
    (tmp_path / "since.json").write_text(
        '[{"change": "remove_resource", "resource": "mia"}]', encoding="utf-8"
    )
    return plan


GIVEN = ("switch", "town.json", "plan.json", "--mode", "mode.json", "-o", "new.json")


def test_a_switch_is_written_with_the_problem_that_proves_it(
    run_here: Run, before: mk.Plan, tmp_path: Path
) -> None:
    found = mk.switch(_town(), before, MODE)
    assert sum(one.quantity for one in found.pulled) == 1
    done = run_here(*GIVEN, "--no-isolated", "--problem-out", "kept.json")
    assert (done.returncode, done.stdout) == (0, found.text() + "\n")
    plan, kept = mk.read_plan(tmp_path / "new.json"), mk.read_problem(tmp_path / "kept.json")  # fmt: skip
    assert plan.assignments == found.plan.assignments
    mk.verify(kept, plan, mode=MODE).raise_if_broken()
    check = ("check", "kept.json", "new.json")
    assert run_here(*check, "--mode", "mode.json").returncode == 0
    strict = MODE.model_copy(update={"may_pull": ()})
    (tmp_path / "strict.json").write_text(strict.model_dump_json(), encoding="utf-8")
    pulled = run_here(*check, "--mode", "strict.json")
    assert pulled.returncode == 1
    assert mk.verify(kept, plan, mode=strict).violations[0].line() in pulled.stdout
    told = run_here(*GIVEN, "--no-isolated", "--lang", "zh", "--at", "2026-05-04T06:00Z")  # fmt: skip
    assert told.stdout == found.text("zh") + "\n"


def test_back_says_what_changed_since(run_here: Run, before: mk.Plan) -> None:
    found = mk.switch(_town(), before, MODE)
    gone = found.back([mk.changes.RemoveResource(resource="mia")])
    done = run_here(*GIVEN, "--no-isolated", "--back", "since.json", "--json")
    assert done.stdout == gone.to_json()
    assert done.returncode == 0


def test_calls_of_a_file_are_answered(
    run_here: Run, before: mk.Plan, tmp_path: Path
) -> None:
    call = mk.Call(
        id="K1", demand="clinic", at=SIX, minutes=[30], accepted=[("nils", SIX + timedelta(minutes=5))],
    )  # fmt: skip
    bare = mk.changes.apply_changes(_town(), [mk.changes.RemoveDemand(demand="soup"), mk.changes.RemoveDemand(demand="class")])  # fmt: skip
    empty = mk.changes.apply_changes(bare, [mk.changes.RemoveDemand(demand="clinic")])
    mk.write_problem(bare, tmp_path / "bare.json")
    mk.write_plan(empty, mk.solve(empty), tmp_path / "empty.json")
    listed = {"calls": [call.model_dump(mode="json")], "areas": {"school": "lane"}}
    (tmp_path / "calls.json").write_text(json.dumps(listed), encoding="utf-8")
    given = ("respond", "bare.json", "empty.json", "calls.json")
    for lang in ("en", "zh"):
        done = run_here(*given, "--lang", lang)
        found = mk.respond(bare, mk.solve(empty), [call], areas={"school": "lane"})
        assert (done.returncode, done.stdout) == (0, found.text(lang) + "\n")
    shown = run_here(*given, "--until", "2026-05-04T06:00Z").stdout
    assert "absent" not in shown  # a step that is not over has no minutes yet
    early = run_here(*given, "--until", "2026-05-04T06:00+00:00", "--json")
    assert mk.results.Responses.model_validate_json(early.stdout).calls[0].status == "open"  # fmt: skip


def test_bad_input_ends_with_exit_code_2(
    run_here: Run, before: mk.Plan, tmp_path: Path
) -> None:
    (tmp_path / "other.json").write_text('{"calls": 3}', encoding="utf-8")
    for words, fact in (
        ((*GIVEN[:3], "--mode", "other.json", "-o", "x.json"), "calls"),
        ((*GIVEN, "--at", "tomorrow"), "--at"),
        ((*GIVEN, "--back", "none.json"), "none.json"),
        (("respond", "town.json", "plan.json", "other.json"), "calls"),
        (("respond", "town.json", "plan.json", "mode.json"), "calls"),
    ):
        done = run_here(*words)
        assert done.returncode == 2, words
        assert fact in done.stderr, words
