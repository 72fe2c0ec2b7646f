"""How limits of time are kept at the city: when the answer is there, and whether the plan is at least a
greedy's.
"""

from __future__ import annotations

import contextlib
import time
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.city_week import city_week
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.packing import packing_of
from matchkit.compile.instance import Instance
from matchkit.solvers.mip.packing import Packed

SEED = 0
LIMITS = (0.5, 2.0, 5.0, 10.0, 30.0, 60.0)
PROBLEMS = ("week", "core")
"""The week has rules that only the general engine keeps, the core is a flow."""


def _problem(name: str, scale: str) -> mk.Problem:
    return city_week(scale, SEED) if name == "week" else mk.datasets.city(scale, SEED)  # type: ignore[arg-type]


def answer(name: str, scale: str, limit: float, isolated: bool) -> dict[str, Any]:
    """One solve: seconds until its answer, on the clock and of this process's processor, and the goals of the
    plan (None: no plan).
    """
    problem = _problem(name, scale)
    small = _problem(name, "street")
    mk.solve(
        small, time_limit=10
    )  # what is imported at the first use is no matter of limits
    began, worked = time.perf_counter(), time.process_time()
    plan: mk.Plan | None = None
    with contextlib.suppress(mk.errors.StoppedError):
        plan = mk.solve(problem, time_limit=limit, isolated=isolated)
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    if plan is not None:
        mk.verify(problem, plan).raise_if_broken()
    return {
        "problem": name,
        "limit": limit,
        "isolated": isolated,
        "seconds": round(seconds, 3),
        "processor_seconds": round(processor, 3),
        "status": None if plan is None else plan.outcome.status,
        "goals": None
        if plan is None
        else [[goal.name, goal.value] for goal in plan.outcome.goals],
    }


def greedy(scale: str) -> dict[str, Any]:
    """The week's goals by a greedy: tier by tier, minimums first, every requirement by the best pairs that
    still fit.
    """
    began = time.perf_counter()
    case = compile_case(Instance(_problem("week", scale)), 10**8)
    packing = packing_of(case)
    assert packing is not None
    state, has = Packed(packing), np.zeros(len(case.needs[0]), np.int64)
    for wish in packing.wishes:
        for slot, pairs in enumerate(packing.of_right):
            need = packing.need[slot]
            room = state.room(pairs)
            while has[need] < wish[need] and (room > 0).any():
                best = int(np.lexsort((packing.weight[pairs], room > 0))[-1])
                amount = min(int(room[best]), int(wish[need] - has[need]))
                state.take(int(pairs[best]), amount)
                has[need] += amount
                room = state.room(pairs)
    chosen = np.flatnonzero(state.quantity)
    values = case.values(chosen, state.quantity[chosen], ())
    goals = [[aim.name, value] for aim, value in zip(case.aims, values, strict=True)]
    return {"goals": goals, "seconds": round(time.perf_counter() - began, 3)}


def run(quick: bool) -> Figures:
    """Every solve in a process of its own."""
    scale, limits = ("street", (0.5, 2.0)) if quick else ("city", LIMITS)
    first = in_process(greedy, scale)
    answers = [
        in_process(answer, name, scale, limit, isolated)
        for name in PROBLEMS
        for isolated in (False, True)
        for limit in limits
    ]
    for one in (first, *answers):
        one["process_seconds"], one["peak_mb"] = (
            round(one["process_seconds"], 2),
            round(one["peak_mb"], 1),
        )
    return {"scale": scale, "greedy": first, "answers": answers}


def _rows(figures: Figures) -> str:
    known = [value for _, value in figures["greedy"]["goals"]]
    head = (
        "problem",
        "process",
        "limit, s",
        "answer after, s",
        "late, s",
        "slots filled",
        "against the greedy",
    )
    rows = []
    for one in figures["answers"]:
        values = None if one["goals"] is None else [value for _, value in one["goals"]]
        against = None
        if values is not None and one["problem"] == "week":
            against = (
                "better" if values > known else "equal" if values == known else "worse"
            )
        late = max(0.0, one["seconds"] - one["limit"])
        rows.append(
            (
                one["problem"],
                "worker" if one["isolated"] else "own",
                one["limit"],
                one["seconds"],
                round(late, 2),
                "no plan" if values is None else whole(sum(values[:-1])),
                against,
            )
        )
    return table(head, rows)


register(
    Benchmark(
        name="limits",
        claim=(
            "A limit of time is kept, in the caller's process and in a worker, and the plan is no "
            "worse than a greedy's"
        ),
        peers=(),
        seeds={"city": SEED, "solve": 0},
        run=run,
        tables={"limits": _rows},
    )
)
