"""A stock's load bounds how many units it gives: what its relaxation says is what can be carried."""

from __future__ import annotations

import numpy as np
import pinned
import pytest

import matchkit.model as m
from matchkit import solve
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.general.scheduling import blocks_of
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError, EngineError
from matchkit.solvers import match as matching


def stock(load: int = 7, lighter: int = 2) -> m.Problem:
    """Ten units that weigh 7 kg at most, unless said otherwise: of A (tier 1, 3 kg a unit) two can be carried,
    of B (tier 2, 2 kg) three, of both 3 in all.
    """
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id="S",
                unit="U",
                kind="supplies",
                capacity=10,
                loads=[m.Load(dimension="kg", amount=load)],
            )
        ],
        demands=[
            m.Demand(
                id=name,
                community="C",
                tier=tier,
                requirements=[
                    m.Requirement(
                        id=name,
                        kind="supplies",
                        wanted=5,
                        uses=[m.Load(dimension="kg", amount=kg)],
                    )
                ],
            )
            for name, tier, kg in (("A", 1, 3), ("B", 2, lighter))
        ],
    )


def test_the_flow_gives_no_more_units_than_the_load_carries_of_the_lightest() -> None:
    """Without weights 10 units would be 5 of A and 5 of B; the lightest weighs 2 kg, so 3 units in all, of
    tier 1 first.
    """
    found = relaxed(compile_case(Instance(stock()), 100), Deadline())
    assert found is not None and found.quantity is not None
    assert found.bounds[:2] == (3, 0)
    assert int(found.quantity.sum()) == 3


def test_a_relaxation_whose_flow_is_no_flow_is_a_defect_and_no_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Also where it comes with prices."""
    case = compile_case(Instance(stock()), 100)
    monkeypatch.setattr(matching, "check_solution", lambda *_: "a unit too many")
    with pytest.raises(EngineError, match="a unit too many"):
        relaxed(case, Deadline())


def test_a_stock_gives_as_many_units_as_its_load_carries_of_the_lightest() -> None:
    """Among the pairs that are asked about: 7 kg are two of A alone, and three of B or of both."""
    case = compile_case(Instance(stock()), 100)
    parts = [aim.parts[0] for aim in case.aims]
    for pairs, most in (([0], 2), ([1], 3), ([0, 1], 3)):
        blocks, _ = blocks_of(case.part(np.array(pairs)), parts, [1])
        assert blocks.count.tolist() == [most]
        assert blocks.stock.all()


def test_the_plan_keeps_the_load_and_is_proved() -> None:
    """6 kg of A are the most of tier 1; the kilogram left carries no unit of B."""
    plan = solve(stock())
    assert [(goal.value, goal.bound) for goal in plan.outcome.goals[:2]] == [
        (2, 2),
        (0, 0),
    ]
    assert plan.outcome.status == "optimal"


def test_as_many_pairs_as_the_budget_has_are_compiled_and_no_more() -> None:
    """One for A and one for B."""
    assert len(compile_case(Instance(stock()), 2).left) == 2
    with pinned.raises(BudgetError, "budget.pairs", most=1):
        compile_case(Instance(stock()), 1)
