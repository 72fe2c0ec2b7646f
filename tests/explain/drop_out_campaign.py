"""Backups and losses of small random problems: every loss is drawn, and ``verify`` judges the plan after it.

``campaign(first, count)`` is what tests run on some seeds; ``python tests/explain/drop_out_campaign.py 0 1000``
runs many.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1] / at) for at in ("compile", "solving", "verification")]  # fmt: skip

from every_plan import TooManyError, best, every_plan
from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.errors import ContradictionError, MatchkitError
from matchkit.results import Assignment, Backups

STATED = {
    *("payments", "weight", "ledger", "goals", "value", "proof", "bound", "gap"),
    *("status", "closed", "chosen", "certificate"),
}
"""Checks of what a plan says of itself: the plan after a loss says what the plan before said."""
MOST_SUBSETS = 60


@dataclass
class Tally:
    """What was seen, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def drawn(seed: int) -> mk.Problem:
    """A problem of every rule, one that a flow expresses, or one with budgets, teams and overlaps; half of
    them with everybody twice, so that some are left.
    """
    problem = (
        rule_problem(seed)
        if seed % 3 == 0
        else random_problem(seeded(seed), 8, 3, flow_only=seed % 3 == 1)
    )
    if seed % 2:
        return problem
    again = [one.model_copy(update={"id": f"{one.id}b"}) for one in problem.resources]
    fields = {name: getattr(problem, name) for name in type(problem).model_fields}
    return mk.Problem(**{**fields, "resources": (*problem.resources, *again)})


def broken(
    problem: mk.Problem, plan: mk.Plan, lost: Iterable[str], rows: Sequence[Assignment]
) -> set[str]:
    """The rules that the rows break by ``verify``, of the problem without what asks for those who are lost."""
    gone = set(lost)
    rules = [
        rule
        for rule in problem.rules
        if not (rule.rule in ("lock", "least") and rule.resource in gone)
    ]
    left = problem.model_copy(update={"rules": tuple(rules)})
    after = plan.model_copy(update={"assignments": tuple(rows), "certificate": None})
    return {found.rule for found in mk.verify(left, after).violations} - STATED


def campaign(first: int, count: int) -> Tally:
    """The seeds from ``first`` on."""
    tally = Tally()
    for seed in range(first, first + count):
        problem = drawn(seed)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            continue
        try:
            found = mk.backups(problem, plan, busy=seed % 5 == 0)
        except MatchkitError as error:
            tally.disagreements.append(f"{seed}: {error}")
            continue
        tally.seen["problems"] += 1
        tally.seen["backups"] += len(found.backups)
        serving = {one.resource for one in plan.assignments}
        if seed % 5 and any(one.resource in serving for one in found.backups):
            tally.disagreements.append(f"{seed}: a backup serves")
        for fault in (*_losses(problem, plan, found, tally), *_most(problem, plan, found, seed, tally)):  # fmt: skip
            tally.disagreements.append(f"{seed}: {fault}")
    return tally


def _losses(
    problem: mk.Problem, plan: mk.Plan, found: Backups, tally: Tally
) -> Iterable[str]:
    serving = sorted({one.resource for one in plan.assignments})
    drawn_sets: list[tuple[str, ...]] = [(name,) for name in serving]
    if found.any_losses:
        others = [
            lost
            for size in range(2, len(serving) + 1)
            for lost in combinations(serving, size)
        ]
        drawn_sets += others[:: max(1, len(others) // MOST_SUBSETS)]
        tally.seen["any losses"] += 1
    unsound = set(found.unsound)
    named = Counter[str]()
    for one in found.backups:
        named[one.requirement] += one.quantity
    for lost in drawn_sets:
        rows = found.rows_after(plan, lost)
        stay = [one for one in plan.assignments if one.resource not in lost]
        tally.seen["losses"] += 1
        if len(lost) == 1 and lost[0] in unsound:
            tally.seen["unsound"] += 1
            if rows != tuple(stay):
                yield f"somebody steps in for {lost}"
            continue
        tally.seen["stepped in"] += len(rows) > len(stay)
        faults = broken(problem, plan, lost, rows)
        if faults:
            yield f"without {lost}: {faults}"
        gone = Counter[str]()
        for one in plan.assignments:
            gone[one.requirement] += one.quantity * (one.resource in lost)
        back = Counter[str]()
        for one in rows[len(stay) :]:
            back[one.requirement] += one.quantity
            if one.resource in lost:
                yield f"{one.resource} steps in and is lost"
        free = all(one.resource not in serving for one in found.backups)
        if free and any(back[n] != min(gone[n], named[n]) for n in gone):
            yield f"without {lost}: {back} of {gone}"


def _most(
    problem: mk.Problem, plan: mk.Plan, found: Backups, seed: int, tally: Tally
) -> Iterable[str]:
    """Whether any lists could back up more: all plans of the problem of those who are left, of few rules."""
    plain = {"forbid", "max_distance", "unit_cap", "lock"}
    rules = [rule for rule in problem.rules if rule.rule not in ("community_cap", "team")]  # fmt: skip
    if (
        seed % 5 == 0
        or any(rule.rule not in plain or rule.soft for rule in rules)
        or any(one.loads for one in problem.resources)
    ):
        return
    serving = {one.resource for one in plan.assignments}
    taken = Counter[str]()
    for one in plan.assignments:
        taken[one.requirement] += one.quantity
    below = _units_above(problem)
    used = Counter[str]()
    for one in plan.assignments:
        for unit in below[one.resource]:
            used[unit] += one.quantity
    demands = []
    for demand in problem.demands:
        starts = [a.start for a in plan.assignments if a.start and a.requirement in {n.id for n in demand.requirements}]  # fmt: skip
        if starts:
            return
        needs = [
            need.model_copy(update={"wanted": taken[need.id], "minimum": 1})
            for need in demand.requirements
            if taken[need.id]
        ]
        if needs:
            demands.append(demand.model_copy(update={"requirements": tuple(needs)}))
    known = {need.id for demand in demands for need in demand.requirements}
    left = mk.Problem(
        units=problem.units,
        communities=problem.communities,
        skills=problem.skills,
        resources=[one for one in problem.resources if one.id not in serving],
        demands=demands,
        rules=[
            rule.model_copy(update={"most": rule.most - used[rule.unit]})
            if rule.rule == "unit_cap"
            else rule
            for rule in rules
            if rule.rule != "lock"
            and getattr(rule, "requirement", None) in (None, *known)
            and getattr(rule, "resource", None) not in serving
            and getattr(rule, "demand", None) in (None, *(one.id for one in demands))
        ],
    )
    try:
        values = every_plan(left, 2_000).values
    except TooManyError:
        return
    goals = mk.solve(left).outcome.goals
    most = best(values, [0] * len(goals))
    names = [goal.name for goal in goals]
    has = Counter[str]()
    for one in found.backups:
        has[one.requirement] += one.quantity
    reached: Counter[str] = Counter()
    for demand in demands:
        for need in demand.requirements:
            reached[f"tier {demand.tier} minimum"] += min(1, has[need.id])
            reached[f"tier {demand.tier}"] += max(0, has[need.id] - 1)
    tally.seen["counted"] += 1
    for name, value in zip(names[:-1], most, strict=False):
        if reached[name] != value:
            yield f"{name}: {reached[name]} of {value}"


def _units_above(problem: mk.Problem) -> dict[str, list[str]]:
    parent = {unit.id: unit.parent for unit in problem.units}
    found: dict[str, list[str]] = {}
    for one in problem.resources:
        node: str | None = one.unit
        found[one.id] = []
        while node is not None:
            found[one.id].append(node)
            node = parent[node]
    return found


if __name__ == "__main__":
    told = campaign(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write("\n".join([str(dict(told.seen)), *told.disagreements[:40], ""]))
    sys.exit(bool(told.disagreements))
