"""why_not() of an eligible pair tells exactly what forcing it costs, and who would move where; elsewhere a
range that holds.
"""

from __future__ import annotations

from importlib import import_module
from itertools import product
from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource
from pair_campaign import crowded, flow_campaign, flow_problem, general_campaign, locked
from random_problems import random_problem, seeded, shuffled
from test_why import SCORES_ONLY, THREE, scored

import matchkit as mk
from matchkit.answers.pairs import GoalLoss, Move, WhyNot
from matchkit.errors import (
    BrokenPlanError,
    ContradictionError,
    EngineError,
    StoppedError,
)
from matchkit.explain.pairs import PairExplanations, resolve
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual import arcs as residual_arcs
from matchkit.model import (
    Community,
    CommunityCap,
    Forbid,
    Lock,
    Problem,
    Scores,
    Unit,
    UnitCap,
)
from matchkit.plan import Certificate
from matchkit.plan.outcome import Goal


def asked(made: Problem, who: str, name: str, **options: Any) -> WhyNot:
    return PairExplanations(PlanState(made, mk.solve(made))).why_not(
        who, name, **options
    )


def every_answer(made: Problem) -> list[WhyNot]:
    state = PlanState(made, mk.solve(made))
    pairs = PairExplanations(state)
    return [
        pairs.why_not(state.resource_ids[left], state.requirement_ids[right])
        for left, right in zip(state.left, state.right, strict=True)
    ]


def test_in_flows_the_stated_loss_is_that_of_solving_with_the_lock_and_the_moves_lead_to_an_optimal_plan() -> (
    None
):
    tally = flow_campaign(0, 45, most=8)
    assert tally.disagreements == []
    seen = tally.seen
    assert (
        seen["exact"] > 150
        and seen["free"] > 20
        and seen["costs something"] > 100
        and seen["one unit more"] > 3
    )
    assert (
        seen["ruled_out"] > 30
        and seen["not_eligible"] > 15
        and seen["at_capacity"] > 30
    )


def test_where_rules_tie_pairs_together_the_loss_lies_in_the_stated_range_and_is_it_where_called_exact() -> (
    None
):
    tally = general_campaign(0, 24, most=4)
    assert tally.disagreements == []
    assert (
        tally.seen["exact by search"] > 20
        and tally.seen["bound by search"] > 10
        and tally.seen["ruled_out by search"] > 10
    )


def test_a_plan_without_proof_gives_a_range_around_what_forcing_costs_the_best_plan() -> (
    None
):
    seen = {"exact": 0, "bound": 0}
    for seed in range(1, 25):
        made = crowded(seeded(seed))
        state = PlanState(made, mk.solve(made, engine="greedy"))
        best, pairs = mk.solve(made), PairExplanations(state)
        for left, right in list(
            zip(state.left.tolist(), state.right.tolist(), strict=True)
        )[:3]:
            answer = pairs.why_not(
                state.resource_ids[left], state.requirement_ids[right]
            )
            if answer.verdict in seen:
                again = mk.solve(
                    locked(
                        made, answer.resource, answer.requirement, answer.quantity + 1
                    )
                )
                for one, other, loss in zip(
                    best.outcome.goals, again.outcome.goals, answer.loss, strict=True
                ):
                    assert loss.least is None or loss.least <= one.value - other.value
                    assert loss.most is None or loss.most >= one.value - other.value
                seen[answer.verdict] += 1
    assert seen["bound"] > 20


def test_numbers_without_end_give_the_same_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problems = [flow_problem(seed) for seed in range(20)]
    right = [every_answer(made) for made in problems]
    monkeypatch.setattr(residual_arcs, "ROOM", 0)
    assert [every_answer(made) for made in problems] == right
    assert (
        sum(answer.verdict == "exact" for answers in right for answer in answers) > 80
    )


@pytest.mark.parametrize(
    ("arcs", "large", "again"),
    [(8, True, False), (12, False, True), (24, False, True), (26, False, False)],
)
def test_a_path_too_long_for_its_numbers_is_looked_for_in_numbers_without_end(
    monkeypatch: pytest.MonkeyPatch, arcs: int, large: bool, again: bool
) -> None:
    """Ways from and to the root have 2 arcs, and the longest path 11; two of it and two such ways stand in
    one comparison: 26.
    """
    right = every_answer(LONG_CYCLE)
    assert max(len(answer.moves) for answer in right) == 6
    monkeypatch.setattr(residual_arcs, "MOST", arcs)
    pairs = PairExplanations(PlanState(LONG_CYCLE, mk.solve(LONG_CYCLE)))
    assert [
        pairs.why_not(answer.resource, answer.requirement) for answer in right
    ] == right
    assert pairs.network.paths is not None
    assert (pairs.network.paths.fold.large, "large_paths" in vars(pairs.network)) == (
        large,
        again,
    )


LONG_CYCLE = scored(
    {f"r{n}": {f"q{n}": 50, f"q{n + 1}": 40} for n in range(5)}
    | {"r5": {"q5": 50, "q0": 0}}
)
"""Everybody has a place, and there is one other way round: all move by one."""


Where = tuple[str | None, ...]
"""Of four people, where each is."""


class FourPeople:
    """A small problem with ties and a cap, and every plan of it."""

    def __init__(self, seed: int) -> None:
        rng = seeded(seed)
        names = [f"q{n}" for n in range(rng.randint(2, 4))]
        self.wanted = {name: rng.choice((1, 1, 2)) for name in names}
        self.tier = {name: rng.choice((1, 2)) for name in names}
        self.points = [
            {name: rng.choice((0, 0, 5)) for name in names if rng.random() < 0.7}
            for _ in range(4)
        ]
        self.most = rng.randint(1, 3)
        """Of the first three together."""
        self.plans = [
            where
            for where in product(*([None, *row] for row in self.points))
            if self.stands(where)
        ]

    def problem(self) -> Problem:
        rows = [(f"r{n}", row) for n, row in enumerate(self.points)]
        return problem(
            [resource(who, unit="U2" if who == "r3" else "U1") for who, _ in rows],
            [
                demand(f"d{name}", need(name, wanted=wanted), tier=self.tier[name])
                for name, wanted in self.wanted.items()
            ],
            *(
                Forbid(resource=who, requirement=name)
                for who, row in rows
                for name in self.wanted
                if name not in row
            ),
            UnitCap(unit="U1", most=self.most),
            units=[Unit(id="U1"), Unit(id="U2")],
            scores=[
                Scores(resource=who, requirements=list(row), points=list(row.values()))
                for who, row in rows
                if row
            ],
            objective=SCORES_ONLY,
        )

    def stands(self, where: Where) -> bool:
        return sum(name is not None for name in where[:3]) <= self.most and all(
            where.count(name) <= self.wanted[name] for name in self.wanted
        )

    def worth(self, where: Where) -> tuple[int, ...]:
        filled = [
            sum(self.tier[name] == level for name in where if name) for level in (1, 2)
        ]
        return (
            *filled,
            sum(
                row[name] for row, name in zip(self.points, where, strict=True) if name
            ),
        )


def test_of_all_plans_that_lose_as_little_the_moves_lead_to_one_that_moves_the_fewest() -> (
    None
):
    longest = 0
    for seed in range(25):
        four = FourPeople(seed)
        made = four.problem()
        plan = mk.solve(made)
        has = {entry.resource: entry.requirement for entry in plan.assignments}
        before = tuple(has.get(f"r{n}") for n in range(4))
        assert four.worth(before) == max(map(four.worth, four.plans))
        pairs = PairExplanations(PlanState(made, plan))
        others = [
            (n, name)
            for n, row in enumerate(four.points)
            for name in row
            if before[n] != name
        ]
        for n, name in others:
            some = [where for where in four.plans if where[n] == name]
            best = max(map(four.worth, some))
            moved = [
                sum(one != other for one, other in zip(before, where, strict=True))
                for where in some
                if four.worth(where) == best
            ]
            assert len(pairs.why_not(f"r{n}", name).moves) == min(moved), (
                seed,
                n,
                name,
            )
            longest = max(longest, min(moved))
    assert longest >= 3


def test_a_chain_by_hand() -> None:
    answer = asked(
        scored(THREE), "A", "Q2"
    )  # A and B change places: 6 + 5 instead of 10 + 9
    assert answer.loss[-1] == GoalLoss(
        goal="weight", before=19, after=11, least=8, most=8
    )
    assert answer.moves == (
        Move(resource="A", to="Q2", away_from="Q1"),
        Move(resource="B", to="Q1", away_from="Q2"),
    )
    assert answer.filled == ()
    assert answer.text().splitlines() == [
        pinned.text(
            "pair.why_not.exact", resource="A", requirement="Q2", change="weight -8"
        ),
        "  weight: 19 before, 11 after",
        "  A goes to Q2 instead of Q1",
        "  B goes to Q1 instead of Q2",
    ]
    assert answer.text("zh").splitlines() == [
        pinned.text(
            "pair.why_not.exact", "zh", resource="A", requirement="Q2", change="总分 -8"
        ),
        "  总分：之前 19，之后 11",
        "  A 从 Q1 改派到 Q2",
        "  B 从 Q2 改派到 Q1",
    ]


def test_one_who_is_free_takes_a_place_and_another_is_free_instead() -> None:
    answer = asked(scored(THREE), "C", "Q2")  # 10 + 4 instead of 10 + 9
    assert answer.loss[-1].least == answer.loss[-1].most == 5
    assert answer.moves == (
        Move(resource="C", to="Q2", away_from=None),
        Move(resource="B", to=None, away_from="Q2"),
    )
    assert (
        pinned.text("pair.move.join", resource="C", to="Q2") in answer.text()
        and pinned.text("pair.move.leave", resource="B", away_from="Q2")
        in answer.text()
    )


def test_a_higher_tier_that_loses_is_told_before_what_a_lower_one_gains() -> None:
    made = problem(
        [resource("A")],
        [demand("D1", need("Q1")), demand("D2", need("Q2"), tier=2)],
        objective=SCORES_ONLY,
    )
    answer = asked(made, "A", "Q2")
    assert [(loss.goal, loss.most) for loss in answer.loss] == [
        ("tier 1", 1),
        ("tier 2", -1),
        ("weight", 0),
    ]
    assert [(entry.requirement, entry.change) for entry in answer.filled] == [
        ("Q1", -1),
        ("Q2", 1),
    ]
    assert answer.line() == pinned.text(
        "pair.why_not.exact",
        resource="A",
        requirement="Q2",
        change="tier 1 -1, tier 2 +1",
    )
    assert (
        answer.line("zh")
        == "若指定 A 承担 Q2，最好的方案将变化：第 1 级 -1、第 2 级 +1"
    )
    assert "Q1 has 1 less" in answer.text() and "Q2 多 1" in answer.text("zh")


def test_another_plan_that_is_as_good_costs_nothing() -> None:
    made = scored({"A": {"Q1": 3}, "B": {"Q1": 3}})
    free = ({"A", "B"} - {entry.resource for entry in mk.solve(made).assignments}).pop()
    answer = asked(made, free, "Q1")
    assert (
        answer.verdict == "exact"
        and not any(loss.most for loss in answer.loss)
        and len(answer.moves) == 2
    )
    assert answer.line() == pinned.text(
        "pair.why_not.free", resource=free, requirement="Q1"
    )
    assert answer.line("zh") == pinned.text(
        "pair.why_not.free", "zh", resource=free, requirement="Q1"
    )


def test_under_a_full_cap_of_a_unit_a_colleague_stands_back() -> None:
    made = problem(
        [resource("A"), resource("B"), resource("C", unit="U2")],
        [demand("D1", need("Q1")), demand("D2", need("Q2"))],
        UnitCap(unit="U1", most=1),
        units=[Unit(id="U1"), Unit(id="U2")],
        scores=[
            Scores(resource="A", requirements=["Q1", "Q2"], points=[9, 0]),
            Scores(resource="B", requirements=["Q1", "Q2"], points=[0, 4]),
            Scores(resource="C", requirements=["Q1", "Q2"], points=[0, 6]),
        ],
        objective=SCORES_ONLY,
    )
    answer = asked(
        made, "B", "Q2"
    )  # A with Q1 and C with Q2 is 15; with B on Q2 only C is left for Q1: 4
    assert answer.loss[-1].least == 11
    assert answer.moves[0] == Move(resource="B", to="Q2", away_from=None)
    assert set(answer.moves[1:]) == {
        Move(resource="C", to="Q1", away_from="Q2"),
        Move(resource="A", to=None, away_from="Q1"),
    }


def test_one_unit_more_of_a_stock() -> None:
    made = problem(
        [resource("water", kind="supplies", capacity=5)],
        [
            demand("D1", need("Q1", kind="supplies", wanted=3)),
            demand("D2", need("Q2", kind="supplies", wanted=3), tier=2),
        ],
        objective=SCORES_ONLY,
    )
    answer = asked(made, "water", "Q2")  # 3 and 2; one more is one less for tier 1
    assert (answer.quantity, [loss.most for loss in answer.loss]) == (2, [1, -1, 0])
    assert answer.moves == (Move(resource="water", to="Q2", away_from="Q1"),)
    assert answer.line() == pinned.text(
        "pair.why_not.exact.more",
        resource="water",
        requirement="Q2",
        quantity=2,
        change="tier 1 -1, tier 2 +1",
    )
    full = asked(made, "water", "Q1")
    assert (full.verdict, full.line()) == (
        "at_capacity",
        pinned.text(
            "pair.why_not.at_capacity", resource="water", requirement="Q1", quantity=3
        ),
    )


def test_a_lock_of_the_pair_itself_stands_in_nobodys_way() -> None:
    made = problem(
        [resource("water", kind="supplies", capacity=2)],
        [
            demand("D1", need("Q1", kind="supplies", wanted=2), tier=2),
            demand("D2", need("Q2", kind="supplies", wanted=2)),
        ],
        Lock(resource="water", requirement="Q1"),
        objective=SCORES_ONLY,
    )
    answer = asked(made, "water", "Q1")  # 1 is locked, the other is with Q2
    assert (answer.quantity, answer.verdict, [loss.most for loss in answer.loss]) == (
        1,
        "exact",
        [1, -1, 0],
    )


def test_everything_that_locks_hold_is_told() -> None:
    made = problem(
        [resource("A"), resource("B", unit="U2")],
        [
            demand("D1", need("Q1"), community="C2"),
            demand("D2", need("Q2"), community="C2"),
            demand("D3", need("Q3")),
        ],
        Lock(resource="A", requirement="Q1"),
        UnitCap(unit="U0", most=1),
        CommunityCap(community="C2", most=1),
        units=[Unit(id="U0"), Unit(id="U1", parent="U0"), Unit(id="U2", parent="U0")],
        communities=[Community(id="C1"), Community(id="C2", parent="C1")],
    )
    held = {
        (entry.kind, entry.id, entry.limit, entry.held, entry.needed)
        for entry in asked(made, "B", "Q2").obstacles
    }
    assert held == {("unit", "U0", 1, 1, 1), ("community", "C2", 1, 1, 1)}
    held = {(entry.kind, entry.id) for entry in asked(made, "A", "Q3").obstacles}
    assert held == {("resource", "A"), ("unit", "U0")}
    answer = asked(made, "B", "Q1")
    assert {entry.kind for entry in answer.obstacles} == {
        "requirement",
        "unit",
        "community",
    }
    assert answer.line().startswith(
        f"{pinned.text('pair.obstacle.requirement', id=pinned.message('pair.why_not.ruled_out', resource='B', requirement='Q1', obstacles='Q1'), limit=1, held=1, needed=1)}; "
    )
    assert answer.line("zh").startswith(
        f"{pinned.text('pair.obstacle.requirement', 'zh', id=pinned.message('pair.why_not.ruled_out', resource='B', requirement='Q1', obstacles='Q1'), limit=1, held=1, needed=1)}；"
    )


def test_a_pair_that_is_not_eligible_has_all_its_reasons_in_both_languages() -> None:
    made = problem(
        [resource("A", capacity=0, name="Li Si"), resource("B")],
        [demand("D1", need("Q1", kind="venue"))],
    )
    answer = asked(made, "A", "Q1")
    assert [reason.rule for reason in answer.reasons] == ["capacity", "kind"]
    assert (
        answer.line()
        == "A cannot serve Q1: capacity: capacity 0 < 1; kind: kind person, needed venue"
    )
    assert (
        answer.line("zh")
        == "A 不能承担 Q1：容量：容量 0 < 1；类别：类别为 person，需要的是 venue"
    )
    assert "Li Si" not in answer.text() + answer.to_json()


def test_answers_are_records_and_the_order_of_records_changes_nothing() -> None:
    for seed in range(4):
        made = random_problem(seeded(seed), 12, 7)
        one, other = every_answer(made), every_answer(shuffled(made, seeded(seed + 1)))
        assert [answer.to_json() for answer in one] == [
            answer.to_json() for answer in other
        ]
        assert all(
            WhyNot.model_validate_json(answer.to_json()) == answer for answer in one
        )
        assert all(answer.text("en") and answer.text("zh") for answer in one)


def test_hard_rules_that_rule_a_pair_out_are_told_with_the_locks() -> None:
    made = problem(
        [resource("A"), resource("B")],
        [demand("D1", need("Q1", wanted=2)), demand("D2", need("Q2", wanted=2))],
        Lock(resource="A", requirement="Q1"),
        mk.rules.KeepApart(resources=["A", "B"]),
    )
    answer = asked(made, "B", "Q1")
    assert (answer.verdict, answer.proof) == ("ruled_out", "search")
    assert pinned.text("pair.obstacle.rules", locks="lock A Q1") in answer.line()
    assert pinned.text("pair.obstacle.rules", "zh", locks="lock A Q1") in answer.line(
        "zh"
    )
    with pytest.raises(ContradictionError):
        mk.solve(locked(made, "B", "Q1", 1))


def test_in_the_general_engine_moves_are_the_difference_of_two_plans() -> None:
    made = scored(THREE, mk.rules.Team(demand="DQ1", least=1, most=3))
    answer = asked(made, "A", "Q2")
    assert (answer.verdict, answer.proof, answer.loss[-1].most) == (
        "exact",
        "search",
        8,
    )
    assert set(answer.moves) == {
        Move(resource="A", to="Q2", away_from="Q1"),
        Move(resource="B", to="Q1", away_from="Q2"),
    }
    assert pinned.text(
        "pair.why_not.searched"
    ) in answer.text() and "变动更少" in answer.text("zh")


def test_a_search_that_has_no_time_says_that_nothing_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise StoppedError("Time ran out")

    made = scored(THREE, mk.rules.Team(demand="DQ1", least=1, most=3))
    state = PlanState(made, mk.solve(made))
    monkeypatch.setattr(resolve, "solve", stopped)
    answer = PairExplanations(state).why_not("A", "Q2")
    assert (answer.verdict, answer.loss) == ("unknown", ())
    assert "is not known" in answer.line() and "代价未知" in answer.line("zh")


def test_ranges_follow_from_values_and_bounds() -> None:
    def goals(*numbers: tuple[int, int | None, int]) -> list[Goal]:
        return [
            Goal(name=f"g{place}", value=value, bound=bound, tolerance=slack)
            for place, (value, bound, slack) in enumerate(numbers)
        ]

    def ranges(
        before: list[Goal], after: list[Goal]
    ) -> list[tuple[int | None, int | None]]:
        return [(loss.least, loss.most) for loss in resolve.losses(before, after)]

    # The best plan has 10, with the lock it has 7 to 8: it loses 2 to 3; of later goals nothing is known.
    assert ranges(goals((10, 10, 0), (5, 5, 0)), goals((7, 8, 0), (9, None, 0))) == [
        (2, 3),
        (None, None),
    ]
    # Neither is proven: 10 to 12 without, 7 to 11 with it; a lock gains nothing.
    assert ranges(goals((10, 12, 0)), goals((7, 11, 0))) == [(0, 5)]
    # No bound at all: a lock gains nothing, and that is all.
    assert ranges(goals((10, None, 0)), goals((7, None, 0))) == [(0, None)]
    # An exact loss before lets a later goal gain.
    assert ranges(goals((10, 10, 0), (5, 5, 0)), goals((9, 9, 0), (8, 8, 0))) == [
        (1, 1),
        (-3, -3),
    ]
    # A goal that may give up 2 to later ones is known as far as that; the one after it exactly.
    assert ranges(goals((9, 10, 2), (5, 5, 0)), goals((10, 10, 2), (4, 4, 0))) == [
        (-2, 2),
        (1, 1),
    ]
    with pytest.raises(EngineError):
        resolve.losses(goals((10, 10, 0)), goals((11, 11, 0)))


@pytest.mark.parametrize("price", [-(2**45), -(10**400)])
def test_prices_of_any_size_that_prove_the_plan_are_good_prices(price: int) -> None:
    """A hall that nobody wants may have any price below 0."""
    made = scored(THREE)
    made = made.model_copy(
        update={"resources": (*made.resources, resource("hall", kind="venue"))}
    )
    plan = mk.solve(made)
    assert isinstance(plan.certificate, Certificate)
    prices = [
        entry.model_copy(update={"price": (price, *entry.price[1:])})
        if entry.id == "hall"
        else entry
        for entry in plan.certificate.resources
    ]
    other = plan.model_copy(
        update={
            "certificate": plan.certificate.model_copy(
                update={"resources": tuple(prices)}
            )
        }
    )
    assert mk.verify(made, other).ok and mk.check_certificate(made, other).ok
    pairs = PairExplanations(PlanState(made, other))
    assert pairs.why_not("A", "Q2") == PairExplanations(PlanState(made, plan)).why_not(
        "A", "Q2"
    )
    assert pairs.network.paths is not None and pairs.network.paths.fold.large


def test_a_plan_that_breaks_its_problem_is_refused() -> None:
    made = scored(THREE)
    plan = mk.solve(made)
    twice = plan.model_copy(
        update={
            "assignments": (
                plan.assignments[0].model_copy(update={"quantity": 2}),
                *plan.assignments[1:],
            )
        }
    )
    left_out = plan.model_copy(update={"assignments": plan.assignments[:1]})
    for broken in (twice, left_out):
        with pytest.raises(BrokenPlanError):
            PairExplanations(PlanState(made, broken)).why_not("C", "Q2")


def test_a_plan_is_verified_once_however_many_answers_ask_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without prices every forced pair needs a plan that keeps its rules."""
    made = scored(THREE)
    plan = mk.solve(made, engine="greedy")
    module, count = import_module("matchkit.explain.plan_state"), 0
    verify = module.verify

    def counted(*given: Any) -> Any:
        nonlocal count
        count += 1
        return verify(*given)

    monkeypatch.setattr(module, "verify", counted)
    asked_of = mk.Explainer(made, plan)
    asked_of.check()
    assert {asked_of.why_not(who, "Q2").proof for who in ("A", "C")} == {"search"}
    assert count == 1
