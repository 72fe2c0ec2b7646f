"""Questions about a solved city: why this pair, why not that one, each answered from a plan as arrays."""

from __future__ import annotations

import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import AddRule
from matchkit.answers.pairs import WhyNot
from matchkit.answers.shortages import Shortages
from matchkit.explain.pairs import PairExplanations
from matchkit.explain.plan_state import PlanState
from matchkit.explain.shortages import Causes

SEED = 0
ASKED, CHECKED = 500, 3
"""Pairs asked about on each side, and of these so many solved again with the lock."""

Question = Callable[[str, str], Any]


def asked(
    question: Question, pairs: Sequence[tuple[str, str]]
) -> tuple[dict[str, float], list[Any]]:
    """Milliseconds of a question (a spread over the pairs with its 95th percentile), and its answers."""
    seconds, answers = [], []
    for pair in pairs:
        began = time.perf_counter()
        answers.append(question(*pair))
        seconds.append(time.perf_counter() - began)
    places = {"min": 0, "median": 50, "p95": 95, "max": 100}
    spread = {
        name: round(1000 * float(np.percentile(seconds, place)), 2)
        for name, place in places.items()
    }
    return {**spread, "runs": len(seconds)}, answers


def measure(scale: str, count: int) -> dict[str, Any]:
    """Everything about one scale, in this process."""
    problem = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    plan = mk.solve(problem)
    gc.collect()
    moments = [time.perf_counter()]
    state = PlanState(problem, plan)
    moments.append(time.perf_counter())
    pairs = PairExplanations(state)
    pairs.prepare()
    moments.append(time.perf_counter())
    causes = Causes(state)
    lacking = causes.all()
    moments.append(time.perf_counter())
    rng = random.Random(SEED)  # noqa: S311 - a sample
    inside = [
        (entry.resource, entry.requirement)
        for entry in rng.sample(plan.assignments, min(count, len(plan.assignments)))
    ]
    places = rng.sample(range(len(state.right)), min(count, len(state.right)))
    outside = [
        (state.resource_ids[state.left[at]], state.requirement_ids[state.right[at]])
        for at in places
    ]
    why, _ = asked(pairs.why, inside)
    why_not, answers = asked(pairs.why_not, outside)
    compared(
        problem,
        plan,
        [answer for answer in answers if answer.verdict == "exact"][:CHECKED],
    )
    return {
        "eligible_pairs": len(state.right),
        "asked": [len(inside), len(outside)],
        "solved_again": CHECKED,
        "state_seconds": round(moments[1] - moments[0], 3),
        "prepare_seconds": round(moments[2] - moments[1], 3),
        "shortages": len(lacking.shortages),
        "shortages_by_cause": dict(
            sorted(Counter(shortage.cause for shortage in lacking.shortages).items())
        ),
        "shortages_seconds": round(moments[3] - moments[2], 3),
        "witnesses_checked": witnessed(problem, plan, lacking),
        "why_ms": why,
        "why_not_ms": why_not,
        "moves": [
            int(number)
            for number in np.percentile(
                [len(answer.moves) for answer in answers], (50, 95, 100)
            )
        ],
    }


def witnessed(problem: mk.Problem, plan: mk.Plan, lacking: Shortages) -> int:
    """Check the witness of one shortage of every cause; how many that were. Raises BrokenPlanError where one
    does not hold.
    """
    first = {shortage.cause: shortage for shortage in reversed(list(lacking.whole()))}
    for shortage in first.values():
        mk.check_witness(problem, plan, shortage).raise_if_broken()
    return len(first)


def compared(problem: mk.Problem, plan: mk.Plan, answers: Sequence[WhyNot]) -> None:
    """Solve with each pair locked; raises UnequalError where that loses anything else than was stated."""
    for answer in answers:
        lock = mk.rules.Lock(
            resource=answer.resource,
            requirement=answer.requirement,
            quantity=answer.quantity + 1,
        )
        best = mk.solve(apply_changes(problem, [AddRule(rule=lock)]))
        lost = [
            one.value - other.value
            for one, other in zip(plan.outcome.goals, best.outcome.goals, strict=True)
        ]
        if lost != [loss.most for loss in answer.loss]:
            raise UnequalError(
                f"{answer.resource} with {answer.requirement} loses {lost}, stated is {answer.line()}"
            )


def run(quick: bool) -> Figures:
    """Every scale in a process of its own."""
    scales = ("street",) if quick else ("district", "city")
    found = {
        scale: in_process(measure, scale, 50 if quick else ASKED) for scale in scales
    }
    return {
        "scales": {
            scale: {
                name: value for name, value in one.items() if name != "process_seconds"
            }
            for scale, one in found.items()
        }
    }


def _pairs(figures: Figures) -> str:
    head = (
        "scale",
        "eligible pairs",
        "plan state, s",
        "prepare, s",
        "`why`, ms",
        "95 %",
        "greatest",
        "`why_not`, ms",
        "95 %",
        "greatest",
    )
    return table(
        head,
        [
            (
                name,
                whole(scale["eligible_pairs"]),
                scale["state_seconds"],
                scale["prepare_seconds"],
                *(
                    scale[question][field]
                    for question in ("why_ms", "why_not_ms")
                    for field in ("median", "p95", "max")
                ),
            )
            for name, scale in figures["scales"].items()
        ],
    )


def _shortages(figures: Figures) -> str:
    head = (
        "scale",
        "shortages",
        "all explained, s",
        "plan state, s",
        "by cause",
        "witnesses checked",
    )
    return table(
        head,
        [
            (
                name,
                whole(scale["shortages"]),
                scale["shortages_seconds"],
                scale["state_seconds"],
                ", ".join(
                    f"{cause} {count}"
                    for cause, count in scale["shortages_by_cause"].items()
                ),
                scale["witnesses_checked"],
            )
            for name, scale in figures["scales"].items()
        ],
    )


register(
    Benchmark(
        name="explanations",
        claim=(
            "Why a pair is in a city's plan and what forcing another would cost, in milliseconds; why "
            "the city lacks what it lacks"
        ),
        peers=(),
        seeds={"city": SEED, "solve": 0, "pairs": SEED},
        run=run,
        tables={"explanations pairs": _pairs, "explanations shortages": _shortages},
    )
)
