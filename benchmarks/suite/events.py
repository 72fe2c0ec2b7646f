"""Events of a live city, one by one: how long each takes, and that a full solve reaches the same."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.calls import Calls, calls_table
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.turns import UnequalError
from matchkit import changes as c
from matchkit.verification.checks import Verifier

SEED = 0
ROUNDS = 60
"""Events of each usual kind; of rare ones a tenth as many."""
PLANS = 5
"""Plans that are made and verified after the events."""


def drawn(
    problem: mk.Problem, plan: mk.Plan, rounds: int, rng: random.Random
) -> Iterator[tuple[str, c.Change]]:
    """Events by kind: people lost and back, assignments declined and confirmed, slots more, caps moved by a
    few units; and now and then skills that are new, and a new demand.
    """
    needs = [need for demand in problem.demands for need in demand.requirements]
    caps = [
        rule for rule in problem.rules if rule.rule in ("unit_cap", "community_cap")
    ]
    chosen = rng.sample(plan.assignments, 3 * rounds)
    capacity = {one.id: one.capacity for one in problem.resources}
    seen = set[str]()
    lost = list[str]()
    for number in range(rounds):
        for kind, entry in zip(
            ("lost", "declined", "confirmed"), chosen[3 * number :], strict=False
        ):
            if entry.resource in seen:
                continue
            seen.add(entry.resource)
            pair = {"resource": entry.resource, "requirement": entry.requirement}
            if kind == "lost":
                lost.append(entry.resource)
                yield kind, c.SetCapacity(resource=entry.resource, capacity=0)
            else:
                made = mk.rules.Forbid if kind == "declined" else mk.rules.Lock
                yield kind, c.AddRule(rule=made(**pair))
        need = rng.choice(needs)
        more = need.wanted + rng.randint(1, 3)
        yield "more wanted", c.SetWanted(requirement=need.id, wanted=more)
        place = rng.randrange(len(caps))
        before = caps[place]
        most = max(0, before.most + rng.randint(-3, 3))
        caps[place] = before.model_copy(update={"most": most})
        yield "cap", c.ChangeRule(label=before.label, rule=caps[place])
        if lost and number % 2:
            name = lost.pop(0)
            yield "back", c.SetCapacity(resource=name, capacity=capacity[name])
        if number % 10 == 0:
            one = rng.choice(problem.resources).id
            yield "skill", c.Train(resource=one, skill="first aid", level=3)
            demand = rng.choice(problem.demands)
            new = tuple(
                need.model_copy(update={"id": f"new {number}.{place}"})
                for place, need in enumerate(demand.requirements)
            )
            fields = {"id": f"new {number}", "requirements": new}
            yield "new demand", c.AddDemand(demand=demand.model_copy(update=fields))


def recounted(live: mk.Live, resource: str) -> dict[str, float]:
    """Processor seconds of a plan after an event: to make it, and to verify it anew and as a whole."""
    verifier = Verifier()
    verifier.verify(live.problem, live.plan)
    live.apply(c.Train(resource=resource, skill="first aid", level=5))
    times, began = {}, time.process_time()
    problem, plan = live.problem, live.plan
    times["plan_seconds"] = time.process_time() - began
    for name, one in (("again_seconds", verifier), ("whole_seconds", Verifier())):
        began = time.process_time()
        one.verify(problem, plan).raise_if_broken()
        times[name] = time.process_time() - began
    return times


def measure(scale: str, rounds: int) -> dict[str, Any]:
    """All events of a scale, in this process, and the goals of a full solve after the last."""
    problem = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    plan = mk.solve(problem)
    began = time.perf_counter()
    live = mk.Live(problem, plan)
    opening = time.perf_counter() - began
    calls, anew = Calls(), 0
    rng = random.Random(SEED)  # noqa: S311 - a sample
    for kind, change in drawn(problem, plan, rounds, rng):
        anew += calls.timed(kind, live.apply, change).anew
    verified = [recounted(live, problem.resources[k].id) for k in range(PLANS)]
    full = mk.solve(live.problem)
    if full.outcome.goals != live.plan.outcome.goals:
        raise UnequalError("a full solve reaches other goals")
    return {
        "opening_seconds": round(opening, 2),
        "anew": anew,
        "verified": {
            name: round(float(np.median([one[name] for one in verified])), 2)
            for name in verified[0]
        },
        "milliseconds": calls.figures(),
    }


def run(quick: bool) -> Figures:
    """The city (a street where it is ``quick``) in a process of its own."""
    scale, rounds = ("street", 5) if quick else ("city", ROUNDS)
    return in_process(measure, scale, rounds)


def _events(figures: Figures) -> str:
    return calls_table("event", figures["milliseconds"])


register(
    Benchmark(
        name="events",
        claim="After each event on a city the plan is the best again, proven, in milliseconds",
        peers=(),
        seeds={"city": SEED, "events": SEED, "solve": 0},
        run=run,
        tables={"events": _events},
    )
)
