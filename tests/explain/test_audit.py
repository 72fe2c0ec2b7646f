"""An audit by hand: what a table breaks and by how much, what it is worth, what of it can be kept, and what
would help.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pinned
import pytest

import matchkit as mk
from matchkit.answers.audit import Audit
from matchkit.errors import BudgetError, InputError
from matchkit.explain.audit.audit import audit
from matchkit.explain.audit.table import MOST_ROWS
from matchkit.messages.message import LANGUAGES
from matchkit.model import FACTORS

ONLY = mk.Objective(
    skill_fit=0, distance=0, preference=0, familiarity=0, previous=0
)  # a slot is worth its demand's weight
HERE, AWAY = (
    mk.Place(lat=36.0, lon=103.8),
    mk.Place(lat=36.12, lon=103.8),
)  # 0.12 degrees: 13,343 m


def at(start: int, end: int) -> mk.Window:
    """Hours of 4 May 2026."""
    return mk.Window(
        start=datetime(2026, 5, 4, start, tzinfo=UTC),
        end=datetime(2026, 5, 4, end, tzinfo=UTC),
    )


def demand(
    name: str,
    *windows: mk.Window,
    community: str = "south",
    weight: int = 100,
    **role: Any,
) -> mk.Demand:
    """D has the requirement named in lower case."""
    role = {"id": name.lower(), "wanted": 3, **role}
    fields = {
        key: role.pop(key) for key in ("minutes", "step", "tier", "mode") if key in role
    }
    return mk.Demand(
        id=name,
        community=community,
        place=HERE,
        weight=weight,
        windows=windows,
        requirements=[mk.Requirement(**role)],
        **fields,
    )


def street(*rules: mk.rules.Rule, **more: Any) -> mk.Problem:
    """A and B of U1, C and D of U2 below it; D is far away, S is a stock of 5."""
    return mk.Problem(
        **{
            "units": [mk.Unit(id="U1"), mk.Unit(id="U2", parent="U1")],
            "communities": [
                mk.Community(id="street"),
                mk.Community(id="south", parent="street"),
            ],
            "resources": [
                mk.Resource(
                    id="A",
                    unit="U1",
                    capacity=3,
                    skills=[mk.SkillLevel(skill="cook", level=2)],
                ),
                mk.Resource(
                    id="B", unit="U1", capacity=3, available=[at(8, 12)], home="south"
                ),
                mk.Resource(id="C", unit="U2", capacity=2, kind="person"),
                mk.Resource(id="D", unit="U2", place=AWAY, capacity=3),
                mk.Resource(
                    id="S",
                    unit="U2",
                    kind="supplies",
                    capacity=5,
                    loads=[mk.Load(dimension="kg", amount=10)],
                ),
            ],
            "demands": [
                demand("M", at(8, 10)),
                demand("N", at(9, 11)),
                demand("E", at(18, 20)),
                demand("K", skills=[mk.SkillLevel(skill="cook", level=3)]),
                demand(
                    "P",
                    kind="supplies",
                    wanted=4,
                    uses=[mk.Load(dimension="kg", amount=3)],
                ),
                demand("F", at(8, 12), minutes=60, step=60),
                demand("O", mode="online"),
            ],
            "rules": rules,
            "objective": ONLY,
            **more,
        }
    )


def sizes(found: Audit) -> dict[tuple[str, ...], int | None]:
    return {(fault.rule, *fault.ids): fault.amount for fault in found.faults}


CASES: list[tuple[str, list[mk.rules.Rule], list[Any], dict[tuple[str, ...], int]]] = [
    ("an unknown person", [], [("Z", "m")], {("unknown_id", "Z"): 1}),
    ("an unknown requirement", [], [("A", "x"), ("B", "x")], {("unknown_id", "x"): 1}),
    ("a row given three times", [], [("S", "p")] * 3, {("duplicate", "S", "p"): 2}),
    (
        "more than a person can give at one place",
        [],
        [("A", "m", 3)],
        {("pair_quantity", "A", "m"): 2},
    ),
    (
        "more than a person can give",
        [],
        [("C", "m"), ("C", "e"), ("C", "o")],
        {("resource_capacity", "C"): 1},
    ),
    (
        "more than a stock has",
        [],
        [("S", "p", 4)],
        {("load", "S"): 2},
    ),  # 4 * 3 = 12 of 10 kg
    (
        "more than wanted",
        [],
        [(who, "m") for who in "ABCD"],
        {("requirement_wanted", "m"): 1},
    ),
    ("another kind", [], [("S", "m")], {("kind", "S", "m"): 1}),
    ("a skill too low", [], [("A", "k")], {("skill", "A", "k"): 1}),
    ("not free", [], [("B", "e")], {("time", "B", "e"): 1}),
    (
        "two places at one time",
        [],
        [("A", "m"), ("A", "n")],
        {("overlap", "A", "m", "n"): 1},
    ),
    ("no start", [], [("A", "f")], {("start", "A", "f"): 1}),
    (
        "a start that may not be",
        [],
        [("A", "f", 1, "2026-05-04T08:30:00Z")],
        {("start", "A", "f"): 1},
    ),
    (
        "a start where none is asked",
        [],
        [("A", "m", 1, "2026-05-04T08:00:00Z")],
        {("start", "A", "m"): 1},
    ),
    # 3,343 m beyond 10 km are 4 begun kilometres; 8,343 m beyond 5 km are 9.
    (
        "too far",
        [mk.rules.MaxDistance(km=10)],
        [("D", "m")],
        {("max_distance", "D", "m"): 4},
    ),
    (
        "too far, by the closer of two limits",
        [mk.rules.MaxDistance(km=10), mk.rules.MaxDistance(km=5)],
        [("D", "m")],
        {("max_distance", "D", "m"): 9},
    ),
    (
        "a forbidden pair",
        [mk.rules.Forbid(resource="A", requirement="m")],
        [("A", "m")],
        {("forbid", "A", "m"): 1},
    ),
    (
        "a lock that is not kept",
        [mk.rules.Lock(resource="S", requirement="p", quantity=3)],
        [("S", "p")],
        {("lock", "S", "p"): 2},
    ),
    (
        "a unit's cap, with those below it",
        [mk.rules.UnitCap(unit="U1", most=1)],
        [("A", "m"), ("C", "e"), ("D", "e")],
        {("unit_cap", "U1"): 2},
    ),
    (
        "a community's cap",
        [mk.rules.CommunityCap(community="street", most=1)],
        [("A", "m"), ("C", "e")],
        {("community_cap", "street"): 1},
    ),
    # U2 has 2 + 3 + 5 = 10; a half kept back leaves 5; given are 4 + 2 = 6 (and 12 of 10 kg carried).
    (
        "a reserve",
        [mk.rules.ReserveShare(unit="U2", percent=50)],
        [("S", "p", 3), ("C", "m"), ("C", "e"), ("D", "e")],
        {("reserve_share", "U2"): 1},
    ),
    # Two hours and two hours are 240 minutes, 100 are allowed.
    (
        "a budget of hours",
        [mk.rules.HoursBudget(resource="A", minutes=100)],
        [("A", "m"), ("A", "e")],
        {("hours_budget", "A"): 140},
    ),
    (
        "a budget of services",
        [mk.rules.CountBudget(resource="A", most=1)],
        [("A", "m"), ("A", "e"), ("A", "o")],
        {("count_budget", "A"): 2},
    ),
    (
        "too little rest",
        [mk.rules.Rest(minutes=600)],
        [("A", "m"), ("A", "e")],
        {("rest", "A"): 1},
    ),  # eight hours between them
    (
        "a team too small",
        [mk.rules.Team(demand="M", least=3, most=5)],
        [("A", "m")],
        {("team", "M"): 2},
    ),
    (
        "nobody local",
        [mk.rules.LocalMember(demand="M", least=2)],
        [("A", "m"), ("B", "m")],
        {("local_member", "M"): 1},
    ),
    (
        "to be kept apart",
        [mk.rules.KeepApart(resources=["A", "B"])],
        [("A", "m"), ("B", "m")],
        {("keep_apart", "M"): 1},
    ),
    (
        "too many of a choice",
        [mk.rules.ChooseAtMost(resources=["A", "B", "C"], most=1)],
        [("A", "m"), ("B", "m"), ("C", "e")],
        {("choose_at_most",): 2},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_a_fault_is_found_with_its_exact_size_and_nothing_else(case: Any) -> None:
    _, rules, table, right = case
    found = audit(street(*rules), table, improvements=0)
    assert sizes(found) == right
    assert not found.sound
    records = [
        rule.label
        for rule in rules
        if rule.rule in {fault.rule for fault in found.faults}
    ]
    assert all(
        fault.label in records
        for fault in found.faults
        if fault.rule in {rule.rule for rule in rules}
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_every_fault_is_told_in_both_languages(case: Any) -> None:
    _, rules, table, _ = case
    found = audit(street(*rules), table)
    for fault in found.faults:
        english, chinese = (fault.line(lang) for lang in LANGUAGES)
        assert english != chinese and any(
            "\u4e00" <= letter <= "\u9fff" for letter in chinese
        )
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english)
    for lang in LANGUAGES:
        assert found.text(lang).splitlines()[0] == found.line(lang)
    assert str(found) == found.text("en")


ROWS: list[tuple[Any, str]] = [
    (5, "row_type"),
    ("A m", "row_type"),
    (None, "row_type"),
    (("A",), "row_length"),
    (("A", "m", 1, None, "by Eva"), "row_length"),
    ({"resource": "A"}, "row_missing"),
    (("", "m"), "row_id"),
    ((5, "m"), "row_no_text"),
    ((["A"], "m"), "row_no_text"),
    (("A\x07", "m"), "row_id"),
    ((" \u200b", "m"), "row_id"),
    (("A" * 201, "m"), "row_long"),
    (("A", "m", 0), "row_quantity_zero"),
    (("A", "m", -3), "row_quantity_negative"),
    (("A", "m", 10**9 + 1), "row_quantity_large"),
    (("A", "m", 10**5000), "row_quantity_large"),
    (("A", "m", 1.0), "row_quantity_type"),
    (("A", "m", True), "row_quantity_type"),
    (("A", "m", "1"), "row_quantity_type"),
    (("A", "f", 1, "tomorrow"), "row_start"),
    (("A", "f", 1, "2026-05-04T08:00:00"), "row_start"),
    (("A", "f", 1, datetime(2026, 5, 4, 8)), "row_start"),  # noqa: DTZ001 - a moment without a zone is the point
    (("A", "f", 1, 5), "row_start"),
    (("A", "f", 1, '0"\\'), "row_start"),
]


@pytest.mark.parametrize(
    "row", ROWS, ids=lambda row: row[1] if isinstance(row, tuple) else ""
)
def test_a_row_that_is_none_is_a_finding_and_is_left_out(row: tuple[Any, str]) -> None:
    found = audit(street(), [("A", "e"), row[0]])
    assert [
        (fault.rule, fault.message.key, fault.rows, fault.amount)
        for fault in found.faults
    ] == [("row", row[1], (2,), 1)]
    assert found.score.left_out == (2,) and found.score.units == 1
    assert "10000" not in found.text("en") and "Eva" not in found.to_json()


def test_an_unknown_field_is_a_finding_and_the_row_counts() -> None:
    found = audit(street(), [{"resource": "A", "requirement": "e", "Phone": "139"}])
    assert [(fault.rule, fault.message.key) for fault in found.faults] == [
        ("row", "row_fields")
    ]
    assert found.score.units == 1 and "139" not in found.to_json()


def test_ids_are_read_as_records_are() -> None:
    """Full-width letters and blanks around are the same id."""
    assert audit(
        street(),
        [{"resource": " Ａ ", "requirement": "ｅ", "quantity": 1, "start": None}],
    ).sound


NO_TABLES: list[Any] = [
    None,
    5,
    "A,m",
    b"A,m",
    {"A": "m"},
    {("A", "m")},
    iter([("A", "m")]),
]


@pytest.mark.parametrize(
    "table", NO_TABLES, ids=[type(table).__name__ for table in NO_TABLES]
)
def test_what_is_no_table_is_an_input_error(table: Any) -> None:
    with pytest.raises(InputError, match="table: is of type"):
        audit(street(), table)


@pytest.mark.parametrize(
    "wrong",
    [
        {"improvements": -1},
        {"improvements": True},
        {"improvements": 1001},
        {"time_limit": -1},
        {"best": 5},
    ],
)
def test_wrong_options_are_input_errors(wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=next(iter(wrong))):
        audit(street(), [], **wrong)
    with pytest.raises(InputError, match="problem"):
        audit("street", [])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "given",
    [
        *(
            "Ann Smith",
            "ann smith",
            "ANN  SMITH",
            "smith, ann",
            "A (Ann)",
            "Bo Li",
            "bo",
        ),  # names that the problem holds
        *("13812345678", "138-1234-5678", "A13812345678", "ann@example.org", "A@b"),
        *(
            "John",
            "john doe",
            "王五",
            "Z (see below)",
        ),  # no id of the problem looks like these
    ],
)
def test_an_unknown_id_that_may_be_somebodys_name_or_number_is_told_by_its_rows_alone(
    given: str,
) -> None:
    resources = [
        mk.Resource(id="A1", unit="U", name="Ann Smith"),
        mk.Resource(id="A2", unit="U", contact="Bo Li, 138 0000 0000"),
    ]
    role = mk.Requirement(id="Q-1")
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="C")],
        resources=resources,
        demands=[mk.Demand(id="D1", community="C", requirements=[role])],
    )
    found = audit(
        problem, [("A1", "Q-1"), (given, "Q-1"), ("A9", "Q-1"), ("A2", given)]
    )
    unknown = [
        (fault.ids, fault.rows) for fault in found.faults if fault.rule == "unknown_id"
    ]
    assert unknown == [((), (2, 4)), (("A9",), (3,)), ((), (2, 4))]
    everything = found.to_json() + found.text() + found.text("zh")
    assert not re.search(
        rf"{re.escape(given)}(?!\w)|\b(?:Ann|Smith|Bo|138)\b", everything, re.IGNORECASE
    )


def test_more_than_a_million_rows_are_refused() -> None:
    with pytest.raises(BudgetError, match="1,000,001 lines"):
        audit(street(), range(MOST_ROWS + 1))


def test_the_score_is_told_term_by_term_and_counts_what_can_be_counted() -> None:
    """A at E: 100; C at E: 100; 2 of S at P: 200; Z is unknown. E wants 3 and P 4 without minimum: tier 1 is
    4.
    """
    soft = mk.rules.UnitCap(unit="U2", most=1, soft=mk.rules.Soft(price=7), id="gentle")
    problem = street(soft)
    found = audit(
        problem, [("A", "e"), ("C", "e"), ("S", "p", 2), ("Z", "e"), ("A", "m", 0)]
    )
    assert [(goal.goal, goal.value) for goal in found.score.goals] == [
        ("tier 1", 4),
        ("weight", 400 - 2 * 7),
    ]
    assert dict(found.score.terms) == {
        "importance": 400,
        **dict.fromkeys((name for name in FACTORS if name != "importance"), 0),
    }
    assert [(each.rule, each.amount, each.paid) for each in found.score.payments] == [
        ("gentle", 2, 14)
    ]
    assert (found.score.units, found.score.left_out) == (4, (4, 5))


def test_the_distance_is_that_to_the_best_plan() -> None:
    """One person, two demands at one time worth 100 and 60: the best plan has the first, the table the
    second.
    """
    problem = mk.Problem(
        units=[mk.Unit(id="U")],
        communities=[mk.Community(id="south")],
        resources=[mk.Resource(id="A", unit="U", capacity=2)],
        demands=[demand("M", at(8, 10)), demand("N", at(9, 11), weight=60)],
        objective=ONLY,
    )
    found = audit(problem, [("A", "n")])
    assert (
        found.distance is not None
        and found.distance.comparable
        and found.distance.status == "optimal"
    )
    assert [
        (goal.goal, goal.table, goal.best, goal.bound, goal.difference)
        for goal in found.distance.goals
    ] == [
        ("tier 1", 1, 1, 1, 0),
        ("weight", 60, 100, 100, 40),
    ]
    assert found.line("en") == pinned.text(
        "audit.line_behind", amount=40, goal="weight"
    )
    [better] = found.improvements
    assert (better.kind, better.out[0].requirement, better.put[0].requirement) == (
        "move",
        "n",
        "m",
    )
    assert better.line("en") == "move A from n to m: weight +40"
    assert better.line("zh") == "把 A 从 n 调到 m：总分 +40"
    assert audit(problem, [("A", "m")]).line("en") == pinned.text("audit.line_optimal")


def test_the_largest_part_keeps_what_can_be_kept_together_and_what_locks_demand() -> (
    None
):
    """U1 may give 2 with U2 below it; C is locked to O; of A and B at M one stays, and nothing says C is of
    the table.
    """
    problem = street(
        mk.rules.UnitCap(unit="U1", most=2),
        mk.rules.Lock(resource="C", requirement="o"),
    )
    part = audit(problem, [("A", "m"), ("B", "m")]).part
    assert part is not None and (part.units, part.of, part.most, part.proved) == (
        1,
        2,
        1,
        True,
    )
    assert [(pair.resource, pair.requirement) for pair in part.kept] in (
        [("A", "m")],
        [("B", "m")],
    )
    assert {pair.resource for pair in (*part.kept, *part.dropped)} == {"A", "B"}
    assert [(pair.resource, pair.requirement, pair.units) for pair in part.added] == [
        ("C", "o", 1)
    ]
    assert [(goal.goal, goal.value) for goal in part.goals] == [
        ("tier 1", 2),
        ("weight", 200),
    ]


def test_where_a_lock_asks_for_more_than_the_table_and_locks_have_no_part_is_a_plan() -> (
    None
):
    """A is locked to M, whose team has at least two; the table has only A: with B there would be a plan."""
    problem = street(
        mk.rules.Lock(resource="A", requirement="m"),
        mk.rules.Team(demand="M", least=2, most=5),
    )
    found = audit(problem, [("A", "m")])
    assert (found.part, found.part_unknown) == (None, "none")
    assert found.distance is not None


def test_where_hard_rules_contradict_each_other_faults_are_found_all_the_same() -> None:
    problem = street(mk.rules.Lock(resource="A", requirement="k"))
    found = audit(problem, [("B", "e")])
    assert found.distance is None and (found.unsolved, found.part_unknown) == (
        "contradiction",
        "contradiction",
    )
    assert sizes(found) == {("time", "B", "e"): 1, ("lock", "A", "k"): 1}
    assert "contradict" in found.text("en")


def test_two_at_each_others_places_are_swapped() -> None:
    """A earns 100 + 40 at M and 100 at N, B the other way round; both are full."""
    problem = street(
        resources=[mk.Resource(id="A", unit="U1"), mk.Resource(id="B", unit="U1")],
        demands=[demand("M", at(8, 10), wanted=1), demand("N", at(9, 11), wanted=1)],
        scores=[
            mk.Scores(resource="A", requirements=["m"], points=[40]),
            mk.Scores(resource="B", requirements=["n"], points=[40]),
        ],
    )
    [better] = audit(problem, [("A", "n"), ("B", "m")]).improvements
    assert better.line("en") == "swap A at n with B at m: weight +80"
    assert better.line("zh") == "将 n 的 A 与 m 的 B 对调：总分 +80"
    assert [(pair.resource, pair.requirement) for pair in better.put] == [
        ("A", "m"),
        ("B", "n"),
    ]


def test_who_is_added_to_a_flexible_demand_is_told_when_to_come() -> None:
    """B is there at ten already; A is added at that time."""
    problem = street(
        resources=[mk.Resource(id="A", unit="U1"), mk.Resource(id="B", unit="U1")],
        demands=[demand("F", at(8, 12), minutes=60, step=60)],
    )
    [better] = audit(problem, [("B", "f", 1, "2026-05-04T10:00:00Z")]).improvements
    assert (better.kind, better.starts) == ("add", ("2026-05-04T10:00:00Z",))


def test_a_plan_that_says_something_false_of_itself_is_told_apart_from_a_broken_rule() -> (
    None
):
    problem = street()
    plan = mk.solve(problem)
    forged = plan.model_copy(
        update={
            "outcome": plan.outcome.model_copy(update={"value": plan.outcome.value + 1})
        }
    )
    found = audit(problem, forged)
    assert found.sound and [fault.rule for fault in found.faults] == ["value"]
    assert found.line("en") == pinned.text("audit.line_claims", faults=1)


def test_the_same_table_gives_the_same_audit_and_the_order_of_rows_changes_row_numbers_only() -> (
    None
):
    table = [("A", "m"), ("A", "n"), ("B", "e"), ("S", "p", 4), ("Z", "m")]
    first, again = audit(street(), table), audit(street(), list(table))
    assert first.to_json() == again.to_json()
    turned = audit(street(), table[::-1])
    assert (
        turned.improvements == first.improvements
        and turned.score.goals == first.score.goals
        and turned.part == first.part
    )


def test_an_audit_is_a_record() -> None:
    found = audit(street(), [("A", "k"), ("Z", "m"), (1, 2)])
    assert Audit.model_validate_json(found.to_json()) == found
    assert Audit.model_validate_json(found.to_json()).text("zh") == found.text("zh")
