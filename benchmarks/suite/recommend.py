"""Recommendations and proposals on a live city of 10,000 people, one by one; some against full solves."""

from __future__ import annotations

import random
from typing import Any

import matchkit as mk
from benchmarks.calls import Calls, calls_table
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.turns import UnequalError
from matchkit import changes as c

SEED = 0
PEOPLE, COUNT = 10_000, 10
ASKED, SOLVED = 200, 20
"""Questions of each kind, and how many recommendations are held against a full solve."""


def some(scale: str) -> mk.Problem:
    """The generated city with so many of its people, drawn, and all its places and goods."""
    city = mk.datasets.city(scale, SEED)  # type: ignore[arg-type]
    people = [one.id for one in city.resources if one.kind == "person"]
    rng = random.Random(SEED)  # noqa: S311 - a sample
    gone = rng.sample(people, max(0, len(people) - PEOPLE))
    return c.apply_changes(city, [c.RemoveResource(resource=name) for name in gone])


def measure(scale: str, questions: int, solved: int) -> dict[str, Any]:
    """Questions of every kind, each of a requirement, a person or pairs drawn."""
    problem = some(scale)
    live = mk.Live(problem, mk.solve(problem))
    rng = random.Random(SEED)  # noqa: S311 - a sample
    needs = [need.id for demand in problem.demands for need in demand.requirements]
    people = [one.id for one in problem.resources if one.kind == "person"]
    calls = Calls()
    timed = calls.timed
    for number in range(questions):
        need, person = rng.choice(needs), rng.choice(people)
        found = timed(
            "for a requirement", live.recommend, "requirement", need, COUNT
        ).options
        timed("for a person", live.recommend, "resource", person, COUNT)
        timed("of the free", live.recommend, "requirement", need, movers="free")
        if not found:
            continue
        if number < solved:
            check(live, found[-1])
        pair = {"resource": found[-1].resource, "requirement": need}
        lock, forbid = (
            c.AddRule(rule=kind(**pair)) for kind in (mk.rules.Lock, mk.rules.Forbid)
        )
        force = timed("propose a lock", live.propose, lock, alternatives=0)
        timed("apply it", live.apply, force)
        timed("undo it", live.undo)
        timed("propose a forbid", live.propose, forbid, alternatives=0)
    return {"milliseconds": calls.figures()}


def check(live: mk.Live, one: mk.results.Recommendation) -> None:
    """A full solve with the pair as a lock gains the same. Raises UnequalError."""
    rule = mk.rules.Lock(resource=one.resource, requirement=one.requirement)
    full = mk.solve(c.apply_changes(live.problem, [c.AddRule(rule=rule)]))
    before = {goal.name: goal.value for goal in live.plan.outcome.goals}
    gains = {goal.name: goal.value - before[goal.name] for goal in full.outcome.goals}
    if {name: by for name, by in gains.items() if by} != {
        each.goal: each.change for each in one.goals
    }:
        raise UnequalError("a full solve gains other goals")


def run(quick: bool) -> Figures:
    """The city (a street where it is ``quick``) in a process of its own."""
    given = ("street", 5, 1) if quick else ("city", ASKED, SOLVED)
    return in_process(measure, *given)


def _recommend(figures: Figures) -> str:
    return calls_table("question", figures["milliseconds"])


register(
    Benchmark(
        name="recommend",
        claim="Who could take one unit more of 10,000 people, with what it costs, in milliseconds",
        peers=(),
        seeds={"city": SEED, "questions": SEED, "solve": 0},
        run=run,
        tables={"recommend": _recommend},
    )
)
