"""What would fill a demand, and what it costs: by hand, and on random problems against every set of candidate
changes.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pinned
import pytest
from random_problems import random_problem, seeded, shuffled
from repair_campaign import campaign, every_one_works

import matchkit.model as m
from matchkit import solve
from matchkit.answers.changes import (
    AddResource,
    AddRule,
    ChangeRule,
    FreeAt,
    RemoveRule,
    Train,
)
from matchkit.answers.repairs import RepairCosts, Repairs
from matchkit.deadline import Deadline
from matchkit.errors import InputError, UnsupportedError
from matchkit.explain.repairs.repairs import repairs


def hours(start: int, end: int) -> m.Window:
    return m.Window(
        start=datetime(2026, 5, 4, start, tzinfo=UTC),
        end=datetime(2026, 5, 4, end, tzinfo=UTC),
    )


def nursing(level: int) -> list[m.SkillLevel]:
    return [m.SkillLevel(skill="nursing", level=level)]


def person(name: str, **fields: Any) -> m.Resource:
    return m.Resource(**{"id": name, "unit": "U", "name": "Zhang San", **fields})


def demand(name: str, need: dict[str, Any], **fields: Any) -> m.Demand:
    return m.Demand(
        **{
            "id": name,
            "community": "C",
            "requirements": [m.Requirement(**{"id": f"q-{name}", **need})],
            **fields,
        }
    )


def problem(
    resources: list[m.Resource], demands: list[m.Demand], *rules: Any, **fields: Any
) -> m.Problem:
    places = [m.Community(id="C", place=m.Place(lat=36.0, lon=103.0))]
    return m.Problem(
        **{
            "units": [m.Unit(id="U")],
            "communities": places,
            "resources": resources,
            "demands": demands,
            "rules": rules,
            **fields,
        }
    )


def asked(given: m.Problem, name: str, **options: Any) -> Repairs:
    return repairs(given, solve(given), name, **options)


def prices_of(answer: Repairs) -> list[int]:
    return [repair.price for repair in answer.repairs]


def test_training_more_free_time_and_a_new_person_are_weighed_by_their_prices() -> None:
    """Ana lacks one level (20), Bo three hours of the four (30), Chen both (50, dearer than either): so 20,
    30, and a new one for 100.
    """
    given = problem(
        [
            person("ana", skills=nursing(1)),
            person("bo", skills=nursing(2), available=[hours(8, 9)]),
            person("chen", skills=nursing(1), available=[hours(8, 9)]),
        ],
        [demand("d", {"skills": nursing(2)}, windows=[hours(8, 12)])],
    )
    answer = asked(given, "d", most=4)
    assert answer.exact
    assert [
        (repair.price, [type(change) for change in repair.changes])
        for repair in answer.repairs
    ] == [
        (20, [Train]),
        (30, [FreeAt]),
        (50, [Train, FreeAt]),
        (100, [AddResource, AddRule]),
    ]
    assert answer.repairs[0].changes == (
        Train(resource="ana", skill="nursing", level=2),
    )
    assert answer.repairs[1].changes == (FreeAt(resource="bo", time=hours(9, 12)),)
    assert {
        change.resource
        for change in answer.repairs[2].changes
        if isinstance(change, Train | FreeAt)
    } == {"chen"}
    assert [
        (goal.goal, goal.before, goal.after) for goal in answer.repairs[0].goals
    ] == [("tier 1", 0, 1)]


def test_a_kind_without_a_price_is_not_offered_and_other_prices_lead_to_other_repairs() -> (
    None
):
    given = problem(
        [person("ana", skills=nursing(1))], [demand("d", {"skills": nursing(3)})]
    )
    assert prices_of(asked(given, "d")) == [40, 100]
    assert prices_of(asked(given, "d", prices=RepairCosts(train=None))) == [100]
    assert prices_of(
        asked(given, "d", prices=RepairCosts(train=70, add_resource=90))
    ) == [
        90,
        140,
    ]
    nothing = asked(given, "d", prices=RepairCosts(train=None, add_resource=None))
    assert (nothing.repairs, nothing.exact) == ((), True)


def test_a_cap_is_raised_by_as_many_units_as_are_missing_or_dropped_where_that_is_cheaper() -> (
    None
):
    people = [person(name) for name in ("ana", "bo", "chen")]
    given = problem(people, [demand("d", {"wanted": 2})], m.UnitCap(unit="U", most=1))
    one = asked(given, "d", prices=RepairCosts(add_resource=None))
    assert [(repair.price, repair.changes) for repair in one.repairs] == [
        (30, (ChangeRule(label="unit_cap U", rule=m.UnitCap(unit="U", most=2)),))
    ]
    given = problem(people, [demand("d", {"wanted": 3})], m.UnitCap(unit="U", most=0))
    all_three = asked(given, "d", prices=RepairCosts(add_resource=None))
    assert [(repair.price, repair.changes) for repair in all_three.repairs] == [
        (60, (RemoveRule(label="unit_cap U"),))
    ]


def test_a_reserve_is_lowered_by_as_few_percent_as_leave_a_unit_more() -> None:
    given = problem(
        [person("ana", capacity=4)],
        [demand(f"d{n}", {}) for n in range(3)],
        m.ReserveShare(unit="U", percent=50),
    )
    plan = solve(given)
    [short] = plan.shortfalls
    answer = repairs(
        given, plan, short.demand, prices=RepairCosts(add_resource=None, drop_rule=None)
    )
    assert [repair.changes for repair in answer.repairs] == [
        (
            ChangeRule(
                label="reserve_share U", rule=m.ReserveShare(unit="U", percent=25)
            ),
        )
    ]


def test_a_distance_limit_is_widened_to_the_nearest_who_is_too_far() -> None:
    """One hundredth of a degree of latitude is 1,112 m: 3.3 km and 5.6 km against a limit of 2 km."""
    far = [
        person("near", place=m.Place(lat=36.03, lon=103.0)),
        person("far", place=m.Place(lat=36.05, lon=103.0)),
    ]
    answer = asked(
        problem(far, [demand("d", {})], m.MaxDistance(km=2.0)),
        "d",
        prices=RepairCosts(add_resource=None),
    )
    [repair] = answer.repairs
    assert repair.price == 10
    [change] = repair.changes
    assert isinstance(change, ChangeRule)
    assert isinstance(change.rule, m.MaxDistance)
    assert 3.33 < change.rule.km < 3.34


def test_a_rule_that_forbids_is_dropped() -> None:
    given = problem(
        [person("ana")],
        [demand("d", {})],
        m.Forbid(resource="ana", requirement="q-d"),
        m.Rest(minutes=5),
    )
    assert [(repair.price, repair.changes) for repair in asked(given, "d").repairs] == [
        (60, (RemoveRule(label="forbid ana q-d"),)),
        (100, asked(given, "d").repairs[1].changes),
    ]


def test_a_rule_whose_label_a_soft_one_shares_is_left_alone() -> None:
    rules = (
        m.Forbid(id="twin", resource="ana", requirement="q-d"),
        m.Rest(id="twin", minutes=5, soft=m.Soft(price=1)),
    )
    assert prices_of(
        asked(problem([person("ana")], [demand("d", {})], *rules), "d")
    ) == [100]


def test_whom_the_best_plan_would_send_elsewhere_is_set_aside() -> None:
    """Both demands lack one; trained, Ana could serve either, and the other is worth more."""
    given = problem(
        [person("ana", skills=nursing(1))],
        [
            demand("d", {"skills": nursing(2)}, weight=10),
            demand("e", {"skills": nursing(2)}, weight=900),
        ],
    )
    answer = asked(given, "d", most=1)
    assert [repair.price for repair in answer.repairs] == [20]
    assert answer.repairs[0].changes[1:] == (
        AddRule(rule=m.Lock(resource="ana", requirement="q-d")),
    )
    assert list(every_one_works(given, solve(given), answer)) == []


def test_nobody_is_taken_from_a_higher_or_an_equal_tier() -> None:
    """Ana holds the first demand; whatever she learns, only a new person fills the second without emptying
    the first.
    """
    for tier in (1, 2):
        given = problem(
            [person("ana")],
            [
                demand("a", {}, tier=1, weight=900),
                demand("b", {"skills": nursing(2)}, tier=tier),
            ],
        )
        assert prices_of(asked(given, "b")) == [100]


def test_somebody_in_a_lower_tier_gives_way_and_the_answer_says_so() -> None:
    given = problem(
        [person("ana", skills=nursing(1))],
        [demand("a", {"skills": nursing(2)}), demand("b", {}, tier=2)],
    )
    first = asked(given, "a").repairs[0]
    assert first.price == 20
    assert [(claim.id, claim.units) for claim in first.less] == [("q-b", 1)]


def test_a_chain_within_the_demand_is_found() -> None:
    """Ana can do both roles, Bo learns the easier one: training Bo frees Ana for the harder."""
    roles = [
        m.Requirement(id="easy", skills=nursing(1)),
        m.Requirement(id="hard", skills=nursing(5)),
    ]
    given = problem(
        [person("ana", skills=nursing(5)), person("bo")],
        [m.Demand(id="d", community="C", requirements=roles)],
    )
    assert asked(given, "d").repairs[0].changes[0] == Train(
        resource="bo", skill="nursing", level=1
    )


def test_minimums_alone_cost_less_than_all_that_is_wanted() -> None:
    given = problem([], [demand("d", {"wanted": 3, "minimum": 1})])
    assert prices_of(asked(given, "d", to="minimum")) == [100]
    assert prices_of(asked(given, "d")) == [300]


def test_asking_for_less_is_offered_where_it_has_a_price() -> None:
    given = problem(
        [person("ana", skills=nursing(1))],
        [demand("d", {"skills": nursing(3), "wanted": 2})],
    )
    only = dict.fromkeys(RepairCosts.model_fields)
    answer = asked(
        given, "d", prices=RepairCosts(**{**only, "ask_less": 7, "want_less": 5})
    )
    assert prices_of(answer) == [19]
    made = answer.repairs[0].changes
    assert sorted(str(change.change) for change in made) == [
        "change_demand",
        "set_wanted",
    ]


def test_a_demand_with_all_that_it_wants_needs_no_repair() -> None:
    answer = asked(problem([person("ana")], [demand("d", {})]), "d")
    assert (answer.lacking, answer.repairs, answer.exact) == ((), (), True)
    assert answer.text() == pinned.text("repairs.lacks_nothing_wanted", demand="d")
    assert answer.text("zh") == pinned.text(
        "repairs.lacks_nothing_wanted", "zh", demand="d"
    )


def test_the_texts_say_price_changes_and_goals_in_both_languages_and_no_name() -> None:
    given = problem(
        [person("ana", skills=nursing(1))], [demand("d", {"skills": nursing(2)})]
    )
    answer = asked(given, "d", most=1)
    assert answer.text() == "\n".join(
        [
            pinned.text("repairs.exact", demand="d", units=1, repairs=1, price=20),
            "  q-d lacks 1",
            "  1. price 20: 1 change",
            "    train ana in nursing to level 2",
            "    tier 1: 0 before, 1 after",
        ]
    )
    assert answer.text("zh").split("\n")[:4] == [
        pinned.text("repairs.exact", "zh", demand="d", units=1, repairs=1, price=20),
        "  q-d 缺 1 个名额",
        "  1. 代价 20：1 项改动",
        "    培训 ana：nursing 达到 2 级",
    ]
    assert "Zhang" not in answer.text() + answer.text("zh") + answer.to_json()
    assert Repairs.model_validate_json(answer.to_json()) == answer


def test_where_nothing_helps_the_answer_says_that_it_is_proven() -> None:
    given = problem([], [demand("d", {})], m.CommunityCap(community="C", most=0))
    answer = asked(given, "d", prices=RepairCosts(drop_rule=None, raise_cap=None))
    assert (answer.repairs, answer.exact) == ((), True)
    assert answer.line() == pinned.text(
        "repairs.none_exact", demand="d", units=1, candidates=1
    )


def test_an_unknown_demand_and_wrong_options_are_refused() -> None:
    given = problem([], [demand("kitchen", {})])
    plan = solve(given)
    with pytest.raises(InputError) as unknown:
        repairs(given, plan, "kitchn")
    assert "Maybe kitchen is meant" in str(unknown.value)
    with pytest.raises(InputError) as wrong:
        repairs("city", plan, 3, prices={}, most=0, to="all", time_limit=float("nan"))  # type: ignore[arg-type]
    assert [complaint.where for complaint in wrong.value.complaints] == [
        "problem",
        "demand",
        "prices",
        "most",
        "to",
        "time_limit",
    ]
    other = problem([person("ana")], [demand("kitchen", {})])
    with pinned.raises(InputError, "plan.not_in_problem", about="resource ana"):
        repairs(given, solve(other), "kitchen")


def test_a_problem_without_a_tier_to_spare_is_refused_and_one_with_a_tier_is_not() -> (
    None
):
    """The demand shares tier 20, so putting it before all else takes one more tier."""
    tiers = [demand(f"d{tier}", {}, tier=tier) for tier in range(1, 21)]
    twin = demand("twin", {}, tier=20)
    with pytest.raises(UnsupportedError) as refused:
        asked(problem([], [*tiers, twin]), "twin")
    assert str(refused.value).endswith(
        pinned.line("demand twin", "repairs.tiers", "repairs.tiers.do", most="20")
    )
    assert prices_of(asked(problem([], [*tiers[1:], twin]), "twin")) == [100]
    assert prices_of(asked(problem([], tiers), "d20")) == [100]


def test_where_time_is_up_nothing_is_called_the_cheapest() -> None:
    answer = asked(problem([], [demand("d", {"wanted": 9})]), "d", time_limit=1e-6)
    assert (answer.repairs, answer.exact) == ((), False)


def test_no_more_sets_are_tried_once_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Leaving out what is superfluous takes a solve for each of many changes, and stops with them too."""
    trials = import_module("matchkit.explain.repairs.trial")
    over = False
    tried = 0
    enough = trials.RepairTrials.enough

    def counted(self: Any, levels: Any) -> bool:
        nonlocal over, tried
        tried += 1
        over = tried >= 3
        return bool(enough(self, levels))

    monkeypatch.setattr(trials.RepairTrials, "enough", counted)
    monkeypatch.setattr(Deadline, "over", lambda *_: over)
    answer = asked(
        problem(
            [person(f"p{number}") for number in range(8)],
            [demand("d", {"skills": nursing(3), "wanted": 8})],
        ),
        "d",
    )
    assert not answer.exact
    assert tried == 3


def test_millions_of_missing_units_neither_hang_nor_crash() -> None:
    given = problem(
        [person("ana")],
        [demand("d", {"wanted": 10**9})],
        m.UnitCap(unit="U", most=0),
        m.CommunityCap(community="C", most=0),
    )
    assert (
        prices_of(asked(given, "d")) == []
    )  # so many people are no repair, but another problem
    assert prices_of(asked(given, "d", prices=RepairCosts(want_less=1))) == [
        10**9 - 1 + 60 + 60
    ]  # all but one, and Ana without the caps
    supplies = asked(
        problem([], [demand("d", {"wanted": 10**9, "kind": "supplies"})]), "d"
    )
    assert [repair.price for repair in supplies.repairs] == [100 * 10**9]


def test_the_order_of_records_changes_no_repair() -> None:
    for seed in (1, 3, 4):
        given = random_problem(seeded(seed), 4, 2)
        plan = solve(given)
        other = shuffled(given, seeded(seed))
        name = plan.shortfalls[0].demand
        assert (
            repairs(given, plan, name).to_json() == repairs(other, plan, name).to_json()
        ), seed


def test_of_a_large_problem_only_what_lies_around_is_weighed_and_what_is_offered_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(import_module("matchkit.explain.repairs.seeking"), "WHOLE", 0)
    offered = 0
    for seed in range(4):
        given = random_problem(seeded(seed), 5, 3, flow_only=seed % 2 == 0)
        plan = solve(given)
        if plan.shortfalls:
            answer = repairs(given, plan, plan.shortfalls[-1].demand)
            assert not answer.exact
            assert list(every_one_works(given, plan, answer)) == [], seed
            offered += len(answer.repairs)
    assert offered >= 3


@pytest.fixture(params=["from nothing", "from the plan"])
def priced(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Small problems are taken as large ones, and no set may be tried by solving before it is confirmed."""

    def refused(*_: Any) -> bool:
        raise AssertionError("a set was tried by solving")

    monkeypatch.setattr(import_module("matchkit.explain.repairs.seeking"), "WHOLE", 0)
    monkeypatch.setattr(
        import_module("matchkit.explain.repairs.trial").RepairTrials, "enough", refused
    )
    if request.param == "from the plan":
        monkeypatch.setattr(
            import_module("matchkit.explain.repairs.seeking"), "MANY_PAIRS", -1
        )


@pytest.mark.usefixtures("priced")
def test_of_a_large_flow_residual_paths_find_repairs_that_work_when_solved_from_nothing() -> (
    None
):
    """Confirmed from the plan, their locks make every best plan fill the demand, whichever a solve finds."""
    offered = 0
    for seed in range(12):
        given = random_problem(seeded(seed), 6, 3, flow_only=True)
        plan = solve(given)
        if plan.shortfalls:
            answer = repairs(given, plan, plan.shortfalls[-1].demand)
            assert answer.repairs and not answer.exact, seed
            assert list(every_one_works(given, plan, answer)) == [], seed
            offered += len(answer.repairs)
    assert offered >= 12


@pytest.mark.usefixtures("priced")
def test_of_a_large_flow_the_least_changes_at_no_loss_come_first() -> None:
    """Ana lacks a level (20) but serves a demand that comes first; Bo lacks three hours (30) and is idle."""
    given = problem(
        [
            person("ana", skills=nursing(1)),
            person("bo", skills=nursing(2), available=[hours(8, 9)]),
        ],
        [
            demand("d", {"skills": nursing(2)}, windows=[hours(8, 12)], tier=2),
            demand("first", {}, windows=[hours(13, 14)]),
        ],
    )
    answer = asked(given, "d")
    assert [(repair.price, repair.changes[0]) for repair in answer.repairs[:1]] == [
        (30, FreeAt(resource="bo", time=hours(9, 12)))
    ]
    assert prices_of(answer) == [30, 100]


@pytest.mark.usefixtures("priced")
def test_of_a_large_flow_a_resource_is_taken_where_another_takes_its_place() -> None:
    """Ana serves "first"; Bo, who is idle and cannot be trained for "d", takes her place there."""
    given = problem(
        [
            person("ana", skills=nursing(1), home="C"),
            person("bo", available=[hours(13, 14)]),
        ],
        [
            demand("d", {"skills": nursing(2)}, windows=[hours(8, 12)]),
            demand("first", {}, windows=[hours(13, 14)]),
        ],
    )
    assert [entry.resource for entry in solve(given).assignments] == ["ana"]
    answer = asked(given, "d", prices=RepairCosts(add_resource=None, free=None))
    assert prices_of(answer) == [20]
    assert Train(resource="ana", skill="nursing", level=2) in answer.repairs[0].changes


@pytest.mark.usefixtures("priced")
def test_of_a_large_flow_full_caps_are_raised_by_what_a_set_needs() -> None:
    """Both idle people are under a unit that gives one at most and a community that takes none more."""
    given = problem(
        [person("ana"), person("bo"), person("chen")],
        [demand("d", {"wanted": 3})],
        m.UnitCap(unit="U", most=2),
        m.CommunityCap(community="C", most=1),
    )
    answer = asked(given, "d", prices=RepairCosts(add_resource=None, drop_rule=None))
    assert prices_of(answer) == [30 + 2 * 30]
    assert set(answer.repairs[0].changes[:2]) == {
        ChangeRule(label="unit_cap U", rule=m.UnitCap(unit="U", most=3)),
        ChangeRule(label="community_cap C", rule=m.CommunityCap(community="C", most=3)),
    }


@pytest.mark.usefixtures("priced")
def test_of_a_large_flow_a_full_community_may_let_another_demand_be_served_elsewhere() -> (
    None
):
    """Ana could serve "near" in the full community C or "far" in D, which count alike: so C has room for "d"
    once Bo is trained, and its cap stays.
    """
    near, far = demand("near", {}), demand("far", {}, community="D")
    given = problem(
        [
            person("ana", home="C"),
            person("bo", skills=nursing(1), available=[hours(8, 12)]),
        ],
        [near, far, demand("d", {"skills": nursing(2)}, windows=[hours(8, 12)])],
        m.CommunityCap(community="C", most=1),
        m.Forbid(resource="bo", requirement="q-near"),
        m.Forbid(resource="bo", requirement="q-far"),
        communities=[m.Community(id="C"), m.Community(id="D")],
    )
    assert [entry.requirement for entry in solve(given).assignments] == ["q-near"]
    answer = asked(given, "d", prices=RepairCosts(add_resource=None))
    assert prices_of(answer)[:1] == [20]


QUICK = (
    5152,
    5002,
    5153,
    5005,
    5006,
    5154,
    5010,
    5018,
    5024,
    5158,
    5032,
    5035,
    5037,
    5038,
    5041,
    5042,
    5043,
    5047,
    5159,
    5051,
    5053,
    5057,
    5060,
    5062,
    5063,
    5067,
    5068,
    5073,
    5074,
    5076,
    5077,
    5081,
    5083,
    5084,
    5087,
    5089,
    5091,
    5097,
    5098,
    5102,
    5104,
    5106,
    5108,
    5111,
    5113,
    5118,
    5119,
    5120,
    5123,
    5124,
    5125,
    5129,
    5132,
    5134,
    5135,
    5137,
    5143,
    5144,
    5145,
    5161,
)
"""Problems whose sets of changes are quickly listed; benchmarks/repairs_by_brute_force.py takes all as they
come.
"""


@pytest.mark.parametrize("part", range(3))
def test_no_set_of_candidate_changes_is_cheaper_than_those_offered(part: int) -> None:
    tallies = [campaign(seed, 1, 40) for seed in QUICK[part::3]]
    assert [line for tally in tallies for line in tally.disagreements] == []
    assert sum(tally.seen["compared"] for tally in tallies) == 20
    assert sum(tally.seen["repairs"] for tally in tallies) >= 20


def test_people_are_looked_at_for_a_quarter_of_the_time_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By a clock that moves one second a question: of 300 people, too many to weigh them all, about ten are
    looked at within 40 seconds, and those once more.
    """
    near = import_module("matchkit.explain.repairs.people")
    now, looked = 0.0, 0
    look = near.Near._look

    def moved() -> float:
        nonlocal now
        now += 1.0
        return now

    def counted(*given: Any) -> Any:
        nonlocal looked
        looked += 1
        return look(*given)

    given = problem(
        [person(f"p{number:03}") for number in range(300)],
        [demand("d", {"skills": nursing(3), "wanted": 2})],
        m.CountBudget(most=1),
    )
    plan = solve(given)
    monkeypatch.setattr(time, "monotonic", moved)
    monkeypatch.setattr(near.Near, "_look", counted)
    found = repairs(given, plan, "d", time_limit=40)
    assert 5 <= looked < 50
    assert not found.exact


def test_a_set_that_is_found_late_is_not_applied_once_time_is_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Applying takes one solve of the whole problem, or two."""
    trials = import_module("matchkit.explain.repairs.trial")
    applied: list[Any] = []
    over = False

    def enough(self: Any, levels: Any) -> bool:
        nonlocal over
        over = True
        return True

    monkeypatch.setattr(trials.RepairTrials, "enough", enough)
    monkeypatch.setattr(
        trials.Confirmation, "_applied", lambda *given: applied.append(given)
    )
    monkeypatch.setattr(Deadline, "over", lambda *_: over)
    answer = asked(problem([person("p")], [demand("d", {"skills": nursing(3)})]), "d")
    assert (applied, answer.exact) == ([], False)
