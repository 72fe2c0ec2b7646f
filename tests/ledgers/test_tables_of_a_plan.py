"""Tables of a plan: every number is the plan's, every sum agrees, in both languages."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.errors import BrokenPlanError, InputError
from matchkit.plan import Terms
from matchkit.tables.export.grids import SHEETS, notice_grid, plan_grids
from matchkit.verification.checks import Tallies, TallyEntry


def tables(*asked: Any, **choice: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows as records, by the table's name."""
    return {
        grid.name: [dict(zip(grid.rows[0], row, strict=True)) for row in grid.rows[1:]]
        for grid in plan_grids(*asked, **choice)
    }


@pytest.fixture(scope="module")
def city() -> tuple[mk.Problem, mk.Plan]:
    problem = mk.datasets.city("street")
    return problem, mk.solve(problem)


def test_a_workbook_holds_ten_tables_in_either_language(
    street: mk.Problem, plan: mk.Plan
) -> None:
    assert [grid.name for grid in plan_grids(street, plan)] == list(SHEETS)
    chinese = [
        "概要",
        "目标",
        "项目清单",
        "派单表",
        "按单位",
        "按社区",
        "覆盖",
        "缺口清单",
        "扣分清单",
        "公示名单",
    ]
    assert [grid.name for grid in plan_grids(street, plan, lang="zh")] == chinese


def test_both_languages_hold_the_same_numbers(
    street: mk.Problem, plan: mk.Plan
) -> None:
    for one, other in zip(
        plan_grids(street, plan), plan_grids(street, plan, lang="zh"), strict=True
    ):
        numbers = [
            [
                [cell for cell in row if isinstance(cell, int | float | datetime)]
                for row in grid.rows
            ]
            for grid in (one, other)
        ]
        assert numbers[0] == numbers[1]
        assert len(one.rows[0]) == len(set(one.rows[0])) == len(set(other.rows[0]))


def test_the_street_reads_as_reckoned_by_hand(
    street: mk.Problem, plan: mk.Plan
) -> None:
    """Anna nurses, three carts and Bert move things; a second nurse and the choir are missing. Bert costs 7,
    Bert with carts 5.
    """
    found = tables(street, plan, tz="Asia/Shanghai")
    pairs = {
        (row["resource"], row["requirement"]): row["quantity"]
        for row in found["assignments"]
    }
    assert pairs == {("anna", "nurse"): 1, ("bert", "porter"): 1, ("cars", "carts"): 3}
    assert [
        (row["demand"], row["unit"], row["quantity"]) for row in found["projects"]
    ] == [
        ("care", "U1", 1),
        ("move", "U1", 1),
        ("move", "U2", 3),
    ]
    assert [row["number"] for row in found["projects"]] == [1, 2, 3]
    assert {
        (row["requirement"], row["missing"], row["below_minimum"])
        for row in found["shortfalls"]
    } == {
        ("nurse", 1, 0),
        ("choir", 1, 0),
    }
    assert [(row["rule"], row["paid"]) for row in found["payments"]] == [
        ("activation bert", 7),
        ("keep_apart anna bert cars ...", 5),
    ]


def test_times_are_those_of_the_zone_and_the_header_says_so(
    street: mk.Problem, plan: mk.Plan
) -> None:
    """The nurse comes on 5 May from 8 to 12 by the clocks of Shanghai, which is midnight to 4 in UTC."""
    here, there = (
        tables(street, plan, tz="Asia/Shanghai")["projects"][0],
        tables(street, plan)["projects"][0],
    )
    assert here["begins (Asia/Shanghai)"] == datetime(2026, 5, 5, 8)  # noqa: DTZ001 - a cell has no zone
    assert here["ends (Asia/Shanghai)"] == datetime(2026, 5, 5, 12)  # noqa: DTZ001
    assert there["begins (UTC)"] == datetime(2026, 5, 5, 0)  # noqa: DTZ001
    told = tables(street, plan, tz="Asia/Shanghai")["assignments"][0][
        "when (Asia/Shanghai)"
    ]
    assert told == "Tue 2026-05-05 08:00-12:00"


def test_a_flexible_demand_shows_the_time_it_was_given(
    street: mk.Problem, plan: mk.Plan
) -> None:
    """It lasts 90 minutes from its start, and the start is written so that it can be read back."""
    [start] = {
        entry.start for entry in plan.assignments if entry.requirement == "carts"
    }
    assert start is not None
    found = tables(street, plan)
    row = next(row for row in found["projects"] if row["demand"] == "move")
    assert row["begins (UTC)"] == start.replace(tzinfo=None)
    assert (row["ends (UTC)"] - row["begins (UTC)"]).total_seconds() == 90 * 60
    written = next(
        row["start"] for row in found["assignments"] if row["requirement"] == "carts"
    )
    assert datetime.fromisoformat(written) == start


def test_the_sums_of_every_table_agree_with_the_plan(
    city: tuple[mk.Problem, mk.Plan],
) -> None:
    problem, plan = city
    found = tables(problem, plan)
    filled = sum(entry.quantity for entry in plan.assignments)
    for name in ("projects", "assignments", "by_unit", "notice"):
        assert sum(row["quantity"] or 0 for row in found[name]) == filled, name
    assert sum(row["quantity"] or 0 for row in found["by_community"]) == filled
    value = sum(row["points"] for row in found["assignments"]) - sum(
        row["paid"] for row in found["payments"]
    )
    assert value == plan.outcome.value
    assert all(
        row["weight"] == sum(row[name] for name in Terms.model_fields)
        for row in found["assignments"]
    )
    assert sum(row["missing"] for row in found["shortfalls"]) == sum(
        lack.missing for lack in plan.shortfalls
    )
    wanted = sum(
        need.wanted for demand in problem.demands for need in demand.requirements
    )
    summary = {row["item"]: row["value"] for row in found["summary"]}
    assert (
        summary["slots filled"],
        summary["slots wanted"],
        summary["slots missing"],
    ) == (
        filled,
        wanted,
        wanted - filled,
    )


def test_terms_and_goals_are_those_that_the_checker_reckons(
    city: tuple[mk.Problem, mk.Plan],
) -> None:
    problem, plan = city
    found = tables(problem, plan)
    told = Tallies(problem).of(
        [
            TallyEntry(row["resource"], row["requirement"], row["quantity"])
            for row in found["assignments"]
        ]
    )
    assert told.violations == ()
    assert tuple(row["value"] for row in found["goals"]) == told.values
    assert {
        name: sum(row["quantity"] * row[name] for row in found["assignments"])
        for name in told.terms
    } == told.terms


def test_subtotals_of_units_and_communities_are_the_sums_of_their_lines(
    city: tuple[mk.Problem, mk.Plan],
) -> None:
    found = tables(*city)
    for table, key, total in (
        ("by_unit", "unit", "unit_quantity"),
        ("by_community", "community", "community_assigned"),
    ):
        sums = Counter[str]()
        for row in found[table]:
            sums[row[key]] += row["quantity"] or 0
        assert {row[key]: row[total] for row in found[table]} == sums
        assert [row[key] for row in found[table]] == sorted(
            row[key] for row in found[table]
        )


def test_every_unit_with_resources_and_every_requirement_has_a_line(
    street: mk.Problem, plan: mk.Plan
) -> None:
    found = tables(street, plan)
    assert {row["unit"] for row in found["by_unit"]} == {"U1", "U2"}
    assert {row["requirement"] for row in found["by_community"]} == {
        "nurse",
        "carts",
        "porter",
        "choir",
    }
    choir = next(row for row in found["by_community"] if row["requirement"] == "choir")
    assert (choir["resource"], choir["assigned"], choir["missing"]) == (None, 0, 1)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [({"unit": "U1"}, {"anna", "bert"}), ({"unit": "U0"}, {"anna", "bert", "cars"})],
)
def test_the_workbook_of_a_unit_holds_what_it_and_those_below_it_give(
    choice: dict[str, str], kept: set[str], street: mk.Problem, plan: mk.Plan
) -> None:
    found = tables(street, plan, **choice)
    assert list(found) == ["projects", "assignments", "by_unit", "notice"]
    assert all(
        {row["resource"] for row in found[name]} == kept
        for name in ("assignments", "by_unit", "notice")
    )


def test_the_workbook_of_a_community_holds_what_it_asks_and_lacks(
    street: mk.Problem, plan: mk.Plan
) -> None:
    found = tables(street, plan, community="K2")
    assert list(found) == [
        "projects",
        "assignments",
        "by_community",
        "shortfalls",
        "notice",
    ]
    assert {row["requirement"] for row in found["by_community"]} == {
        "carts",
        "porter",
        "choir",
    }
    assert [row["requirement"] for row in found["shortfalls"]] == ["choir"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_shortfall_is_told_with_the_cause_that_explain_finds(
    lang: Any, city: tuple[mk.Problem, mk.Plan]
) -> None:
    problem, plan = city
    shortages = mk.Explainer(problem, plan).shortages()
    mk.check_witness(problem, plan, shortages).raise_if_broken()
    grid = plan_grids(problem, plan, lang=lang, sheets=["shortfalls"])[0]
    why, requirement = (
        grid.rows[0].index(name)
        for name in (
            ("why", "requirement") if lang == "en" else ("原因说明", "岗位编号")
        )
    )
    assert {row[requirement]: row[why] for row in grid.rows[1:]} == {
        s.requirement: s.line(lang) for s in shortages.whole()
    }


def test_without_explanations_the_plans_own_account_stays(
    street: mk.Problem, plan: mk.Plan
) -> None:
    rows = tables(street, plan, explained=False)["shortfalls"]
    assert {row["requirement"]: row["reason"] for row in rows} == {
        "nurse": pinned.text("ledger.reason.too_few_eligible"),
        "choir": pinned.text("ledger.reason.nobody_eligible"),
    }
    assert "why" not in rows[0]


def test_a_plan_that_breaks_its_problem_becomes_no_table(
    street: mk.Problem, plan: mk.Plan
) -> None:
    doubled = plan.model_copy(update={"assignments": plan.assignments * 2})
    with pytest.raises(BrokenPlanError):
        plan_grids(street, doubled)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (
            {"lang": "fr"},
            pinned.line(
                "lang", "argument.word", "argument.word.do", known=("en", "zh")
            ),
        ),
        (
            {"sheets": ["notise"]},
            pinned.line(
                "sheets[0]", "ledger.no_sheet", "record.unlisted.near.do", near="notice"
            ),
        ),
        (
            {"sheets": [7]},
            "sheets[0]: is no table of this export. Use some of: summary, ",
        ),
        (
            {"sheets": "notice"},
            pinned.line("sheets", "argument.type", "ledger.sheets.do", type="str"),
        ),
        (
            {"unit": "U1", "sheets": ["summary"]},
            f"{pinned.text('ledger.no_sheet.do', known='projects, assignments, by_unit, notice, pairs')}.",
        ),
        (
            {"unit": "U1", "community": "K1"},
            pinned.line(
                pinned.text("ledger.both.where"), "ledger.both", "ledger.both.do"
            ),
        ),
        (
            {"unit": "U9"},
            pinned.line(
                "unit",
                "ledger.unlisted",
                "ledger.unlisted.do",
                name="'U9'",
                what="unit",
            ),
        ),
        (
            {"community": 5},
            pinned.line("community", "argument.type", "argument.id.do", type="int"),
        ),
        (
            {"tz": "Mars/Olympus"},
            pinned.line("tz", "record.zone.unknown", "record.zone.unknown.do"),
        ),
    ],
)
def test_a_choice_that_is_none_is_told(
    choice: dict[str, Any], message: str, street: mk.Problem, plan: mk.Plan
) -> None:
    with pytest.raises(InputError) as caught:
        plan_grids(street, plan, **choice)
    assert message in str(caught.value)


def test_many_members_and_many_windows_are_counted_after_some() -> None:
    days = [datetime(2026, 5, day, 8, tzinfo=UTC) for day in range(1, 9)]
    windows = [mk.Window(start=day, end=day.replace(hour=9)) for day in days]
    problem = mk.Problem(
        zone="UTC",
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="K")],
        resources=[mk.Resource(id=f"R{number:03}", unit="U") for number in range(130)],
        demands=[
            mk.Demand(
                id="D",
                community="K",
                windows=windows,
                requirements=[mk.Requirement(id="Q", wanted=130)],
            )
        ],
    )
    plan = mk.solve(problem)
    [row] = tables(problem, plan)["projects"]
    assert row["members"].startswith("R000, R001, ") and row["members"].endswith(
        "R099 and 30 more"
    )
    assert row["begins (UTC)"] == datetime(2026, 5, 1, 8)  # noqa: DTZ001
    assert row["ends (UTC)"] == datetime(2026, 5, 8, 9)  # noqa: DTZ001
    assert tables(problem, plan)["notice"][0]["when (UTC)"].endswith(
        "Tue 2026-05-05 08:00-09:00 and 3 more"
    )
    [told] = tables(problem, plan, lang="zh")["项目清单"]
    assert told["成员"].endswith("R099 等 130 项")


def test_the_notice_alone_is_the_notice_of_the_workbook(
    street: mk.Problem, plan: mk.Plan
) -> None:
    assert (
        notice_grid(street, plan, lang="zh") == plan_grids(street, plan, lang="zh")[-1]
    )


def test_coverage_by_hand() -> None:
    """Of tier 1 A wants 2 and gets none, as nobody can; B gets 1 of 2, all that ana has."""
    skill = mk.SkillLevel(skill="none has it")
    needs = {"A": [skill], "B": []}
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="A"), mk.Community(id="B", name="Brook")],
        resources=[mk.Resource(id="ana", unit="U")],
        demands=[
            mk.Demand(
                id=f"D{name}",
                community=name,
                requirements=[mk.Requirement(id=f"Q{name}", wanted=2, skills=skills)],
            )
            for name, skills in needs.items()
        ],
    )
    (grid,) = plan_grids(problem, mk.solve(problem), sheets=["coverage"])
    assert grid.rows[1:] == [
        [1, "A", "A", 2, 0, 2, 0.0, 1, "nobody"],
        [1, "B", "Brook", 2, 1, 1, 0.5, 2, "ana"],
    ]
    (bare,) = plan_grids(
        problem, mk.solve(problem), sheets=["coverage"], explained=False
    )
    assert bare.rows[0] == [*grid.rows[0][:7]]
