"""Rules on the days of a resource in its blocks: what they prove is true of all plans, close for one resource,
and what the checker finds too.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from operator import ge
from typing import Any

import pytest
from every_plan import TooManyError, every_plan
from random_problems import seeded
from test_block_proof import PAIRS, carrying

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general import bounds
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.cuts import certificate_of
from matchkit.compile.general.month import months_of
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError
from matchkit.plan import BlockPrice
from matchkit.verification import months

SEEDS = range(150)
THURSDAY = datetime(2026, 5, 7, tzinfo=UTC)
HOURS = {"early": (6, 14), "late": (14, 22), "night": (16, 24)}


def ward(seed: int) -> m.Problem:
    """One or two nurses, six to eight days with one or two shifts, and some of the rules on days."""
    rng = seeded(seed)
    nurses, length = rng.choice((1, 1, 2)), rng.randint(6, 8)
    demands = []
    for day in range(length):
        for name in rng.sample(
            sorted(HOURS), rng.choice((0, 1, 1, 2)) if nurses == 1 else 1
        ):
            begin, end = (
                THURSDAY + timedelta(days=day, hours=hour) for hour in HOURS[name]
            )
            minimum = rng.randint(0, 1)
            demands.append(
                m.Demand(
                    id=f"D{day}{name}", community="C", tier=rng.choice((1, 1, 2)), category=name,
                    weight=rng.randint(0, 90), windows=[m.Window(start=begin, end=end)],
                    requirements=[m.Requirement(id=f"Q{day}{name}", minimum=minimum, wanted=1)],
                )
            )  # fmt: skip
    rules: list[m.Rule] = [m.CountBudget(per="day", most=1)]
    for rule in (
        m.LongestRun(days=rng.randint(1, 4)),
        m.ShortestRun(days=rng.randint(2, 3)),
        m.ShortestBreak(days=rng.randint(2, 3)),
        m.WeekendBudget(most=rng.randint(0, 1)),
        m.NotAfter(category="early", after="night"),
        m.NotAfter(category="late", after="late"),
        m.Rest(minutes=rng.choice((600, 1_000, 2_000))),
        m.HoursBudget(minutes=60 * rng.choice((8, 20, 32))),
    ):
        of_one = rule.model_copy(update={"resource": "N1"})
        rules += rng.sample((rule, rule, of_one), rng.randint(0, 1))
    return m.Problem(
        units=[m.Unit(id="U")],
        communities=[m.Community(id="C")],
        resources=[
            m.Resource(
                id=f"N{k + 1}",
                unit="U",
                capacity=rng.choice((3, 9)),
                activation=rng.choice((0, 0, 60)),
            )
            for k in range(nurses)
        ],
        demands=demands,
        rules=rules,
    )


def test_rules_on_days_bound_every_plan_and_the_checker_finds_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: Counter[str] = Counter()
    made: list[Any] = []

    def kept(*given: Any) -> Any:
        made.append(months_of(*given))
        return made[-1]

    monkeypatch.setattr(bounds, "months_of", kept)
    for seed in SEEDS:
        problem = ward(seed)
        try:
            case, values = (
                compile_case(Instance(problem), PAIRS),
                every_plan(problem).values,
            )
        except (ContradictionError, TooManyError):
            continue
        best = max(values)
        held = HeldBounds(case)
        made.clear()
        for number in range(len(case.aims)):
            bound = held.of(best, number, Deadline())
            assert bound is None or all(
                other[number] <= bound
                for other in values
                if all(map(ge, other[:number], best))
            ), seed
            alone = len(problem.resources) == 1 and bound is not None
            seen["close"] += alone and number == 0 and bound == best[0]
            seen["alone"] += alone and number == 0
        for cut, paths in zip(held.cuts, made, strict=True):
            proof = certificate_of(case, [cut])
            assert mk.check_certificate(problem, carrying(proof)).violations == (), seed
            if not paths:
                continue
            seen["by days"] += 1
            resources = list(proof.cuts[0].resources)
            for left in paths[0].lefts.tolist():
                lower = list(resources)
                lower[left] = BlockPrice(id=lower[left].id, price=lower[left].price - 1)
                changed = proof.cuts[0].model_copy(update={"resources": tuple(lower)})
                report = mk.check_certificate(
                    problem, carrying(proof.model_copy(update={"cuts": (changed,)}))
                )
                exact = (lower[left].id,) in {entry.ids for entry in report.violations}
                seen["exact" if exact else "looser"] += 1
    assert seen["by days"] >= 100, seen
    assert seen["exact"] >= 100, seen
    assert seen["close"] >= 0.6 * seen["alone"] >= 50, seen


def test_after_many_states_a_bound_stands_for_the_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    higher = 0
    for seed in range(60):
        rng = seeded(seed)
        shifts = {
            day: [
                months.DayShift(
                    rng.randint(-5, 30), 24 * day + 8, 24 * day + 16, 8, None
                )
                for _ in range(rng.randint(0, 2))
            ]
            for day in range(1, 15)
        }
        month = months.Month(1, 14, 4, 2, 2, 1, {}, 8 * rng.randint(3, 9), 9)
        with monkeypatch.context() as patch:
            exact = months.best_month(month, shifts, 0)
            patch.setattr(months, "MOST_STATES", 20)
            bound = months.best_month(month, shifts, 0)
        assert bound >= exact
        higher += bound > exact
    assert higher >= 30


def test_a_date_that_the_zone_skips_is_a_day_of_what_runs_across_it() -> None:
    """30 December 2011 in Apia: a demand from the 29th to the 31st is three days in a row."""
    begin = datetime(2011, 12, 30, 8, 30, tzinfo=UTC)

    def served(rule: m.Rule) -> int:
        role = m.Requirement(id="Q")
        across = m.Window(start=begin, end=begin + timedelta(hours=2))
        problem = m.Problem(
            units=[m.Unit(id="U")],
            communities=[m.Community(id="C")],
            resources=[m.Resource(id="N", unit="U")],
            demands=[m.Demand(id="D", community="C", windows=[across], requirements=[role])],
            rules=[rule],
        )  # fmt: skip
        return len(mk.solve(problem).assignments)

    assert served(m.LongestRun(days=2, zone="Pacific/Apia")) == 0
    assert served(m.LongestRun(days=3, zone="Pacific/Apia")) == 1
    assert served(m.ShortestBreak(days=3, zone="Pacific/Apia")) == 1
    assert served(m.HoursBudget(minutes=90, per="day", zone="Pacific/Apia")) == 1
