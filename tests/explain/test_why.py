"""why() tells what a pair of the plan is worth term by term, its prices, and who comes next on either
side.
"""

from __future__ import annotations

from typing import Any

import pinned
import pytest
from by_hand import demand, need, problem, resource
from pair_campaign import flow_problem
from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.pairs import RunnerUp, Why
from matchkit.errors import Complaint, ContradictionError, InputError
from matchkit.explain.pairs import PairExplanations
from matchkit.explain.plan_state import PlanState
from matchkit.model import Forbid, Lock, Objective, Problem, Scores
from matchkit.plan import Certificate, Plan, Terms
from matchkit.verification.eligibility import broken
from matchkit.verification.world import World
from matchkit.verification.worth import terms, weight

SCORES_ONLY = Objective(**{name: int(name == "score") for name in Terms.model_fields})


def scored(points: dict[str, dict[str, int]], *rules: Any, **fields: Any) -> Problem:
    """Resources with points for requirements, which are wanted once each; where there are none the pair is
    forbidden.
    """
    names = sorted({name for row in points.values() for name in row})
    forbidden = [
        Forbid(resource=who, requirement=name)
        for who, row in points.items()
        for name in names
        if name not in row
    ]
    return problem(
        [resource(who, name="Zhang San") for who in points],
        [demand(f"D{name}", need(name)) for name in names],
        *forbidden,
        *rules,
        scores=[
            Scores(resource=who, requirements=list(row), points=list(row.values()))
            for who, row in points.items()
        ],
        objective=SCORES_ONLY,
        **fields,
    )


def pairs_of(made: Problem) -> tuple[Plan, PairExplanations]:
    plan = mk.solve(made)
    return plan, PairExplanations(PlanState(made, plan))


THREE = {"A": {"Q1": 10, "Q2": 6}, "B": {"Q1": 5, "Q2": 9}, "C": {"Q2": 4}}
"""The best plan is A with Q1 and B with Q2."""


def test_terms_are_those_of_the_checker_and_add_up_to_the_weight() -> None:
    asked = 0
    for seed in range(36):
        made = flow_problem(seed) if seed % 2 else rule_problem(seed)
        try:
            plan, pairs = pairs_of(made)
        except ContradictionError:
            continue
        world = World(made)
        for entry in plan.assignments:
            answer, role = (
                pairs.why(entry.resource, entry.requirement),
                world.roles[entry.requirement],
            )
            assert dict(answer.terms) == terms(
                world, world.resources[entry.resource], role
            )
            assert (
                sum(points for _, points in answer.terms)
                == answer.weight
                == entry.weight
            )
            assert answer.quantity == entry.quantity
            asked += 1
    assert asked > 70


def test_prices_are_those_of_the_certificate_and_what_is_left_over_is_the_reduced_cost() -> (
    None
):
    asked = 0
    for seed in range(45):
        plan, pairs = pairs_of(flow_problem(seed))
        assert isinstance(plan.certificate, Certificate)
        resources = {price.id: price.price for price in plan.certificate.resources}
        requirements = {
            price.id: price.price for price in plan.certificate.requirements
        }
        for entry in plan.assignments:
            answer = pairs.why(entry.resource, entry.requirement)
            if answer.ranked_by == "weight":
                assert answer.locked, "only locks take prices away"
                continue
            gain = (*(0 for _ in plan.certificate.goals[1:]), entry.weight)
            first, second = resources[entry.resource], requirements[entry.requirement]
            assert (answer.resource_price, answer.requirement_price) == (first, second)
            assert answer.left_over == tuple(
                g - u - v for g, u, v in zip(gain, first, second, strict=True)
            )
            assert answer.locked == entry.quantity or answer.left_over >= (0,) * len(
                gain
            ), "optimal plans have no dearer pair"
            assert answer.proven
            asked += 1
    assert asked > 120


class Prices:
    """What pairs of a problem are worth beyond the prices of its plan, and which could carry more, from the
    records alone.
    """

    def __init__(self, made: Problem, plan: Plan) -> None:
        assert isinstance(plan.certificate, Certificate)
        self.world = World(made)
        self.zeros = (0,) * (len(plan.outcome.goals) - 1)
        self.resources = {price.id: price.price for price in plan.certificate.resources}
        self.requirements = {
            price.id: price.price for price in plan.certificate.requirements
        }
        self.has = {
            (entry.resource, entry.requirement): entry.quantity
            for entry in plan.assignments
        }
        self.locks: dict[tuple[str, str], int] = {}
        for rule in made.rules:
            if isinstance(rule, Lock):
                self.locks[rule.resource, rule.requirement] = max(
                    rule.quantity, self.locks.get((rule.resource, rule.requirement), 0)
                )

    def worth(self, who: str, name: str) -> tuple[int, ...]:
        gain = (
            *self.zeros,
            weight(self.world, self.world.resources[who], self.world.roles[name]),
        )
        return tuple(
            g - u - v
            for g, u, v in zip(
                gain, self.resources[who], self.requirements[name], strict=True
            )
        )

    def room(self, who: str, name: str) -> bool:
        record, role = self.world.resources[who], self.world.roles[name]
        free = (
            sum(amount for (one, _), amount in self.locks.items() if one == who)
            < record.capacity
        )
        wants = (
            sum(amount for (_, other), amount in self.locks.items() if other == name)
            < role.requirement.wanted
        )
        below = self.has.get((who, name), 0) < self.world.most(record, role.requirement)
        return free and wants and below and not any(broken(self.world, record, role))

    def same(
        self,
        found: RunnerUp | None,
        others: list[tuple[tuple[int, ...], str]],
        own: tuple[int, ...],
    ) -> bool:
        """Whether this is the best of the others, the first by id of several, and so far behind."""
        if not others or found is None:
            return not others and found is None
        most = max(worth for worth, _ in others)
        behind = tuple(one - other for one, other in zip(own, most, strict=True))
        return (found.id, found.behind) == (
            min(name for worth, name in others if worth == most),
            behind,
        )


def test_runners_up_are_the_best_of_all_eligible_pairs_with_room_by_weight_less_prices() -> (
    None
):
    told = 0
    for seed in range(40):
        made = flow_problem(seed)
        plan, pairs = pairs_of(made)
        prices = Prices(made, plan)
        for who, name in prices.has:
            answer = pairs.why(who, name)
            if answer.ranked_by == "weight":
                continue
            others = [
                (prices.worth(one, name), one)
                for one in prices.world.resources
                if one != who and prices.room(one, name)
            ]
            elsewhere = [
                (prices.worth(who, one), one)
                for one in prices.world.roles
                if one != name and prices.room(who, one)
            ]
            assert prices.same(
                answer.other_resource, others, prices.worth(who, name)
            ), (
                seed,
                who,
                name,
            )
            assert prices.same(
                answer.other_requirement, elsewhere, prices.worth(who, name)
            ), (
                seed,
                who,
                name,
            )
            told += (answer.other_resource is not None) + (
                answer.other_requirement is not None
            )
    assert told > 150


def test_the_text_tells_weight_runners_up_and_nothing_personal() -> None:
    _, pairs = pairs_of(scored(THREE))
    answer = pairs.why("A", "Q1")
    assert (answer.weight, answer.terms.score, answer.quantity, answer.locked) == (
        10,
        10,
        1,
        0,
    )
    assert (
        answer.other_resource is not None
        and answer.other_resource.id == "B"
        and answer.other_resource.weight == 5
    )
    assert (
        answer.other_requirement is not None
        and answer.other_requirement.id == "Q2"
        and answer.other_requirement.weight == 6
    )
    english, chinese = answer.text().splitlines(), answer.text("zh").splitlines()
    assert english[0].startswith(
        "A serves Q1, worth 10 a unit; next for Q1 is B (worth 5), "
    )
    assert english[1] == "  weight 10 = own scores +10"
    assert english[3] == "  A gives it 1 unit"
    assert chinese[0].startswith(
        "A 承担 Q1，每份价值 10；Q1 的下一个选择是 B（每份价值 5），"
    )
    assert chinese[1] == "  总分 10 = 自定评分 +10"
    assert len(english) == len(chinese) == 6
    assert not any(
        "Zhang" in text for text in (answer.text(), answer.text("zh"), answer.to_json())
    )
    assert Why.model_validate_json(answer.to_json()) == answer


def test_nobody_else_is_told_too() -> None:
    _, pairs = pairs_of(scored({"A": {"Q1": 0}}))
    answer = pairs.why("A", "Q1")
    assert answer.other_resource is answer.other_requirement is None
    assert (
        answer.line()
        == f"A serves Q1, worth 0 a unit; {pinned.text('pair.why.next.resource.none', requirement='Q1')}"
    )
    assert answer.line("zh") == pinned.text(
        "pair.why.line",
        "zh",
        resource="A",
        requirement="Q1",
        weight=0,
        next=pinned.message("pair.why.next.resource.none", requirement="Q1"),
    )
    assert pinned.text("pair.why.terms.none") in answer.text() and pinned.text(
        "pair.why.terms.none", "zh"
    ) in answer.text("zh")
    assert pinned.text("pair.why.next.requirement.none", resource="A") in answer.text()


def test_a_runner_up_that_would_do_as_well_is_called_so() -> None:
    plan, pairs = pairs_of(scored({"A": {"Q1": 3}, "B": {"Q1": 3}}))
    [who] = [entry.resource for entry in plan.assignments]
    other = "B" if who == "A" else "A"
    assert (
        pairs.why(who, "Q1").line()
        == f"{who} serves Q1, worth 3 a unit; next for Q1 is {other} (worth 3), which would do as well"
    )
    assert pairs.why(who, "Q1").line("zh") == pinned.text(
        "pair.why.line",
        "zh",
        resource=who,
        requirement="Q1",
        weight=3,
        next=pinned.message(
            "pair.why.next.resource.even", requirement="Q1", other=other, weight=3
        ),
    )


def test_a_pair_that_a_lock_holds_says_so_and_compares_by_weight_where_there_is_no_price() -> (
    None
):
    _, pairs = pairs_of(scored(THREE, Lock(resource="A", requirement="Q2")))
    answer = pairs.why("A", "Q2")
    assert (answer.ranked_by, answer.locked, answer.left_over, answer.goals) == (
        "weight",
        1,
        None,
        ("weight",),
    )
    assert answer.other_resource is None, (
        "a lock holds all of Q2, so nobody could have it"
    )
    assert pinned.text(
        "pair.why.locked", locked=1
    ) in answer.text() and "锁定" in answer.text("zh")
    beside = pairs.why("B", "Q1")
    assert beside.locked == 0 and beside.ranked_by == "prices"


def test_without_prices_others_are_compared_by_weight_and_the_text_says_so() -> None:
    made = scored(THREE)
    plan = mk.solve(made, engine="cpsat")
    answer = PairExplanations(PlanState(made, plan)).why("A", "Q1")
    assert (answer.ranked_by, answer.goals, answer.proven) == (
        "weight",
        ("weight",),
        False,
    )
    assert answer.other_resource is not None and (
        answer.other_resource.id,
        answer.other_resource.behind,
    ) == (
        "B",
        (5,),
    )
    assert answer.other_requirement is not None and (
        answer.other_requirement.id,
        answer.other_requirement.behind,
    ) == ("Q2", (4,))
    assert (
        answer.line()
        == "A serves Q1, worth 10 a unit; next for Q1 is B (worth 5), behind by weight: 5"
    )
    assert (
        answer.line("zh")
        == "A 承担 Q1，每份价值 10；Q1 的下一个选择是 B（每份价值 5），落后（总分：5）"
    )
    assert pinned.text(
        "pair.why.by_weight"
    ) in answer.text() and "只按分值比较" in answer.text("zh")


def test_prices_of_a_plan_that_they_do_not_prove_are_called_so() -> None:
    made = scored(THREE)
    plan = mk.solve(made)
    worse = plan.model_copy(update={"assignments": plan.assignments[:1]})
    answer = PairExplanations(PlanState(made, worse)).why("A", "Q1")
    assert (answer.ranked_by, answer.proven) == ("prices", False)
    assert pinned.text("view.status.feasible") in answer.text() and pinned.text(
        "pair.why.not_proven", "zh"
    ) in answer.text("zh")


def test_a_pair_that_is_not_in_the_plan_points_to_why_not() -> None:
    _, pairs = pairs_of(scored(THREE))
    for name in ("Q1", "Q2"):
        with pytest.raises(InputError) as caught:
            pairs.why("C", name)
        assert caught.value.complaints == (
            Complaint(
                f"C with {name}",
                pinned.text("pair.not_in_plan"),
                f"Ask why_not for C and {name}",
            ),
        )


def test_unknown_ids_and_other_types_are_told_together() -> None:
    _, pairs = pairs_of(scored({"nurse-1": {"flu": 1}}))
    for ask in (pairs.why, pairs.why_not):
        with pytest.raises(InputError) as caught:
            ask("nurse-2", "cough")
        assert [
            (complaint.where, complaint.advice) for complaint in caught.value.complaints
        ] == [
            ("resource nurse-2", "Maybe nurse-1 is meant"),
            ("requirement cough", "Use the id of a listed one (known: flu)"),
        ]
        with pytest.raises(InputError) as caught:
            ask(7, None)  # type: ignore[arg-type]
        assert [str(complaint.where) for complaint in caught.value.complaints] == [
            "resource",
            "requirement",
        ]


@pytest.mark.parametrize(
    ("length", "where"),
    [(200, "resource " + "x" * 200), (201, pinned.text("unknown.resource"))],
)
def test_of_an_id_longer_than_any_nothing_near_is_shown(
    length: int, where: str
) -> None:
    _, pairs = pairs_of(scored({"x" * 199: {"flu": 1}}))
    with pytest.raises(InputError) as caught:
        pairs.why("x" * length, "flu")
    [complaint] = caught.value.complaints
    assert complaint.where == where
    assert complaint.advice.startswith(
        "Maybe" if length == 200 else "Use the id of a listed one"
    )


@pytest.mark.parametrize(
    ("spoil", "fact"),
    [
        ({"goals": ("weight", "tier 1")}, pinned.text("certificate.goals")),
        ({"resources": ()}, pinned.text("certificate.no_price")),
        ({"requirements": "twice"}, pinned.text("certificate.price")),
        ({"resources": "strange"}, pinned.text("certificate.unknown")),
        ({"resources": "short"}, pinned.text("certificate.price")),
    ],
)
def test_a_certificate_of_another_problem_is_refused(
    spoil: dict[str, Any], fact: str
) -> None:
    made = scored(THREE)
    plan = mk.solve(made)
    assert isinstance(plan.certificate, Certificate)
    first = plan.certificate.resources[0]
    ways = {
        "twice": plan.certificate.requirements * 2,
        "strange": (*plan.certificate.resources, first.model_copy(update={"id": "Z"})),
        "short": (
            first.model_copy(update={"price": ()}),
            *plan.certificate.resources[1:],
        ),
    }
    fields = {
        name: ways.get(value, value) if isinstance(value, str) else value
        for name, value in spoil.items()
    }
    other = plan.model_copy(
        update={"certificate": plan.certificate.model_copy(update=fields)}
    )
    for ask in ("why", "why_not"):
        with pytest.raises(InputError, match=fact):
            getattr(PairExplanations(PlanState(made, other)), ask)(
                "A", "Q1" if ask == "why" else "Q2"
            )


def test_prices_beyond_any_range_do_no_harm() -> None:
    made = random_problem(seeded(4))
    plan = mk.solve(made)
    assert isinstance(plan.certificate, Certificate)
    huge = [
        price.model_copy(update={"price": tuple(part + 2**90 for part in price.price)})
        for price in plan.certificate.resources
    ]
    other = plan.model_copy(
        update={
            "certificate": plan.certificate.model_copy(
                update={"resources": tuple(huge)}
            )
        }
    )
    pairs = PairExplanations(PlanState(made, other))
    for entry in plan.assignments:
        assert not pairs.why(entry.resource, entry.requirement).proven
