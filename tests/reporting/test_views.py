"""What notebooks and terminals show of a problem and a plan."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import hostile
import pytest

import matchkit as mk
from matchkit.plan import Plan


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as its base has it
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data + "\n"


def _printed(value: object) -> str:
    console = pytest.importorskip(
        "rich.console", reason="terminal views are drawn by rich (extra cli)"
    ).Console(
        width=120,
        force_terminal=False,
        color_system=None,
        record=True,
        file=open("/dev/null", "w", encoding="utf-8"),  # noqa: SIM115, PTH123
    )
    with console.file:
        console.print(value)
        told: str = console.export_text()
    return told


def test_a_notebook_shows_what_is_filled_and_every_goal(plan: Plan) -> None:
    shown = _Tags(plan._repr_html_()).text
    for said in (
        "178 of 224 slots filled by 174 resources; 46 missing, 3 of them below a minimum",
        "proven optimal",
        "35,011",
        "tier 1 minimum",
    ):
        assert said in shown


def test_a_terminal_shows_the_kinds_and_tiers_of_a_problem_too(
    street: mk.Problem,
) -> None:
    lines = {line.strip() for line in _Tags(street._repr_html_()).text.split("\n")}
    cells = {line for line in lines if line and line.isascii() and len(line) < 40}
    shown = _printed(street)
    assert len(cells) > 5 and all(cell in shown for cell in cells)


def test_a_notebook_counts_a_problem_by_kind_and_tier_and_says_that_it_is_generated(
    street: mk.Problem,
) -> None:
    shown = _Tags(street._repr_html_()).text.split("\n")
    assert (
        "Generated data: every person, unit, community, demand and place is invented and stands "
        "for no real population."
    ) in shown
    place = shown.index("resources: person")
    assert shown[place + 1] == "300"
    assert "12 units, 70 communities, 12 rules" in shown


def test_a_terminal_shows_the_same(street: mk.Problem, plan: Plan) -> None:
    assert "178 of 224 slots filled" in _printed(plan)
    assert "resources: person" in _printed(street)


@pytest.mark.parametrize("of", ["problem", "plan"])
def test_hostile_texts_stay_text_and_nothing_personal_is_shown(of: str) -> None:
    problem = hostile.problem()
    value = problem if of == "problem" else mk.solve(problem)
    html = value._repr_html_()
    assert set(_Tags(html).tags) <= {
        "div",
        "p",
        "strong",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "bdi",
    }
    for told in (html, _printed(value)):
        for personal in (hostile.PERSON, hostile.PHONE, hostile.CHARGE, hostile.CALL):
            assert personal not in told
    assert hostile.IMAGE in _Tags(html).text


def test_markup_of_the_terminal_and_escapes_are_not_obeyed(plan: Plan) -> None:
    goal = plan.outcome.goals[0].model_copy(update={"name": "[bold]x[/bold]\x1b[31m"})
    spoilt = plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update={"goals": (goal,)})}
    )
    told = _printed(spoilt)
    assert "[bold]x[/bold]\\x1b[31m" in told
    assert "\x1b" not in told + spoilt._repr_html_()


def test_a_note_with_wide_blanks_and_control_characters_can_still_be_read() -> None:
    """U+3000 is the blank of Chinese text, U+202E turns what follows, U+0007 rings."""
    shown = mk.Problem(note="虚构数据\u3000仅供测试\u202e\x07。")._repr_html_()
    assert "虚构数据 仅供测试\\u202e\\x07。" in shown


def test_a_huge_number_is_told_by_its_length(plan: Plan) -> None:
    goal = plan.outcome.goals[0].model_copy(update={"value": 10**5000})
    spoilt = plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update={"goals": (goal,)})}
    )
    assert "digits" in spoilt._repr_html_()


def test_many_kinds_are_counted_after_the_first_thirty() -> None:
    problem = mk.Problem(
        units=[mk.Unit(id="u")],
        resources=[
            mk.Resource(id=f"r{n}", unit="u", kind=f"kind {n:03}") for n in range(100)
        ],
    )
    shown = _Tags(problem._repr_html_())
    assert shown.tags.count("tr") == 1 + 30 + 1
    assert "70 more" in shown.text


def test_a_notebook_view_needs_no_package_of_an_extra() -> None:
    program = (
        "import sys, matchkit as mk\n"
        "assert '<table>' in mk.Problem()._repr_html_()\n"
        "assert not {'rich', 'jinja2', 'markupsafe', 'matplotlib'} & set(sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_problem_shows_demands_and_slots_of_every_tier() -> None:
    demands = [
        mk.Demand(
            id=f"d{number}",
            community="c",
            tier=tier,
            requirements=[
                mk.Requirement(id=f"q{number}", kind="person", wanted=wanted)
            ],
        )
        for number, (tier, wanted) in enumerate([(1, 2), (3, 4), (3, 5)])
    ]
    shown = mk.Problem(
        communities=[mk.Community(id="c")], demands=demands
    )._repr_html_()
    for tier, count, slots in ((1, 1, 2), (3, 2, 9)):
        row = re.search(f"<tr>(?:(?!</tr>).)*tier {tier}.*?</tr>", shown, re.DOTALL)
        assert row is not None
        assert re.findall(r">([0-9]+)<", row[0]) == [str(count), str(slots)]
