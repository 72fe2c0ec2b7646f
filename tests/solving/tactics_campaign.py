"""What only makes solving faster changes no value: the same problems with and without it, and by a flow and
by the general search.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from importlib import import_module
from typing import NamedTuple

import problem_campaign
from every_plan import Values
from rule_campaign import Tally
from rule_problems import rule_problem

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.solvers.mip import search as general
from matchkit.solvers.mip.state import ALL, NONE, SearchOptions
from matchkit.solving.conductor import conduct
from matchkit.solving.request import Budget, Request, SolveContext

FOREVER = 1e6


class Reached(NamedTuple):
    """A goal's value, its bound (None: nothing is proved), and by how much it may fall short of its best."""

    value: int
    bound: int | None
    tolerance: int


Proved = tuple[Reached, ...]


def same_by_all_tactics(first_seed: int, count: int, engine: str = "cpsat") -> Tally:
    """Random problems with every rule: the best of each goal with all tactics, with each one off, with none,
    and begun from few pairs.

    Every fourth has far more plans than can be listed.
    """
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = rule_problem(seed, large=seed % 4 == 0, added=seed % 3 == 1)
        tally.seen["problems"] += 1
        tally.seen["large problems"] += seed % 4 == 0
        answers = by_tactic(problem, engine)
        tally.seen["contradictions"] += None in answers.values()
        if not same(list(answers.values())):
            tally.disagreements.append(f"seed {seed}: {answers}")
    return tally


def same(answers: list[Proved | None]) -> bool:
    """Whether all are proven and say the same: the best of each goal without a tolerance; elsewhere no bound
    below what is reached.

    Where a goal may fall short of its best by a tolerance, a plan can be proven without the best being known.
    """
    if None in answers:
        return set(answers) == {None}
    goals = list(zip(*filter(None, answers), strict=True))
    proved = all(one.bound is not None for goal in goals for one in goal)
    exact = all(len(set(goal)) == 1 for goal in goals if goal[0].tolerance == 0)
    return (
        proved
        and exact
        and all(
            max(one.value for one in goal) <= min(one.bound for one in goal)
            for goal in goals
        )
    )


def by_tactic(problem: mk.Problem, engine: str = "cpsat") -> dict[str, Proved | None]:
    """What is proved of each goal by what is switched off; None where no plan keeps all hard rules."""
    found: dict[str, Proved | None] = {
        "nothing": _best(problem, ALL, engine),
        "everything": _best(problem, NONE, engine),
    }
    for tactic in fields(SearchOptions):
        found[tactic.name] = _best(
            problem, replace(ALL, **{tactic.name: False}), engine
        )
    with _nothing_is_small():
        found["nothing, begun from few pairs"] = _best(problem, ALL, engine)
    return found


def _best(
    problem: mk.Problem, search_options: SearchOptions, engine: str
) -> Proved | None:
    request = Request(
        engine, 0, 0.0, Budget(), FOREVER, limited=False, search_options=search_options
    )
    now = time.monotonic()
    try:
        plan = conduct(problem, request, SolveContext(now, now + FOREVER))
    except ContradictionError:
        return None
    goals = plan.outcome.goals
    bounds = [
        goal.bound if plan.outcome.status == "optimal" else None for goal in goals
    ]
    free = [goal.tolerance for goal in goals[:-1]] + [
        0
    ]  # behind the last goal there is nothing that its tolerance could serve
    return tuple(
        Reached(goal.value, bound, free)
        for goal, bound, free in zip(goals, bounds, free, strict=True)
    )


@contextmanager
def _nothing_is_small() -> Iterator[None]:
    """Every problem is begun from the plans of its relaxations, that of blocks among them."""
    places = (
        general,
        import_module("matchkit.solving.relaxations"),
    )  # by name: the package's attribute is the function solve
    before = general.SMALL
    for place in places:
        place.SMALL = -1  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for place in places:
            place.SMALL = before  # type: ignore[attr-defined]


def same_by_both_engines(first_seed: int, count: int, engine: str = "cpsat") -> Tally:
    """Random problems that a flow expresses: its goals, and the general search's."""
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = problem_campaign.case(seed)
        tally.seen["problems"] += 1
        flow, search = (_values(problem, name) for name in ("auto", engine))
        tally.seen[f"{flow[0]} and {search[0]}"] += 1
        if flow[1] != search[1]:
            tally.disagreements.append(
                f"seed {seed}: {flow[0]} gives {flow[1]}, {search[0]} {search[1]}"
            )
    return tally


def _values(problem: mk.Problem, engine: str) -> tuple[str, Values | None]:
    """What the bound rests on, and the goals; None where locks contradict other rules."""
    try:
        plan = mk.solve(problem, engine=engine)
    except ContradictionError:
        return "a contradiction", None
    return str(plan.outcome.proof), tuple(goal.value for goal in plan.outcome.goals)
