"""The page has no numbers of its own: every sum is that of the plan, counted here once more from its
assignments and shortfalls.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from pages import data_of, elements, number, table_of

import matchkit as mk
from matchkit.plan import Plan


def _wanted(street: mk.Problem) -> int:
    return sum(need.wanted for demand in street.demands for need in demand.requirements)


def test_the_head_says_what_assignments_and_shortfalls_add_up_to(
    street: mk.Problem, plan: Plan, english: Path
) -> None:
    bold = [
        number(one["text"])
        for one in elements(english)
        if one["tag"] == "b" and "result" in one["around"]
    ]
    filled, missing = (
        sum(entry.quantity for entry in plan.assignments),
        sum(lack.missing for lack in plan.shortfalls),
    )
    assert bold == [
        filled,
        missing,
        sum(lack.below_minimum for lack in plan.shortfalls),
        len({entry.resource for entry in plan.assignments}),
    ]
    assert filled + missing == _wanted(street)


def test_the_bars_of_tiers_are_the_goals_of_the_plan(plan: Plan, english: Path) -> None:
    rows = {
        row[0]: [number(cell) for cell in row[1:5]]
        for row in table_of(english, "coverage_by_tier")
    }
    goals = {goal.name: goal.value for goal in plan.outcome.goals}
    for tier in (1, 2, 3):
        wanted, filled, missing, below = rows[f"Tier {tier}"]
        assert filled == goals[f"tier {tier}"] + goals.get(f"tier {tier} minimum", 0)
        assert (wanted - filled, missing) == (
            sum(lack.missing for lack in plan.shortfalls if lack.tier == tier),
        ) * 2
        assert below == sum(
            lack.below_minimum for lack in plan.shortfalls if lack.tier == tier
        )


def test_the_bars_of_communities_add_up_to_all(
    street: mk.Problem, english: Path
) -> None:
    rows = [
        [number(cell) for cell in row[1:5]]
        for row in table_of(english, "coverage_by_community")
    ]
    filled, missing, below = (
        sum(column) for column in list(zip(*rows, strict=True))[1:]
    )
    assert (filled, missing, below) == (178, 46, 3)
    assert sum(row[0] for row in rows) == _wanted(street)


def test_loads_and_bands_add_up_to_what_is_filled(plan: Plan, english: Path) -> None:
    filled = sum(entry.quantity for entry in plan.assignments)
    assert sum(number(row[3]) for row in table_of(english, "load_per_unit")) == filled
    assert sum(number(row[2]) for row in table_of(english, "flows")) == filled


def test_as_many_give_a_number_of_slots_as_the_plan_says(
    street: mk.Problem, plan: Plan, english: Path
) -> None:
    given = Counter(entry.resource for entry in plan.assignments)
    able = [
        entry.id
        for entry in street.resources
        if entry.kind in ("person", "venue") and entry.capacity
    ]
    rows = table_of(english, "load_per_person")
    assert [row[0] for row in rows] == ["none", "1 slot"]
    assert [number(row[1]) for row in rows] == [
        sum(given[name] == load for name in able) for load in (0, 1)
    ]


def test_the_script_gets_every_assignment_once(
    street: mk.Problem, plan: Plan, english: Path
) -> None:
    data = data_of(english)
    pairs = zip(
        *(data["assignments"][key] for key in ("resource", "requirement", "quantity")),
        strict=True,
    )
    told = [
        (data["resources"]["id"][who], data["requirements"]["id"][need], units)
        for who, need, units in pairs
    ]
    assert sorted(told) == sorted(
        (entry.resource, entry.requirement, entry.quantity)
        for entry in plan.assignments
    )


def test_every_shortfall_is_listed_with_what_is_missing(
    plan: Plan, english: Path
) -> None:
    data = data_of(english)
    listed = zip(
        data["shortages"]["requirement"], data["shortages"]["missing"], strict=True
    )
    told = {data["requirements"]["id"][need]: missing for need, missing in listed}
    assert told == {lack.requirement: lack.missing for lack in plan.shortfalls}


def test_goals_and_bounds_are_those_of_the_outcome(plan: Plan, english: Path) -> None:
    text = english.read_text(encoding="utf-8")
    proof = text[
        text.index('<section id="proof"') : text.index('<section id="provenance"')
    ]
    cells = [
        number(cell) for cell in re.findall(r'<td class="number">([\d,]+)</td>', proof)
    ]
    assert cells == [
        figure
        for goal in plan.outcome.goals
        for figure in (goal.value, goal.bound, goal.tolerance)
    ]


def test_where_it_comes_from_is_that_of_the_outcome(plan: Plan, english: Path) -> None:
    told = " ".join(one["text"] for one in elements(english) if one["tag"] == "dd")
    for said in (
        plan.outcome.digest,
        plan.outcome.engine,
        plan.outcome.reason.text(),
        *(f"{name} {version}" for name, version in plan.outcome.versions),
    ):
        assert said in told


def test_causes_add_up_to_what_is_missing(
    street: mk.Problem, plan: Plan, english: Path
) -> None:
    text = english.read_text(encoding="utf-8")
    part = text[text.index('<section id="shortages"') :]
    part = part[: part.index("</table>")]
    causes = dict(
        re.findall(r"<bdi>([^<]*)</bdi></th><td class=\"number\">([\d,]+)<", part)
    )
    assert sum(map(number, causes.values())) == 46
    assert mk.Explainer(street, plan).shortages().line().count(" ") > len(causes)
    assert all(
        f"{cause} {units}" in mk.Explainer(street, plan).shortages().line()
        for cause, units in causes.items()
    )
