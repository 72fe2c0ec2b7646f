"""What only makes solving faster changes no value: the same problems with and without it, and by a flow and by the general search."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace

import problem_campaign
from every_plan import Values
from rule_campaign import Tally
from rule_problems import rule_problem

import matchkit as mk
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.relaxation import relaxed
from matchkit.errors import ContradictionError
from matchkit.matching.search import search as general
from matchkit.matching.search.clock import Clock
from matchkit.matching.search.tactics import ALL, NONE, Tactics
from matchkit.solve.budget import Budget
from matchkit.solve.conductor import conduct
from matchkit.solve.request import Course, Request

MOST_PAIRS = 1_000_000
FOREVER = 1e6
TACTICS = tuple(field.name for field in fields(Tactics))


def same_by_all_tactics(first_seed: int, count: int) -> Tally:
    """Random problems with every rule: the best of each goal with presolve and relaxation, without, and begun from few pairs.

    Every fourth has far more plans than can be listed.
    """
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = rule_problem(seed, large=seed % 4 == 0)
        tally.seen["problems"] += 1
        tally.seen["large problems"] += seed % 4 == 0
        answers = by_tactic(problem)
        tally.seen["contradictions"] += None in answers.values()
        if len(set(answers.values())) > 1:
            tally.disagreements.append(f"seed {seed}: {answers}")
    return tally


def by_tactic(problem: mk.Problem) -> dict[str, Values | None]:
    """The best of each goal by the way of solving; None where no plan keeps all hard rules."""
    try:
        case = compile_case(problem, MOST_PAIRS)
    except ContradictionError:
        return {"compiled": None}
    loose = relaxed(case, Clock())
    single = {name: _conducted(problem, replace(ALL, **{name: False})) for name in TACTICS}
    return single | {
        "none at all": _conducted(problem, NONE),
        "all": _conducted(problem, ALL),
        "all, and nothing is small": _conducted_as_if_large(problem),
        "plain": _bounds(general.search(case, Clock(), tactics=NONE)),
        "begun from few pairs": _begun_from_few(case, loose),
        "another seed": _bounds(general.search(case, Clock(), relaxed=loose, seed=7)),
    }


def _bounds(result: general.Result) -> Values | None:
    """All goals are solved to the end here, so a bound is the best that its goal can be."""
    return None if result.infeasible else result.bounds


def _conducted(problem: mk.Problem, tactics: Tactics) -> Values | None:
    """What solve() proves of each goal with these tactics, by the general engine."""
    began = time.monotonic()
    request = Request("cpsat", 0, 0.0, Budget(), FOREVER, limited=False, tactics=tactics)
    try:
        plan = conduct(problem, request, Course(began, began + FOREVER))
    except ContradictionError:
        return None
    return tuple(goal.bound for goal in plan.outcome.goals if goal.bound is not None)


def _conducted_as_if_large(problem: mk.Problem) -> Values | None:
    with _nothing_is_small():
        return _conducted(problem, ALL)


@contextmanager
def _nothing_is_small() -> Iterator[None]:
    before, general.SMALL = general.SMALL, -1
    try:
        yield
    finally:
        general.SMALL = before


def _begun_from_few(case: general.Formulator, loose: general.Relaxed | None) -> Values | None:
    with _nothing_is_small():
        return _bounds(general.search(case, Clock(), relaxed=loose))


def same_by_both_engines(first_seed: int, count: int) -> Tally:
    """Random problems that a flow expresses: its goals, and the general search's."""
    tally = Tally()
    for seed in range(first_seed, first_seed + count):
        problem = problem_campaign.case(seed)
        tally.seen["problems"] += 1
        flow, search = (_values(problem, engine) for engine in ("auto", "cpsat"))
        tally.seen[f"{flow[0]} and {search[0]}"] += 1
        if flow[1] != search[1]:
            tally.disagreements.append(f"seed {seed}: {flow[0]} gives {flow[1]}, {search[0]} {search[1]}")
    return tally


def _values(problem: mk.Problem, engine: str) -> tuple[str, Values | None]:
    """What the bound rests on, and the goals; None where locks contradict other rules."""
    try:
        plan = mk.solve(problem, engine=engine)
    except ContradictionError:
        return "a contradiction", None
    return str(plan.outcome.proof), tuple(goal.value for goal in plan.outcome.goals)
