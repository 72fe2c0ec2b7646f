"""Amounts by which quantities break rules: without the engine, and after changes, they are those of the engine."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np
import pytest
from rule_problems import rule_problem

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general import amounts
from matchkit.compile.general.amounts import PlanAmounts, Quantities, amounts_of
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.instance import Instance
from matchkit.engines.cpsat import CpSatEngine, Model
from matchkit.engines.program import Program
from matchkit.errors import MatchkitError
from matchkit.model import Resource, Unit
from matchkit.model.rules import Rule

SEEDS = range(250)


def cases(seeds: Iterable[int]) -> list[IntegerModel]:
    """General problems with every kind of rule."""
    found = []
    for seed in seeds:
        try:
            found.append(
                compile_case(Instance(rule_problem(seed, added=seed % 2 == 1)), 10_000)
            )
        except MatchkitError:  # hard rules that contradict each other
            continue
    return found


CASES = cases(SEEDS)


def drawn(
    case: IntegerModel, rng: random.Random, share: float
) -> dict[tuple[int, int], int]:
    """Quantities of some eligible pairs that each can carry, whatever they break together."""
    found, lists = {}, case.lists
    for left, slot in zip(case.left.tolist(), case.right.tolist(), strict=True):
        most = lists.own_capacity(lists.resources[left], lists.slots[slot])
        if most and rng.random() < share:
            found[left, slot] = rng.randint(1, most)
    return found


def by_engine(
    case: IntegerModel,
    rules: list[Rule],
    units: Quantities,
    monkeypatch: pytest.MonkeyPatch,
) -> list[int]:
    """The amounts as the engine finds them."""
    pairs = sorted(units)
    left, right = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    quantity = np.array([units[pair] for pair in pairs], np.int64)
    with monkeypatch.context() as changed:
        changed.setattr(Program, "least", lambda *_: None)
        return amounts_of(case.facts, rules, left, right, quantity)


def test_amounts_without_and_with_the_engine_are_equal_also_after_changes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken: Counter[str] = Counter()
    for number, case in enumerate([*CASES, *cases(range(250, 600))]):
        rng = random.Random(number)  # noqa: S311 - the same every time
        rules = list(case.lists.problem.rules)
        units = drawn(case, rng, 0.6)
        of_plan = PlanAmounts(case.facts, rules, units)
        assert of_plan.before == by_engine(case, rules, units, monkeypatch)
        for _ in range(3):
            after = {**units, **drawn(case, rng, 0.2)}
            for pair in rng.sample(sorted(after), min(len(after), 2)):
                del after[pair]
            found = of_plan.after(after)
            assert found == by_engine(case, rules, after, monkeypatch)
            broken.update(
                rule.rule for rule, amount in zip(rules, found, strict=True) if amount
            )
    assert len(broken) >= 18 and min(broken.values()) >= 3, broken


def test_only_covers_that_count_one_skill_each_need_the_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: set[str] = set()
    for number, case in enumerate(CASES):
        units = drawn(case, random.Random(number), 0.7)  # noqa: S311
        for rule in case.lists.problem.rules:

            class Counted(CpSatEngine):
                def model(self, program: Program, kind: str = rule.rule) -> Model:
                    asked.add(kind)
                    return super().model(program)

            with monkeypatch.context() as changed:
                changed.setattr(amounts, "DEFAULT_MIP", Counted())
                PlanAmounts(case.facts, [rule], units)
    assert asked <= {"cover"}


def test_one_more_resource_breaks_what_it_would_break_as_a_record_of_the_problem() -> (
    None
):
    grown = 0
    for number, case in enumerate(CASES):
        rng, problem = random.Random(number), case.lists.problem  # noqa: S311
        if (
            not problem.resources
            or not case.lists.slots
            or len(case.lists.slots) != len(case.lists.places)
        ):
            continue
        unit, made = (
            Unit(id="~"),
            Resource(id="~", unit="~", skills=rng.choice(problem.resources).skills),
        )
        more = compile_case(Instance(problem.model_copy(update={
            "units": (*problem.units, unit), "resources": (*problem.resources, made), "previous": (), "scores": (),
        })), 10_000)  # fmt: skip
        units, rules = drawn(case, rng, 0.5), list(problem.rules)
        after = {
            **units,
            (len(case.lists.resources), rng.randrange(len(case.lists.slots))): 1,
        }
        found = PlanAmounts(case.facts, rules, units).after(
            after, case.facts.with_resource(made, unit)
        )
        assert found == PlanAmounts(more.facts, rules, after).before
        grown += found != PlanAmounts(case.facts, rules, units).before
    assert grown > 20


def test_previous_pairs_of_flexible_demands_break_no_rule_on_time() -> None:
    """A served both before, nobody knows when: by what is known, no minute beyond the 80, so no minute more is
    allowed.
    """
    morning = m.Window(
        start=datetime(2026, 5, 4, 8, tzinfo=UTC),
        end=datetime(2026, 5, 4, 12, tzinfo=UTC),
    )
    problem = m.Problem(
        units=[m.Unit(id="U1")],
        communities=[m.Community(id="C1")],
        resources=[m.Resource(id="A", unit="U1", kind="person", capacity=2)],
        demands=[
            m.Demand(
                id=f"D{name}", community="C1", windows=[morning], minutes=60, step=60,
                requirements=[m.Requirement(id=f"Q{name}", kind="person")],
            )
            for name in ("1", "2")
        ],
        rules=[m.HoursBudget(resource="A", minutes=80, soft=m.Soft(no_worse=True))],
        previous=[m.PreviousPair(resource="A", requirement=f"Q{name}") for name in ("1", "2")],
    )  # fmt: skip
    plan = mk.solve(problem)
    assert len(plan.assignments) == 1
    assert mk.verify(problem, plan).violations == ()
