"""The published schemas are current, and judge structure as the records do."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pinned
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import matchkit as mk
from matchkit.errors import InputError
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solving.solve import solve
from matchkit.tables.published import generated, schema, schema_text

Sound = dict[str, Any]
PROBLEM, PLAN = (
    Draft202012Validator(schema("problem")),
    Draft202012Validator(schema("plan")),
)
LOADED: dict[str, tuple[Draft202012Validator, Callable[[str], object]]] = {
    "problem": (PROBLEM, Problem.from_json),
    "plan": (PLAN, Plan.from_json),
}


VERSIONS = [("problem", 1), ("plan", 1), ("lottery", 2)]


@pytest.mark.parametrize(("what", "version"), VERSIONS)
def test_the_published_file_says_what_the_records_say_now(
    what: Any, version: int
) -> None:
    file = files("matchkit") / "schemas" / f"{what}-{version}.json"
    published = file.read_text(encoding="utf-8")
    assert published == schema_text(generated(what)), "run scripts/schemas"
    assert schema(what) == json.loads(published)


@pytest.mark.parametrize(("what", "version"), VERSIONS)
def test_a_schema_is_a_schema_and_carries_its_version(what: Any, version: int) -> None:
    Draft202012Validator.check_schema(schema(what))
    assert schema(what)["$id"] == f"urn:matchkit:{what}:{version}"


def test_a_lottery_keeps_its_schema() -> None:
    lottery = mk.lottery(Problem(), parts=2)
    data = json.loads(lottery.text)
    check = Draft202012Validator(schema("lottery"))
    assert check.is_valid(data)
    assert not check.is_valid({**data, "schema_version": "1"})


def test_another_word_is_an_error_of_matchkit() -> None:
    with pinned.raises(InputError, "schema.unknown"):
        schema("graph")  # type: ignore[arg-type]


def _accepted(what: str, data: object) -> bool:
    try:
        LOADED[what][1](json.dumps(data))
    except InputError:
        return False
    return True


def _plan(sound: Sound) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        solve(Problem.from_json(json.dumps(sound))).to_json()
    )
    return found


def test_what_matchkit_writes_keeps_its_schemas(sound: Sound) -> None:
    assert PROBLEM.is_valid(sound)
    assert PROBLEM.is_valid(json.loads(Problem.from_json(json.dumps(sound)).to_json()))
    plan = _plan(sound)
    assert [error.message for error in PLAN.iter_errors(plan)] == []
    assert {"assignments", "shortfalls", "outcome", "certificate"} <= set(plan)
    assert {"resource", "requirement"} <= set(plan["assignments"][0])
    assert plan["outcome"]["gap"] == 0


WEEKLY = {
    "zone": "Asia/Shanghai",
    "days": [1, 3],
    "start": "18:00",
    "end": "22:00",
    "first": "2026-05-01",
    "last": "2026-06-30",
}

SPOILED: dict[str, tuple[str, Any]] = {
    "a field missing": ("resources.0.unit", None),
    "a field unknown": ("resources.0.phone", "1"),
    "text for a number": ("resources.0.capacity", "1"),
    "a fraction": ("resources.0.capacity", 1.5),
    "true for a number": ("resources.0.capacity", True),
    "a number for text": ("resources.0.id", 1),
    "an empty id": ("resources.0.id", ""),
    "a long id": ("resources.0.id", "x" * 201),
    "a number below": ("demands.0.tier", 0),
    "a number above": ("demands.0.tier", 21),
    "a latitude above": ("communities.0.place.lat", 90.5),
    "a word unknown": ("demands.0.mode", "both"),
    "an empty list": ("demands.0.requirements", []),
    "a list for a record": ("objective", []),
    "a record for a list": ("units", {}),
    "a long list": ("resources.0.familiar", ["C1"] * 1001),
    "alternatives of none": ("demands.0.requirements.0.skills", [{"any_of": []}]),
    "a need of two shapes": (
        "demands.0.requirements.0.skills",
        [{"any_of": [{"skill": "a"}], "skill": "b"}],
    ),
    "a level of zero": (
        "demands.0.requirements.0.skills",
        [{"skill": "a", "level": 0}],
    ),
    "a rule unknown": ("rules.0.rule", "forbit"),
    "a rule unnamed": ("rules.0", {"unit": "U1", "most": 3}),
    "a rule of another shape": (
        "rules.0",
        {"rule": "unit_cap", "community": "C1", "most": 3},
    ),
    "a moment without a zone": ("demands.0.windows.0.start", "2026-05-02T08:00:00"),
    "a moment of digits": ("demands.0.windows.0.start", "1777708800"),
    "a day for a moment": ("demands.0.windows.0.start", "2026-05-02"),
    "another version": ("schema_version", "2"),
    "a pattern's clock beyond the day": (
        "resources.0.available",
        [WEEKLY | {"start": "25:00"}],
    ),
    "a pattern's day as a moment": (
        "resources.0.available",
        [WEEKLY | {"first": "2026-05-04T00:00:00Z"}],
    ),
    "an eighth day of the week": ("demands.0.windows", [WEEKLY | {"days": [8]}]),
    "a window with days": ("demands.0.windows.0.days", [1]),
    "a load below nothing": ("resources.1.loads", [{"dimension": "kg", "amount": -1}]),
    "a rule soft in an unknown way": ("rules.0.soft", {"penalty": 3}),
    "a cover that counts in no way": (
        "rules.0",
        {"rule": "cover", "demand": "D1", "skills": [{"skill": "a"}]},
    ),
    "a period unknown": (
        "rules.0",
        {"rule": "count_budget", "most": 1, "per": "month"},
    ),
    "resources of one": ("rules.0", {"rule": "keep_apart", "resources": ["R1"]}),
    "an aim at an unknown measure": (
        "objective.aims",
        [{"name": "x", "parts": [{"measure": "fairness"}]}],
    ),
    "a score of half a point": (
        "scores",
        [{"resource": "R1", "requirements": ["Q1"], "points": [0.5]}],
    ),
}


def _put(data: Any, path: str, value: Any) -> None:
    *steps, last = path.split(".")
    for step in steps:
        data = data[int(step)] if isinstance(data, list) else data[step]
    if isinstance(data, list):
        data[int(last)] = value
    elif value is None:
        del data[last]
    else:
        data[last] = value


@pytest.mark.parametrize("fault", SPOILED)
def test_a_structural_fault_of_a_problem_is_one_to_both(
    sound: Sound, fault: str
) -> None:
    assert _accepted("problem", sound)
    _put(sound, *SPOILED[fault])
    assert not _accepted("problem", sound)
    assert not PROBLEM.is_valid(sound)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("assignments.0.quantity", 0),
        ("assignments.0.resource", None),
        ("assignments.0.name", "x"),
        ("outcome.status", "infeasible"),
        ("outcome.versions.0", ["numpy"]),
        ("outcome.goals.0.value", 1.5),
        ("certificate.bound.0", "1"),
        ("certificate.resources.0.price", 5),
        ("shortfalls.0.missing", 0),
        ("schema_version", "0"),
    ],
)
def test_a_structural_fault_of_a_plan_is_one_to_both(
    sound: Sound, path: str, value: Any
) -> None:
    sound["demands"][1]["requirements"][0]["wanted"] = (
        3  # R2 gives one at most, so something is short
    )
    plan = _plan(sound)
    assert _accepted("plan", plan)
    _put(plan, path, value)
    assert not _accepted("plan", plan)
    assert not PLAN.is_valid(plan)


def _paths(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    for step, inner in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield from _paths(inner, (*path, step))


VALUES = st.sampled_from(
    [
        None,
        True,
        0,
        -1,
        1,
        10**12,
        0.5,
        "",
        "C1",
        "both",
        "2026-05-02T08:00:00Z",
        [],
        ["C1"],
        {},
        {"id": "X"},
    ]
)


@given(st.data())
def test_what_the_records_accept_the_schema_accepts(data: st.DataObject) -> None:
    spoiled = copy.deepcopy(BASE)
    for _ in range(data.draw(st.integers(1, 3))):
        paths = list(_paths(spoiled))
        if not paths:
            break
        *steps, last = data.draw(st.sampled_from(paths))
        here: Any = spoiled
        for step in steps:
            here = here[step]
        if data.draw(st.booleans()):
            del here[last]
        else:
            here[last] = data.draw(VALUES)
    if _accepted("problem", spoiled):
        assert [error.message for error in PROBLEM.iter_errors(spoiled)] == []


BASE: dict[str, Any] = {
    "units": [{"id": "U1"}],
    "communities": [{"id": "C1"}],
    "resources": [
        {
            "id": "R1",
            "unit": "U1",
            "skills": [{"skill": "a", "level": 2}],
            "mode": "both",
            "place": {"lat": 1.0, "lon": 2},
            "available": [WEEKLY],
        }
    ],
    "demands": [
        {
            "id": "D1",
            "community": "C1",
            "requirements": [{"id": "Q1", "skills": [{"any_of": [{"skill": "a"}]}]}],
        }
    ],
    "rules": [
        {"rule": "max_distance", "km": 1.5},
        {"rule": "lock", "resource": "R1", "requirement": "Q1", "soft": {"price": 3}},
        {
            "rule": "hours_budget",
            "minutes": 600,
            "per": "days",
            "days": 3,
            "zone": "Asia/Shanghai",
        },
        {
            "rule": "cover",
            "demand": "D1",
            "counting": "one",
            "skills": [{"skill": "a", "level": 2, "count": 1}],
        },
    ],
    "scores": [{"resource": "R1", "requirements": ["Q1"], "points": [5]}],
    "objective": {
        "distance": 0,
        "aims": [
            {
                "name": "first",
                "parts": [{"measure": "filled", "tier": 1}],
                "tolerance": 1,
            }
        ],
    },
}
