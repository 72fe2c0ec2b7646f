"""What is done with large problems, done with small ones: linear programs, their plans, and bounds of later goals."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from operator import ge

import pytest
from every_plan import TooManyError, every_plan
from rule_problems import rule_problem

import matchkit as mk
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every problem is as one of many pairs."""
    for name in ("solving.general", "solvers.mip.search", "solving.relaxations"):
        for limit in ("SMALL", "WHOLE"):
            module = import_module(f"matchkit.{name}")
            if hasattr(module, limit):
                monkeypatch.setattr(module, limit, -1)


@pytest.mark.usefixtures("large")
def test_every_stated_bound_is_true_of_all_plans() -> None:
    """Also one after the first goal that is open: of plans that have at least as much in all goals before."""
    seen: Counter[str] = Counter()
    for seed in range(60):
        problem = rule_problem(seed)
        try:
            values = every_plan(problem).values
            plan = mk.solve(problem, time_limit=0.2)
        except (ContradictionError, TooManyError):
            continue
        mk.verify(problem, plan).raise_if_broken()
        goals = plan.outcome.goals
        if any(goal.tolerance for goal in goals):
            continue
        reached, bounds = [goal.value for goal in goals], [goal.bound for goal in goals]
        first = next(
            (k for k, goal in enumerate(goals) if goal.bound != goal.value), len(goals)
        )
        for number, bound in enumerate(bounds):
            if bound is None:
                continue
            seen["later"] += number > first
            assert all(
                other[number] <= bound
                for other in values
                if all(map(ge, other[:number], reached))
            ), (seed, number)
        seen["best"] += max(values) == tuple(reached)
    assert seen["later"] >= 1, seen
    assert seen["best"] >= 20, seen


def test_a_linear_program_of_all_goals_has_its_plan_among_the_pairs_near_it() -> None:
    seen = 0
    for seed in range(60):
        problem = rule_problem(seed)
        try:
            case = compile_case(Instance(problem), 1_000_000)
        except ContradictionError:
            continue
        found = HeldBounds(case).plan(Deadline())
        if found is None or found.quantity is None:
            continue
        assert found.support is not None and found.near is not None
        near, support = set(found.near.tolist()), set(found.support.tolist())
        assert {*found.quantity.nonzero()[0].tolist()} <= support <= near
        assert (found.quantity <= case.most).all()
        seen += bool(support)
    assert seen >= 15
