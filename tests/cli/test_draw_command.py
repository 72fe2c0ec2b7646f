"""``matchkit draw``: a lottery that is published, drawn from, checked by others and shown on the notice."""

from __future__ import annotations

import hashlib
import html
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pinned
import pytest

import matchkit as mk
from matchkit.messages.message import text_of
from matchkit.tables.plans import read_plan

Run = Callable[..., subprocess.CompletedProcess[str]]
SEED = "numbers of 24 December: 4 8 15 16 23 42"


@pytest.fixture
def course(tmp_path: Path) -> mk.Problem:
    """Four people, two courses with two places and one, in a file."""
    problem = mk.Problem(
        zone="Asia/Shanghai",
        units=[mk.Unit(id="club", name="虚构社")],
        communities=[mk.Community(id="quay")],
        resources=[
            mk.Resource(id=one, unit="club", name=f"虚构{one}")
            for one in ("ana", "bo", "cy", "di")
        ],
        demands=[
            mk.Demand(
                id=f"D{place}",
                community="quay",
                requirements=[mk.Requirement(id=place, wanted=wanted)],
            )
            for place, wanted in (("cooking", 2), ("first aid", 1))
        ],
    )
    mk.write_problem(problem, tmp_path / "course.json")
    return problem


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lottery_is_published_drawn_from_checked_and_shown(
    run_here: Run, course: mk.Problem, tmp_path: Path, lang: str
) -> None:
    done = run_here("draw", "course.json", "--cap", "0.5", "--publish", "lottery.json", "--lang", lang)  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "lottery.json").read_bytes()
    digest = hashlib.sha256(text).hexdigest()
    assert digest in done.stdout
    words = "draw", "course.json", "--from", "lottery.json", "--seed", SEED
    done = run_here(*words, "--draw", "3", "-o", "plan.json", "--lang", lang)
    assert done.returncode == 0, done.stderr
    line = done.stdout.splitlines()[0]
    assert line == f'matchkit draw 1: lottery {digest}, draw 3, seed "{SEED}"'
    plan = read_plan(tmp_path / "plan.json")
    assert plan.outcome.drawn == line
    done = run_here("check", "course.json", "plan.json", "--lottery", "lottery.json", "--lang", lang)  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        text_of("command.check.kept", lang, count=0),
        text_of("command.check.drawn", lang),
    ]
    words = "export", "course.json", "plan.json", "--notice", "--lang", lang
    done = run_here(*words, "--lottery", "lottery.json", "-o", "notice")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "notice").iterdir()
    notice = path.read_text(encoding="utf-8-sig").splitlines()
    assert notice[0].endswith(text_of("ledger.column.odds", lang))
    results = [row.split(",") for row in notice[1:-1]]
    assert len(results) == len(mk.lottery(course, cap=0.5).pairs)
    assert sum(int(row[8]) for row in results) == 3
    assert "虚构ana" not in path.read_text(encoding="utf-8-sig")
    assert line.replace('"', '""') in notice[-1]


def test_page_and_summary_of_a_drawn_plan_have_the_whole_line(
    course: mk.Problem, tmp_path: Path
) -> None:
    """Two hundred letters beyond the first plane take twelve characters each in the line."""
    plan = mk.lottery(course, cap=0.5).draw("𠮷" * 200)
    line = plan.outcome.drawn or ""
    assert len(line) > 2400
    mk.report(course, plan, tmp_path / "page.html")
    assert html.escape(line) in (tmp_path / "page.html").read_text(
        encoding="utf-8"
    ).replace("&#34;", "&quot;")
    (grid,) = mk.tables.plan_grids(course, plan, sheets=["summary"])
    assert line in {cell for row in grid.rows for cell in row}


def test_what_was_changed_after_the_draw_is_found(
    run_here: Run, course: mk.Problem, tmp_path: Path
) -> None:
    run_here("draw", "course.json", "--cap", "0.5", "--publish", "lottery.json")
    words = "draw", "course.json", "--from", "lottery.json", "--seed", SEED
    run_here(*words, "-o", "plan.json")
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))
    taken = {one["resource"] for one in plan["assignments"]}
    (idle,) = {"ana", "bo", "cy", "di"} - taken
    plan["assignments"][0]["resource"] = idle
    (tmp_path / "other.json").write_text(json.dumps(plan), encoding="utf-8")
    check = "check", "course.json", "other.json"
    done = run_here(*check, "--lottery", "lottery.json")
    assert done.returncode == 1
    assert pinned.text("command.check.not_drawn") in done.stdout
    done = run_here(*check)
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == [pinned.text("command.check.no_lottery")]
    done = run_here("export", "course.json", "other.json", "--lottery", "lottery.json", "-o", "out")  # fmt: skip
    assert done.returncode == 1 and not (tmp_path / "out").exists()
    assert pinned.text("fault.lottery.do") in done.stderr
    assert pinned.text("fault.broken_plan.do") not in done.stderr
    text = (tmp_path / "lottery.json").read_text(encoding="ascii")
    changed = text.replace('"parts":1024', '"parts":512')
    (tmp_path / "changed.json").write_text(changed, encoding="ascii")
    done = run_here("draw", "course.json", "--from", "changed.json", "--seed", SEED, "-o", "x.json")  # fmt: skip
    assert done.returncode == 2 and not (tmp_path / "x.json").exists()
    assert pinned.text("lottery.text.do") in done.stderr
    assert "lottery: draws a plan that breaks the problem in 4 places" in done.stderr


@pytest.mark.parametrize("publish", [(), ("--publish", "l.json")])
def test_a_draw_in_one_step_says_that_it_proves_nothing_to_others(
    run_here: Run, course: mk.Problem, tmp_path: Path, publish: tuple[str, ...]
) -> None:
    words = "draw", "course.json", "--seed", SEED, "-o", "plan.json"
    done = run_here(*words, *publish)
    assert done.returncode == 0
    assert pinned.text("command.draw.unpublished") in done.stderr
    assert (tmp_path / "plan.json").exists()
    assert (tmp_path / "l.json").exists() == bool(publish)


def test_what_was_published_is_never_replaced(
    run_here: Run, course: mk.Problem, tmp_path: Path
) -> None:
    words = "draw", "course.json", "--publish", "lottery.json"
    assert run_here(*words, "--cap", "0.5").returncode == 0
    text = (tmp_path / "lottery.json").read_bytes()
    for more in ((), ("--seed", SEED, "-o", "plan.json")):
        done = run_here(*words, *more)
        assert (done.returncode, done.stdout) == (2, "")
        assert pinned.text("file.published") in done.stderr
        assert (tmp_path / "lottery.json").read_bytes() == text
        assert not (tmp_path / "plan.json").exists()


def test_options_that_say_nothing_together_are_refused(
    run_here: Run, course: mk.Problem, tmp_path: Path
) -> None:
    for words in (
        (),
        ("--seed", SEED),
        ("--publish", "l.json", "-o", "plan.json"),
        ("--publish", "l.json", "--from", "l.json", "--seed", SEED, "-o", "plan.json"),
        ("--publish", "course.json"),
        ("--publish", "l.json", "--parts", "3"),
        ("--publish", "l.json", "--cap", "2"),
        ("--publish", "l.json", "--unit-cap", "1", "--group-cap", "1"),
        ("--from", "missing.json", "--seed", SEED, "-o", "plan.json"),
        ("--from", "course.json", "--seed", SEED, "-o", "plan.json"),
    ):
        assert run_here("draw", "course.json", *words).returncode == 2, words
        assert not (tmp_path / "plan.json").exists()


def test_a_lottery_beside_pseudonyms_is_refused(course: mk.Problem) -> None:
    lottery = mk.lottery(course, cap=0.5)
    plan = lottery.draw(SEED)
    with pytest.raises(mk.errors.InputError) as caught:
        mk.tables.notice_grid(
            course,
            plan,
            pseudonyms=mk.tables.Pseudonyms(b"a secret of 16 bytes"),
            lottery=lottery.text,
        )
    assert pinned.text("lottery.pseudonyms") in str(caught.value)
    grid = mk.tables.notice_grid(course, plan, lottery=lottery.text)
    assert {row[-1] for row in grid.rows[1:-1]} <= {0.25, 0.375, 0.5}


@pytest.mark.parametrize(
    "option",
    [("--cap", "0.3"), ("--parts", "4"), ("--unit-cap", "1"), ("--group-cap", "1")],
)
def test_what_shapes_odds_is_refused_beside_a_published_lottery(
    run_here: Run, course: mk.Problem, tmp_path: Path, option: tuple[str, str]
) -> None:
    run_here("draw", "course.json", "--cap", "0.5", "--publish", "lottery.json")
    words = "draw", "course.json", "--from", "lottery.json", "--seed", SEED
    done = run_here(*words, *option, "-o", "plan.json")
    assert done.returncode == 2
    assert option[0] in done.stderr
    assert not (tmp_path / "plan.json").exists()
