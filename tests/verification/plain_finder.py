"""Causes found the plain way, breadth-first and one requirement at a time: what shows that the definition
leaves no hole.

What steps break is counted by the checker's own code here; test_witness_random.py holds that against counting
everything.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta

import matchkit.model as m
from matchkit.answers import causes as c
from matchkit.answers.changes import AddResource, AddRule, Change, ChangeDemand
from matchkit.answers.shortages import Remedy, Shortage, Shortages
from matchkit.plan import Plan
from matchkit.verification.eligibility import broken, eligible
from matchkit.verification.windows import united
from matchkit.verification.witness.funnel import reasons
from matchkit.verification.witness.growth import after, better, growth
from matchkit.verification.witness.moves import StepEffect, made
from matchkit.verification.witness.view import WitnessView

SAID = {"max_distance": "distance"}


def plain_shortages(problem: m.Problem, plan: Plan) -> Shortages:
    """One shortage for every requirement that lacks something; the remedy is always one more resource made to
    measure.
    """
    view = WitnessView(problem, plan)
    lacking = [name for name in view.world.roles if view.missing(name) > 0]
    lacking.sort(key=lambda name: (view.world.roles[name].demand.tier, name))
    return Shortages(shortages=tuple(_shortage(view, name) for name in lacking))


def _shortage(view: WitnessView, name: str) -> Shortage:
    role = view.world.roles[name]
    cause, witness = _cause(view, name)
    goal = view.name_of(view.next_goal(name))
    told = {
        "requirement": name,
        "demand": role.demand.id,
        "tier": role.demand.tier,
        "missing": view.missing(name),
        "goal": goal,
    }
    return Shortage(
        cause=cause,
        witness=witness,
        remedies=()
        if cause == "search_limit"
        else (Remedy(changes=_newcomer(role.demand, role.requirement)),),
        **told,
    )


def _newcomer(demand: m.Demand, need: m.Requirement) -> tuple[Change, ...]:
    skills = tuple(
        one if isinstance(one, m.SkillLevel) else one.any_of[0] for one in need.skills
    )
    best: dict[str, m.SkillLevel] = {}
    for one in skills:
        if one.skill not in best or best[one.skill].level < one.level:
            best[one.skill] = m.SkillLevel(skill=one.skill, level=one.level)
    unit = m.Unit(id="unit of the newcomer")
    one = m.Resource(
        id="newcomer",
        unit=unit.id,
        kind=need.kind,
        skills=tuple(best.values()),
        loads=need.uses,
    )
    made = (
        AddResource(resource=one, unit=unit),
        AddRule(rule=m.Lock(resource=one.id, requirement=need.id)),
    )
    if demand.minutes is None or any(
        end - start >= timedelta(minutes=demand.minutes)
        for start, end in united(demand.times)
    ):
        return made
    return ChangeDemand(
        demand=demand.model_copy(update={"minutes": None})
    ), *made  # it fits into no window


def _cause(view: WitnessView, name: str) -> tuple[c.Cause, c.Witness]:
    world, case = view.world, view.case
    everybody = world.problem.resources
    if not any(eligible(world, one, world.roles[name]) for one in everybody):
        return "nobody_eligible", _funnel(view, name)
    steps, found, giving = _way(view, name)
    if steps:
        moves = made(view, steps)
        assert isinstance(moves, StepEffect), (name, steps, moves)
        grown = growth(view, moves)
        if grown.hard:
            return "limit", c.Blocked(steps=steps, rules=_listed(grown.hard))
        then = after(view, moves, grown)
        if better(view, case.values, then):
            return _ended(view, steps)
        losses = zip(case.goals.names, case.values, then, strict=True)
        goals = tuple(
            c.GoalBeforeAfter(goal=goal, before=before, after=new)
            for goal, before, new in losses
        )
        return "soft_rule", c.CostlyChain(
            steps=steps, goals=goals, rules=_listed(grown.soft)
        )
    return _hall_set(view, name, found, giving)


def _listed(grown: dict[tuple[str, str], int]) -> tuple[c.Broken, ...]:
    return tuple(
        c.Broken(rule=rule, label=label, amount=amount)
        for (rule, label), amount in sorted(grown.items())
    )


def _funnel(view: WitnessView, name: str) -> c.Funnel:
    world = view.world
    failed = {
        one.id: [
            SAID.get(rule, rule) for rule, _ in broken(world, one, world.roles[name])
        ]
        for one in world.problem.resources
    }
    rules = sorted({rule for rules in failed.values() for rule in rules})
    near = sorted(failed, key=lambda one: (len(failed[one]), one))[:5]
    return c.Funnel(
        resources=len(failed),
        removed=tuple(
            c.Removed(
                rule=rule,
                all=sum(rule in entry for entry in failed.values()),
                alone=sum(entry == [rule] for entry in failed.values()),
            )
            for rule in rules
        ),
        nearest=tuple(
            c.NearMiss(
                resource=one,
                reasons=reasons(world, world.resources[one], world.roles[name]),
            )
            for one in near
        ),
    )


def _way(view: WitnessView, name: str) -> tuple[tuple[c.Step, ...], set[str], set[str]]:
    """Steps to a resource with capacity left or a requirement that counts later; where there are none, who
    was reached.
    """
    world, case = view.world, view.case
    came: dict[str, tuple[str, str]] = {}
    found, giving, queue = {name}, set[str](), deque([name])
    while queue:
        here = queue.popleft()
        role = world.roles[here]
        for one in world.problem.resources:
            if one.id in giving or not eligible(world, one, role):
                continue
            if case.pairs.get((one.id, here), 0) >= world.most(one, role.requirement):
                continue
            if case.given.get(one.id, 0) < one.capacity:
                return _steps(came, here, one.id, None), found, giving
            giving.add(one.id)
            for (who, other), quantity in case.pairs.items():
                if (
                    who != one.id
                    or other in found
                    or quantity <= view.world.locked.get((who, other), 0)
                ):
                    continue
                if view.last_goal(other) > view.next_goal(name):
                    return _steps(came, here, one.id, other), found, giving
                found.add(other)
                came[other] = here, one.id
                queue.append(other)
    return (), found, giving


def _steps(
    came: dict[str, tuple[str, str]], here: str, resource: str, away: str | None
) -> tuple[c.Step, ...]:
    found = [c.Step(resource=resource, to=here, away_from=away)]
    while here in came:
        before, who = came[here]
        found.append(c.Step(resource=who, to=before, away_from=here))
        here = before
    return tuple(reversed(found))


def _hall_set(
    view: WitnessView, name: str, members: set[str], giving: set[str]
) -> tuple[c.Cause, c.HallSet]:
    world, case = view.world, view.case
    resources = []
    for one in sorted(giving):
        bound = sum(
            quantity
            for (who, other), quantity in view.world.locked.items()
            if who == one and other not in members
        )
        resources.append(c.Claim(id=one, units=world.resources[one].capacity - bound))
    pairs = [
        c.PairClaim(resource=one, requirement=other, units=quantity)
        for (one, other), quantity in sorted(case.pairs.items())
        if other in members and one not in giving
    ]
    held = tuple(
        c.Claim(id=other, units=case.taken[other])
        for other in sorted(members)
        if case.taken.get(other)
    )
    level = any(
        view.last_goal(other) == view.next_goal(name) for other in members - {name}
    )
    cause: c.Cause = "contention" if level or members == {name} else "higher_tier"
    return cause, c.HallSet(
        requirements=held, resources=tuple(resources), pairs=tuple(pairs)
    )


def _ended(view: WitnessView, steps: tuple[c.Step, ...]) -> tuple[c.Cause, c.NotProven]:
    outcome = view.plan.outcome
    slack = (*(goal.tolerance for goal in outcome.goals[:-1]), 0)
    at = next(
        k
        for k, goal in enumerate(outcome.goals)
        if goal.bound is None or not 0 <= goal.bound - goal.value <= slack[k]
    )
    goal = outcome.goals[at]
    return "search_limit", c.NotProven(
        goal=goal.name, value=goal.value, bound=goal.bound, gap=outcome.gap, steps=steps
    )
