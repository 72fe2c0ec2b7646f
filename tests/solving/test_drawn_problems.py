"""Lotteries over the plans of a problem: odds against linear programs, all plans of small lotteries, draws and
replays by ids, what is refused, and a checker that finds what was tampered with.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

import drawn_problems
import numpy as np
import pinned
import pytest

import matchkit as mk
from matchkit.errors import ContradictionError, InputError, UnsupportedError
from matchkit.results import ProblemLottery

SEED = "4 8 15 16 23 42"


def course(*rules: mk.rules.Rule, **changes: Any) -> mk.Problem:
    """Four people of two clubs, two courses in two districts with two places and one."""
    people = {"ana": "east", "bo": "east", "cy": "west", "di": "west"}
    return mk.Problem(
        units=[mk.Unit(id="east"), mk.Unit(id="west")],
        communities=[
            mk.Community(id="town"),
            mk.Community(id="north", parent="town"),
            mk.Community(id="south", parent="town"),
        ],
        resources=[
            mk.Resource(
                id=one, unit=unit, groups=["new"] if one in ("bo", "di") else []
            )
            for one, unit in people.items()
        ],
        demands=[
            mk.Demand(
                id=f"D{place}",
                community=community,
                requirements=[mk.Requirement(id=place, wanted=wanted)],
                **changes,
            )
            for place, community, wanted in (
                ("cooking", "north", 2),
                ("first aid", "south", 1),
            )
        ],
        rules=rules,
    )


@pytest.mark.parametrize("seed", range(30))
def test_odds_are_the_best_averages_and_plans_add_up_to_them(seed: int) -> None:
    problem = drawn_problems.drawn(seed)
    options = drawn_problems.caps_on_odds(problem, seed)
    parts = drawn_problems.PARTS
    try:
        lottery = mk.lottery(problem, **options)
    except ContradictionError:
        return
    best = drawn_problems.best_averages(problem, options)
    assert [goal.name for goal in lottery.goals] == [name for name, _ in best]
    for goal, (_, average) in zip(lottery.goals, best, strict=True):
        assert goal.value / parts == pytest.approx(average, abs=1e-6)
        assert goal.bound == goal.value
    total = Counter[tuple[str, str]]()
    for number in range(parts):
        total.update(lottery.plan(number))
    assert total == {(one.resource, one.requirement): one.odds for one in lottery.pairs}
    plan = lottery.draw(SEED, seed)  # draw() verifies it
    assert plan.outcome.drawn is not None
    assert mk.check_draw(lottery.text, plan.outcome.drawn, plan, problem=problem).ok
    again = ProblemLottery.read(problem, lottery.text)
    assert again.replay(plan.outcome.drawn) == plan


def test_the_file_that_is_published_is_what_is_hashed() -> None:
    lottery = mk.lottery(course(), cap=0.5, parts=8)
    assert hashlib.sha256(lottery.text.encode()).hexdigest() == lottery.digest
    assert lottery.text.isascii() and "\n" not in lottery.text
    assert lottery.digest == mk.lottery(course(), cap=0.5, parts=8).digest
    assert lottery.probability("ana", "cooking") <= 0.5
    assert lottery.probability("ana", "nothing") == 0


def test_odds_of_equal_people_are_worked_by_hand() -> None:
    """With a cap of 3/8 four people fill 12/8 of the two places to cook, and the one of first aid."""
    lottery = mk.lottery(course(), cap=3 / 8, parts=8)
    cooking = [one.odds for one in lottery.pairs if one.requirement == "cooking"]
    others = [one.odds for one in lottery.pairs if one.requirement == "first aid"]
    assert cooking == [3, 3, 3, 3] and sum(others) == 8
    whole = mk.lottery(course(), cap=np.int8(1), unit_cap=np.int8(1), parts=256)
    assert whole.digest == mk.lottery(course(), cap=1, unit_cap=1, parts=256).digest
    filled, weight = lottery.goals
    assert (filled.name, filled.value, weight.value) == ("tier 1", 20, 20 * 200)


@pytest.mark.parametrize("seed", range(12))
def test_perturbed_odds_are_spread_and_proven(seed: int) -> None:
    """Value and bound are counted again from the records, part by part, and are equal."""
    problem = drawn_problems.drawn(seed)
    persons = tuple(
        one.model_copy(update={"divisible": False}) for one in problem.resources
    )
    problem = problem.model_copy(update={"resources": persons})
    options = drawn_problems.caps_on_odds(problem, seed) | {"parts": 8}
    try:
        lottery = mk.lottery(problem, perturbation=0.4, **options)
        plain = mk.lottery(problem, **options)
    except ContradictionError:
        return
    assert all(goal.value == goal.bound for goal in lottery.goals)
    fills = [goal.value for goal in lottery.goals[:-1]]
    assert fills == [goal.value for goal in plain.goals[:-1]]
    assert sum(one.odds**2 for one in lottery.pairs) <= sum(
        one.odds**2 for one in plain.pairs
    )
    plan = lottery.draw(SEED)
    line = plan.outcome.drawn or ""
    assert mk.check_draw(lottery.text, line, plan, problem=problem).ok
    changed = lottery.text.replace('"perturbation":410', '"perturbation":400')
    if any(goal.value for goal in lottery.goals[-1:]):
        keys = {
            one.message.key
            for one in mk.check_draw(changed, line, plan, problem=problem).violations
        }
        assert "goal_value" in keys or all(
            one.odds == one.most for one in lottery.pairs if not one.most % 8
        )


def test_equal_people_have_equal_odds_with_a_perturbation() -> None:
    lottery = mk.lottery(course(), perturbation=0.1, parts=8)
    odds = {(one.resource, one.requirement): one.odds for one in lottery.pairs}
    assert {odds[one, "cooking"] for one in ("ana", "bo", "cy", "di")} == {4}
    assert {odds[one, "first aid"] for one in ("ana", "bo", "cy", "di")} == {2}
    stock = course().model_copy(
        update={
            "resources": (
                mk.Resource(id="ana", unit="east", capacity=2, divisible=True),
            )
        }
    )
    with pytest.raises(InputError, match="perturbation"):
        mk.lottery(stock, perturbation=0.1)


def test_caps_by_unit_community_and_group_hold_on_average_and_in_every_plan() -> None:
    problem = course()
    for options, members in (
        ({"unit_cap": 0.5}, {"ana", "bo"}),
        ({"unit_cap": {"east": 0.5}}, {"ana", "bo"}),
        ({"group_cap": 0.5}, {"bo", "di"}),
        ({"group_cap": {"new": 0.5}}, {"bo", "di"}),
    ):
        lottery = mk.lottery(problem, parts=16, **options)
        for place in ("cooking", "first aid"):
            assert sum(lottery.probability(one, place) for one in members) <= 0.5
            for number in range(16):
                plan = lottery.plan(number)
                assert sum(plan.get((one, place), 0) for one in members) <= 1
    lottery = mk.lottery(problem, parts=16, community_cap={"south": 0.25})
    odds = [lottery.probability(one, "first aid") for one in ("ana", "bo", "cy", "di")]
    assert odds == [0.25] * 4


def test_what_is_locked_is_in_every_draw_and_uses_up_caps() -> None:
    lock = mk.rules.Lock(resource="ana", requirement="cooking")
    lottery = mk.lottery(course(lock), cap=0.25, unit_cap=0.5, parts=16)
    assert lottery.probability("ana", "cooking") == 1
    assert lottery.probability("bo", "cooking") == 0
    assert all(lottery.plan(k)["ana", "cooking"] == 1 for k in range(16))


def test_what_is_locked_of_stock_uses_up_the_cap_of_its_pair() -> None:
    """Half of two units is one, which is locked; without the lock it is the most on average."""
    stock = mk.Resource(
        id="tents", unit="east", kind="tent", capacity=2, divisible=True
    )
    need = mk.Requirement(id="tents there", kind="tent", wanted=2)
    problem = mk.Problem(
        units=[mk.Unit(id="east")],
        communities=[mk.Community(id="north")],
        resources=[stock],
        demands=[mk.Demand(id="D", community="north", requirements=[need])],
        rules=[mk.rules.Lock(resource="tents", requirement="tents there")],
    )
    for cap, units in ((0.25, 1.0), (0.5, 1.0), (0.75, 1.5)):
        lottery = mk.lottery(problem, cap=cap, parts=4)
        assert lottery.probability("tents", "tents there") == units
        plan = lottery.draw(SEED)
        line = plan.outcome.drawn or ""
        assert mk.check_draw(lottery.text, line, plan, problem=problem).ok


def test_nothing_is_drawn_below_a_cap_with_nothing_left() -> None:
    """The cap of the whole town is used up by a lock; that of the district below it is not."""
    problem = course(
        mk.rules.CommunityCap(community="town", most=1),
        mk.rules.CommunityCap(community="north", most=2),
        mk.rules.Lock(resource="ana", requirement="cooking"),
    )
    for perturbation in (0.0, 0.25):
        lottery = mk.lottery(problem, perturbation=perturbation, parts=8)
        assert [(one.resource, one.odds) for one in lottery.pairs] == [("ana", 8)]
        plan = lottery.draw(SEED)
        line = plan.outcome.drawn or ""
        assert mk.check_draw(lottery.text, line, plan, problem=problem).ok


def test_caps_that_keep_slots_empty_are_told_with_a_hall_set() -> None:
    lottery = mk.lottery(course(), cap=0.25, parts=16)
    shortage = lottery.shortage
    assert shortage is not None
    assert (shortage.kind, shortage.ids) == ("requirement", ("cooking", "first aid"))
    assert (shortage.wanted, shortage.room, shortage.possible) == (48, 32, 3)
    assert "cooking" in shortage.text() and "cooking" in shortage.text("zh")
    only = mk.lottery(course(), cap={("ana", "first aid"): 0.0}, parts=16)
    assert only.shortage is None


def test_the_outcome_says_by_which_line_a_plan_was_drawn() -> None:
    lottery = mk.lottery(course(), cap=0.5, parts=8)
    plan = lottery.draw(SEED)
    line = f'matchkit draw 1: lottery {lottery.digest}, draw 0, seed "{SEED}"'
    assert plan.outcome.drawn == line
    assert (plan.outcome.engine, plan.outcome.status) == ("lottery", "feasible")
    assert plan.certificate is None and plan.outcome.bound is None
    assert mk.Plan.from_json(plan.to_json()) == plan
    assert lottery.replay(line) == plan


@pytest.mark.parametrize(
    "rule",
    [
        mk.rules.HoursBudget(minutes=60, per="day", zone="UTC"),
        mk.rules.Team(demand="Dcooking", least=2, most=2),
        mk.rules.UnitCap(unit="east", most=1, soft=mk.rules.Soft(price=1)),
    ],
)
def test_rules_that_no_flow_expresses_are_refused_by_name(rule: mk.rules.Rule) -> None:
    with pytest.raises(UnsupportedError) as caught:
        mk.lottery(course(rule))
    where = pinned.text("where.rule", id=rule.label)
    assert [one.where for one in caught.value.complaints] == [where]
    assert pinned.text("lottery.problem.do") in str(caught.value)


@pytest.mark.parametrize(
    ("objective", "key"),
    [
        (mk.Objective(fair="communities"), "lottery.shares"),
        (mk.Objective(stable="weak"), "lottery.ranks"),
    ],
)
def test_fair_shares_and_ranks_have_no_lottery(
    objective: mk.Objective, key: str
) -> None:
    problem = course().model_copy(update={"objective": objective})
    with pytest.raises(UnsupportedError) as caught:
        mk.lottery(problem)
    assert pinned.text(key) in str(caught.value)


@pytest.mark.parametrize(
    ("options", "where", "key", "values"),
    [
        ({"cap": 1.5}, "cap", "graph.is", {"value": "1.5"}),
        ({"cap": float("nan")}, "cap", "graph.is", {"value": "nan"}),
        ({"cap": {("ana", "tea"): 1}}, "cap", "lottery.cap_unknown", {"name": "('ana', 'tea')"}),
        ({"cap": {"ana": 1}}, "cap", "lottery.cap_unknown", {"name": "'ana'"}),
        ({"unit_cap": {"north": 1}}, "unit_cap", "lottery.cap_unknown", {"name": "'north'"}),
        ({"community_cap": {"east": 1}}, "community_cap", "lottery.cap_unknown", {"name": "'east'"}),
        ({"unit_cap": 1, "group_cap": 1}, "unit_cap", "lottery.two_groups", {}),
        ({"group_cap": {"old": 1}}, "group_cap", "lottery.cap_unknown", {"name": "'old'"}),
        ({"parts": 3}, "parts", "lottery.parts", {}),
        ({"left_group": [0]}, "left_group", "lottery.option_of.graph", {}),
    ],
)  # fmt: skip
def test_what_is_no_option_of_a_lottery_is_refused(
    options: dict[str, Any], where: str, key: str, values: dict[str, str]
) -> None:
    with pytest.raises(InputError) as caught:
        mk.lottery(course(), **options)
    (one,) = caught.value.complaints
    assert (one.where, one.fact) == (where, pinned.text(key, **values))


def test_a_resource_in_two_groups_and_an_option_of_problems_for_a_graph_are_refused() -> (
    None
):
    both = mk.Resource(id="ana", unit="east", groups=["a", "b"])
    problem = course().model_copy(update={"resources": (both,)})
    mk.lottery(problem, group_cap={"b": 1})
    with pytest.raises(InputError) as caught:
        mk.lottery(problem, group_cap=1)
    assert pinned.text("lottery.two_of", one="a", other="b") in str(caught.value)
    with pytest.raises(InputError) as caught:
        mk.lottery(mk.BipartiteGraph.from_matrix([[1]]), unit_cap=1)
    assert pinned.text("lottery.option_of.problem") in str(caught.value)
    with pytest.raises(TypeError):
        mk.lottery(course(), fairness=1)


def test_groups_of_one_key_are_one_group() -> None:
    """In all four people have at most one half of the places of a course, however their group is written."""
    written = ("New", "new", "NEW", "\uff2e\uff25\uff37")
    people = [
        one.model_copy(update={"groups": (name,)})
        for one, name in zip(course().resources, written, strict=True)
    ]
    problem = course().model_copy(update={"resources": tuple(people)})
    for cap in (0.5, {"nEw": 0.5}):
        lottery = mk.lottery(problem, group_cap=cap, parts=8)
        odds = Counter[str]()
        for pair in lottery.pairs:
            odds[pair.requirement] += pair.odds
        assert odds == {"cooking": 4, "first aid": 4}
        plan = lottery.draw(SEED)
        line = plan.outcome.drawn or ""
        assert mk.check_draw(lottery.text, line, plan, problem=problem).ok
        text = _tampered(lottery.text, left=lambda rows: rows[1].update(group=""))
        line = line.replace(lottery.digest, hashlib.sha256(text.encode()).hexdigest())
        assert not mk.check_draw(text, line, plan, problem=problem).ok
    with pytest.raises(InputError):
        mk.lottery(problem, group_cap={"new": 0.5, "New": 0.5})


def test_a_lottery_of_another_problem_or_a_changed_text_is_refused() -> None:
    lottery = mk.lottery(course(), cap=0.5, parts=8)
    other = course(mk.rules.UnitCap(unit="east", most=1))
    with pytest.raises(InputError, match="is of the problem"):
        ProblemLottery.read(other, lottery.text)
    for text in (
        lottery.text + "\n",
        lottery.text.replace(":", ": ", 1),
        lottery.text.replace('"parts":8', '"parts":6'),
        "{}",
        "",
        "[" * 100_000,
        None,
        lottery.text.replace('"above":-1', '"above":7', 1),
    ):
        with pytest.raises(InputError) as caught:
            ProblemLottery.read(course(), text)  # type: ignore[arg-type]
        assert pinned.text("lottery.text") in str(caught.value)
    with pytest.raises(InputError):
        lottery.replay("matchkit draw 1")
    with pytest.raises(InputError):
        lottery.plan(8)


def _tampered(text: str, **changes: Any) -> str:
    content = json.loads(text)
    for name, change in changes.items():
        change(content[name])
    return json.dumps(content, separators=(",", ":"))


def _more(name: str, place: int = 0) -> Any:
    def change(rows: list[dict[str, Any]]) -> None:
        rows[place][name] += 1

    return change


def test_odds_of_pairs_that_the_problem_does_not_have_are_not_drawn() -> None:
    problem = course(mk.rules.Forbid(resource="ana", requirement="first aid"))
    text = mk.lottery(problem, parts=8).text

    def unknown(field: str, name: str) -> Any:
        def change(rows: list[dict[str, Any]]) -> None:
            for row in rows:
                row[field] = name if row[field] in ("ana", "cooking") else row[field]

        return change

    more = {"resource": "ana", "requirement": "first aid", "most": 8, "odds": 8}
    for tampered in (
        _tampered(text, left=unknown("id", "zoe"), pairs=unknown("resource", "zoe")),
        _tampered(
            text, right=unknown("id", "zoo"), pairs=unknown("requirement", "zoo")
        ),
        _tampered(text, pairs=lambda rows: rows.append(more)),
    ):
        lottery = ProblemLottery.read(problem, tampered)
        with pytest.raises(InputError) as caught:
            lottery.draw(SEED)
        assert pinned.text("lottery.text") in str(caught.value)


def test_what_was_tampered_with_is_found_from_the_records() -> None:
    lock = mk.rules.Lock(resource="ana", requirement="cooking")
    cap = mk.rules.UnitCap(unit="east", most=1)
    problem = course(lock, cap)
    lottery = mk.lottery(problem, cap=0.5, unit_cap=1.0, parts=8)
    plan = lottery.draw(SEED)
    line = plan.outcome.drawn or ""
    assert mk.check_draw(lottery.text, line, plan, problem=problem).ok

    def keys(text: str, of: mk.Problem = problem) -> set[str]:
        digest = hashlib.sha256(text.encode()).hexdigest()
        new = line.replace(lottery.digest, digest)
        found = mk.check_draw(text, new, plan, problem=of).violations
        return {one.message.key for one in found}

    assert keys(lottery.text) == set()
    for changes, key in (
        ({"left": _more("most", 1)}, "odds_most"),
        ({"left": _more("load", 1)}, "odds_load"),
        ({"pairs": _more("most")}, "odds_cap"),
        ({"pairs": _more("odds")}, "odds_load"),
        ({"goals": _more("value", 1)}, "goal_value"),
        ({"goals": _more("bound", 1)}, "odds_bound"),
        ({"left": lambda rows: rows.pop()}, "lottery_text"),
        ({"right": lambda rows: rows[0].update(price=[])}, "odds_price"),
        ({"right": lambda rows: rows[0].update(price=[0, 0])}, "odds_bound"),
        ({"pairs": lambda rows: rows.pop(0)}, "odds_locked"),
        ({"pairs": lambda rows: rows.reverse()}, "odds_order"),
        ({"left": lambda rows: rows[1].update(group="west")}, "odds_group"),
    ):
        assert key in keys(_tampered(lottery.text, **changes)), (changes, key)
    assert keys(lottery.text, course(lock)) & {"odds_entry"}
    forbid = mk.rules.Forbid(resource="cy", requirement="cooking")
    assert "odds_not_eligible" in keys(lottery.text, course(lock, cap, forbid))
    other = plan.model_copy(
        update={"outcome": plan.outcome.model_copy(update={"drawn": None})}
    )
    found = mk.check_draw(lottery.text, line, other, problem=problem).violations
    assert {one.message.key for one in found} == {"drawn_by"}
    fewer = plan.model_copy(update={"assignments": plan.assignments[1:]})
    found = mk.check_draw(lottery.text, line, fewer, problem=problem).violations
    assert "drawn_units" in {one.message.key for one in found}
    rows = [(*pair, units) for pair, units in lottery.plan(0).items()]
    others = [(*pair, units) for pair, units in lottery.plan(7).items()]
    drawn = {(one.resource, one.requirement, one.quantity) for one in plan.assignments}
    wrong = rows if set(rows) != drawn else others
    found = mk.check_draw(lottery.text, line, wrong, problem=problem).violations
    assert {one.message.key for one in found} == {"drawn_other"}
    with pytest.raises(InputError):
        mk.check_draw(lottery.text, line, plan, problem="none")  # type: ignore[arg-type]


def test_groups_of_a_lottery_are_those_of_its_records() -> None:
    """Nobody leaves a group that is capped, and none is named that nothing uses."""
    nobody = mk.Resource(id="ed", unit="west", kind="tent")
    alone = course().model_copy(update={"resources": (nobody,)})
    plain = mk.lottery(course(), parts=8)
    empty = mk.lottery(alone, unit_cap=1.0, community_cap=1.0, parts=8)
    by_unit = mk.lottery(course(), unit_cap=1.0, parts=8)
    by_group = mk.lottery(course(), group_cap=1.0, parts=8)
    by_community = mk.lottery(course(), community_cap=1.0, parts=8)
    for lottery in (plain, by_unit, by_group, by_community, empty):
        plan = lottery.draw(SEED)
        line = plan.outcome.drawn or ""
        assert mk.check_draw(lottery.text, line, plan, problem=lottery.problem).ok

    def wrong(lottery: ProblemLottery, **changes: Any) -> set[tuple[str, ...]]:
        text = _tampered(lottery.text, **changes)
        plan = lottery.draw(SEED)
        line = (plan.outcome.drawn or "").replace(
            lottery.digest, hashlib.sha256(text.encode()).hexdigest()
        )
        found = mk.check_draw(text, line, plan, problem=lottery.problem).violations
        return {one.ids for one in found if one.message.key == "odds_group"}

    (idle,) = (k for k, one in enumerate(plain.published.left) if not one.load)
    ghost = {"kind": "requirement", "id": "cooking", "partners": "ghost", "above": 0}
    ghost |= {"most": 8, "load": 0}
    for lottery, changes, ids in (
        (plain, {"left": lambda rows: rows[idle].update(group="west")}, {("cy",)}),
        (empty, {"left": lambda rows: rows[0].update(group="west")}, {("ed",)}),
        (empty, {"right": lambda rows: rows[0].update(group="north")}, {("cooking",)}),
        (by_unit, {"left": lambda rows: rows[1].update(group="west")}, {("bo",)}),
        (by_unit, {"left": lambda rows: rows[1].pop("group")}, {("bo",)}),
        (by_group, {"left": lambda rows: rows[1].update(group="")}, {("bo",)}),
        (by_group, {"left": lambda rows: rows[0].update(group="new")}, {("ana",)}),
        (by_community, {"right": lambda rows: rows[0].update(group="south")}, {("cooking",), ("di",)}),
        (by_unit, {"right": lambda rows: rows.append(ghost)}, {("cooking",)}),
    ):  # fmt: skip
        assert wrong(lottery, **changes) == ids, ids
