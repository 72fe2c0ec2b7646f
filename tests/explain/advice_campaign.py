"""Advice against solves on many problems: what is stated exactly must be equal, what is a bound must hold."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement
from typing import NamedTuple

from advice_cases import (
    added,
    best_of,
    case,
    school,
    sets_of,
    solved_gain,
    trainings,
    value,
    vector,
)

from matchkit import solve
from matchkit.answers.advice import Choice
from matchkit.answers.apply import apply_changes
from matchkit.answers.changes import RemoveResource
from matchkit.compile.why_not import why_ineligible
from matchkit.explain.advice.contributions import below, contributions
from matchkit.explain.advice.idle import idle
from matchkit.explain.advice.profiles import candidates
from matchkit.explain.advice.recruit import recruit
from matchkit.explain.advice.recruit_k import recruit_k
from matchkit.explain.advice.train import train
from matchkit.model import Problem
from matchkit.plan import Plan

MOST_SETS = 30
EVERYTHING = 1_000_000


class Tally(NamedTuple):
    """What was compared, and what disagreed."""

    seen: Counter[str]
    disagreements: list[str]


def campaign(first: int, count: int) -> Tally:
    """Recruits, contributions, idle resources and choices of so many problems."""
    tally = Tally(Counter(), [])
    for seed in range(first, first + count):
        problem, plan = case(seed)
        for name, part in (
            ("recruit", _recruits),
            ("contribution", _contributions),
            ("idle", _idle),
        ):
            part(name, seed, problem, plan, tally)
        small, its_plan = case(seed, 5, 3)
        _recruited("recruit_k", seed, small, its_plan, tally)
        taught = school(seed)
        _trained("train", seed, taught, solve(taught), tally)
    return tally


def _recruits(name: str, seed: int, problem: Problem, plan: Plan, tally: Tally) -> None:
    for found in recruit(problem, plan, top=EVERYTHING, verified=0).recruits:
        stated, gain = (
            vector(plan, found.goals),
            solved_gain(problem, plan, [found.change]),
        )
        if gain is None or (
            gain != stated if found.known == "prices" else gain > stated
        ):
            tally.disagreements.append(
                f"{name} of seed {seed}, {found.like}: {stated}, a solve gives {gain}"
            )
        tally.seen[f"{name}, {found.known}"] += 1


def _contributions(
    name: str, seed: int, problem: Problem, plan: Plan, tally: Tally
) -> None:
    members, found = below(problem), contributions(problem, plan, verified=0)
    for entry, gone in [
        *((entry, (entry.id,)) for entry in found.resources),
        *((entry, members[entry.id]) for entry in found.units),
    ]:
        gain = solved_gain(
            problem, plan, [RemoveResource(resource=resource) for resource in gone]
        )
        if gain is None:
            tally.seen[f"{name}, contradiction without it"] += 1
            continue
        loss = tuple(-amount for amount in gain)
        least, most = (
            None if side is None else vector(plan, side)
            for side in (entry.at_least, entry.at_most)
        )
        if (least is not None and least > loss) or (most is not None and most < loss):
            tally.disagreements.append(
                f"{name} of seed {seed}, {entry.id}: from {least} to {most}, a solve gives {loss}"
            )
        tally.seen[f"{name}, {entry.known}"] += 1


def _idle(name: str, seed: int, problem: Problem, plan: Plan, tally: Tally) -> None:
    for entry in idle(problem, plan).idle:
        tally.seen[f"{name}, {entry.blocked_by}"] += 1
        if entry.change is None or entry.requirement is None:
            continue
        mended = apply_changes(problem, [entry.change])
        best = solve(mended)
        fills = best.outcome.engine == "cpsat" or value(best)[:-1] >= one_more(
            problem, plan, entry.requirement
        )
        if why_ineligible(mended, entry.resource, entry.requirement) or not fills:
            tally.disagreements.append(
                f"{name} of seed {seed}, {entry.resource}: {entry.line()}"
            )
        tally.seen[f"{name}, mended and solved"] += 1


def one_more(problem: Problem, plan: Plan, requirement: str) -> tuple[int, ...]:
    """The plan's goals but the weight, with one more in the goal that the next unit of a requirement counts
    in.
    """
    demand, need = next(
        (demand, need)
        for demand in problem.demands
        for need in demand.requirements
        if need.id == requirement
    )
    held = sum(
        entry.quantity for entry in plan.assignments if entry.requirement == requirement
    )
    name = (
        f"tier {demand.tier} minimum" if held < need.minimum else f"tier {demand.tier}"
    )
    return tuple(goal.value + (goal.name == name) for goal in plan.outcome.goals[:-1])


def _recruited(
    name: str, seed: int, problem: Problem, plan: Plan, tally: Tally
) -> None:
    profiles = candidates(problem)
    for k in (1, 2):
        sets = [
            added([profiles[place].change for place in chosen])
            for chosen in combinations_with_replacement(range(len(profiles)), k)
        ]
        if len(sets) <= MOST_SETS:
            best, found = best_of(problem, plan, sets), recruit_k(problem, plan, k)
            if vector(plan, found.goals)[:-1] != best[:-1]:
                tally.disagreements.append(
                    f"{name} of seed {seed}, {k}: {found.goals}, the best choice brings {best}"
                )
            _choice(
                f"{name} of seed {seed}, {k}",
                name,
                (problem, plan),
                (found, best),
                tally,
            )


def _trained(name: str, seed: int, problem: Problem, plan: Plan, tally: Tally) -> None:
    options = trainings(problem)
    for k in (1, 2):
        sets = list(sets_of(options, k))
        if sets and len(sets) <= MOST_SETS:
            found = train(problem, plan, k, tries=0)
            _choice(
                f"{name} of seed {seed}, {k}",
                name,
                (problem, plan),
                (found, best_of(problem, plan, sets)),
                tally,
            )


def _choice(
    where: str,
    name: str,
    given: tuple[Problem, Plan],
    answer: tuple[Choice, tuple[int, ...]],
    tally: Tally,
) -> None:
    (problem, plan), (found, best) = given, answer
    stated = vector(plan, found.goals)
    bound = None if found.bound is None else vector(plan, found.bound)
    fits = (
        stated == solved_gain(problem, plan, found.changes)
        and stated <= best
        and (stated == best or not found.proven)
    )
    if not fits or (bound is not None and bound < best):
        tally.disagreements.append(
            f"{where}: {stated}, bound {bound}, the best choice brings {best}"
        )
    tally.seen[f"{name}, compared"] += 1
    tally.seen[f"{name}, the best found"] += stated == best
    tally.seen[f"{name}, proven"] += found.proven
