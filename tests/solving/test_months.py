"""Rules on the days of a resource in its blocks: what they prove is true of all plans, close for one resource,
and what the checker finds too.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from operator import ge

from every_plan import TooManyError, every_plan
from random_problems import seeded
from test_block_proof import PAIRS, carrying

import matchkit as mk
import matchkit.model as m
from matchkit.compile.general.bounds import HeldBounds
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.cuts import certificate_of
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError
from matchkit.plan import BlockPrice

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


def test_rules_on_days_bound_every_plan_and_the_checker_finds_the_same() -> None:
    seen: Counter[str] = Counter()
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
        for cut in held.cuts:
            proof = certificate_of(case, [cut])
            assert mk.check_certificate(problem, carrying(proof)).violations == (), seed
            if not cut.blocks.paths:
                continue
            seen["by days"] += 1
            resources = list(proof.cuts[0].resources)
            for left in cut.blocks.paths[0].lefts.tolist():
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
