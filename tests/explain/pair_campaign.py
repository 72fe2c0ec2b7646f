"""Forced pairs at random: what ``why_not`` states against what solving with the lock finds.

``flow_campaign`` and ``general_campaign`` are what tests run on some seeds and benchmarks/forced_pairs.py on
many.
"""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from random_problems import random_problem, seeded
from rule_problems import rule_problem

import matchkit as mk
from matchkit.answers.pairs import WhyNot
from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import decode
from matchkit.compile.instance import Instance
from matchkit.errors import ContradictionError, UnsupportedError
from matchkit.explain.pairs import PairExplanations
from matchkit.explain.plan_state import PlanState
from matchkit.model import (
    Community,
    CommunityCap,
    Demand,
    Forbid,
    Lock,
    Problem,
    Requirement,
    ReserveShare,
    Resource,
    Scores,
    Unit,
    UnitCap,
)
from matchkit.model.rules import RuleRecord
from matchkit.plan import Plan
from matchkit.verification.checks import verify
from matchkit.verification.eligibility import broken
from matchkit.verification.world import World


@dataclass
class Tally:
    """What was seen, and every disagreement with its seed."""

    seen: Counter[str] = field(default_factory=Counter)
    disagreements: list[str] = field(default_factory=list)


def flow_problem(seed: int) -> Problem:
    """A problem that a flow expresses: one with every feature of the records, or a crowded one, where
    everybody could do much.
    """
    return crowded(seeded(seed)) if seed % 3 else random_problem(seeded(seed), 12, 7)


def crowded(rng: random.Random) -> Problem:
    """Everybody of a kind is eligible for all of it: ties, stocks, minimums, nested caps, reserves, locks,
    weights below 0.
    """
    units = [
        Unit(id="U0"),
        Unit(id="U1", parent="U0"),
        Unit(id="U2", parent=rng.choice(("U0", "U1"))),
        Unit(id="U3"),
    ]
    communities = [
        Community(id="C0"),
        Community(id="C1", parent="C0"),
        Community(id="C2", parent=rng.choice(("C0", "C1"))),
    ]
    people = [
        Resource(
            id=f"r{n}",
            unit=rng.choice(units).id,
            kind=rng.choice(("person", "person", "supplies")),
            capacity=rng.choice((1, 1, 1, 2, 3, 6)),
        )
        for n in range(rng.randint(3, 9))
    ]
    demands = []
    for n in range(rng.randint(2, 6)):
        needs = []
        for part in range(rng.randint(1, 2)):
            wanted = rng.choice((1, 1, 2, 3, 5))
            kind = rng.choice(("person", "person", "supplies"))
            needs.append(
                Requirement(
                    id=f"q{n}{part}",
                    kind=kind,
                    wanted=wanted,
                    minimum=rng.choice((0, 0, 1, wanted)),
                )
            )
        demands.append(
            Demand(
                id=f"d{n}",
                community=rng.choice(communities).id,
                tier=rng.choice((1, 1, 2, 3)),
                requirements=needs,
            )
        )
    names = [need.id for demand in demands for need in demand.requirements]
    points = rng.choice(
        ((0,), (0, 7), (-400, -130, -90, 0, 25), tuple(range(-300, 60)))
    )
    scores = [
        Scores(
            resource=who.id,
            requirements=names,
            points=[rng.choice(points) for _ in names],
        )
        for who in people
    ]
    rules: list[RuleRecord] = [
        UnitCap(unit=unit.id, most=rng.randint(0, 6))
        for unit in units
        if rng.random() < 0.4
    ]
    rules += [
        ReserveShare(unit=unit.id, percent=rng.choice((20, 50)))
        for unit in units
        if rng.random() < 0.2
    ]
    rules += [
        CommunityCap(community=place.id, most=rng.randint(1, 6))
        for place in communities
        if rng.random() < 0.4
    ]
    rules += [
        Forbid(resource=who.id, requirement=name)
        for who in people
        for name in names
        if rng.random() < 0.1
    ]
    fields = {
        "units": units,
        "communities": communities,
        "resources": people,
        "demands": demands,
        "scores": scores,
    }
    problem = Problem(**fields, rules=rules)
    for _ in range(rng.choice((0, 0, 1, 2, 4))):
        lock = Lock(
            resource=rng.choice(people).id,
            requirement=rng.choice(names),
            quantity=rng.choice((1, 1, 2)),
        )
        with contextlib.suppress(
            ContradictionError
        ):  # one that does not fit is left out
            compile_problem(
                Instance(problem.model_copy(update={"rules": (*problem.rules, lock)}))
            )
            problem = problem.model_copy(update={"rules": (*problem.rules, lock)})
    return problem


def locked(problem: Problem, resource: str, requirement: str, quantity: int) -> Problem:
    """The problem with one more hard lock."""
    rules = (
        *problem.rules,
        Lock(resource=resource, requirement=requirement, quantity=quantity),
    )
    return problem.model_copy(update={"rules": rules})


def drawn_pairs(
    state: PlanState, rng: random.Random, most: int
) -> list[tuple[str, str]]:
    """Eligible pairs that could carry more, as many as given where there are so many, first two of the plan;
    and one each of others.
    """
    room = state.carried < state.own_capacity(np.arange(len(state.right)))
    at = rng.sample(range(len(room)), len(room))
    some = [k for k in at if room[k] and state.carried[k]][:2] + [
        k for k in at if room[k] and not state.carried[k]
    ]
    some = [*some[:most], *[k for k in at if not room[k]][:1]]
    found = [
        (state.resource_ids[state.left[k]], state.requirement_ids[state.right[k]])
        for k in some
    ]
    if state.resource_ids and state.requirement_ids:
        found.append(
            (rng.choice(state.resource_ids), rng.choice(state.requirement_ids))
        )
    return list(dict.fromkeys(found))


def flow_campaign(first: int, count: int, most: int = 12) -> Tally:
    """Flows: every stated loss is that of solving with the lock, and the moves lead to a plan that is optimal
    with it.
    """
    tally = Tally()
    for seed in range(first, first + count):
        problem = flow_problem(seed)
        plan = mk.solve(problem)
        tally.seen["problems"] += 1
        state = PlanState(problem, plan)
        pairs, world = PairExplanations(state), World(problem)
        for pair in drawn_pairs(state, seeded(seed), most):
            found = _in_flow(
                problem, plan, state, world, pairs.why_not(*pair), tally.seen
            )
            if found:
                tally.disagreements.append(
                    f"seed {seed}, {pair[0]} with {pair[1]}: {found}"
                )
    return tally


def _in_flow(
    problem: Problem,
    plan: Plan,
    state: PlanState,
    world: World,
    answer: WhyNot,
    seen: Counter[str],
) -> str | None:
    seen[answer.verdict] += 1
    resource, role = world.resources[answer.resource], world.roles[answer.requirement]
    failed = {
        {"max_distance": "distance"}.get(rule, rule)
        for rule, _ in broken(world, resource, role)
    }
    if failed or answer.verdict == "not_eligible":
        right = (
            answer.verdict == "not_eligible"
            and {reason.rule for reason in answer.reasons} == failed
        )
        return None if right else f"fails {failed}, told are {answer.reasons}"
    has = {
        (entry.resource, entry.requirement): entry.quantity
        for entry in plan.assignments
    }
    if answer.quantity != has.get((answer.resource, answer.requirement), 0):
        return f"the plan has another quantity than {answer.quantity}"
    full = answer.quantity == world.most(resource, role.requirement)
    if full or answer.verdict == "at_capacity":
        return (
            None
            if full and answer.verdict == "at_capacity"
            else "one of the two says that the pair is full"
        )
    again = locked(problem, answer.resource, answer.requirement, answer.quantity + 1)
    try:
        best = mk.solve(again)
    except (ContradictionError, UnsupportedError) as error:
        return (
            None
            if answer.verdict == "ruled_out" and answer.obstacles
            else f"cannot be locked ({error}), yet {answer.verdict}"
        )
    if answer.verdict != "exact":
        return f"can be locked, yet {answer.verdict}"
    wanted = [
        (goal.name, goal.value, other.value)
        for goal, other in zip(plan.outcome.goals, best.outcome.goals, strict=True)
    ]
    stated = [(loss.goal, loss.before, loss.after) for loss in answer.loss]
    if stated != wanted or any(
        not loss.least == loss.most == loss.before - loss.after for loss in answer.loss
    ):
        return f"goals {wanted}, stated {answer.loss}"
    seen["free" if plan.outcome.goals == best.outcome.goals else "costs something"] += 1
    seen["one unit more"] += answer.quantity > 0
    seen["moves"] += len(answer.moves)
    report = verify(again, after_moves(again, plan, best, answer))
    return (
        None if report.ok else f"the moves lead to a plan that breaks rules: {report}"
    )


def after_moves(again: Problem, plan: Plan, best: Plan, answer: WhyNot) -> Plan:
    """The plan after the moves, as one of the problem with the lock: outcome and certificate are those of its
    optimum.
    """
    has = {
        (entry.resource, entry.requirement): entry.quantity
        for entry in plan.assignments
    }
    for move in answer.moves:
        for name, by in ((move.to, move.quantity), (move.away_from, -move.quantity)):
            if name is not None:
                has[move.resource, name] = has.get((move.resource, name), 0) + by
    compiled = compile_problem(Instance(again))
    left = {name: number for number, name in enumerate(compiled.resource_ids)}
    right = {name: number for number, name in enumerate(compiled.requirement_ids)}
    amounts = {(left[r], right[q]): quantity for (r, q), quantity in has.items()}
    lock = compiled.locked
    for r, q, quantity in zip(
        lock.left.tolist(), lock.right.tolist(), lock.quantity.tolist(), strict=True
    ):
        amounts[r, q] = amounts.get((r, q), 0) - quantity  # decode puts them back
    assert all(amount >= 0 for amount in amounts.values()), (
        "the moves do not keep a lock"
    )
    chosen = sorted(amounts)
    assignments, shortfalls = decode(
        compiled, [r for r, _ in chosen], [q for _, q in chosen], [amounts[pair] for pair in chosen]
    )  # fmt: skip
    return best.model_copy(
        update={"assignments": assignments, "shortfalls": shortfalls}
    )


def general_campaign(first: int, count: int, most: int = 6) -> Tally:
    """Problems with every rule: what solving with the lock finds lies in the stated range, and is it where
    the loss is called exact.
    """
    tally = Tally()
    for seed in range(first, first + count):
        problem = rule_problem(seed)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            continue
        tally.seen["problems"] += 1
        state = PlanState(problem, plan)
        pairs = PairExplanations(state)
        for pair in drawn_pairs(state, seeded(seed), most):
            found = _in_general(
                problem, plan, pairs.why_not(*pair, time_limit=None), tally.seen
            )
            if found:
                tally.disagreements.append(
                    f"seed {seed}, {pair[0]} with {pair[1]}: {found}"
                )
    return tally


def _in_general(
    problem: Problem, plan: Plan, answer: WhyNot, seen: Counter[str]
) -> str | None:
    seen[f"{answer.verdict} by {answer.proof}" if answer.proof else answer.verdict] += 1
    if answer.verdict in ("not_eligible", "at_capacity"):
        return (
            None
            if bool(answer.reasons) == (answer.verdict == "not_eligible")
            else "without its reasons"
        )
    try:
        best = mk.solve(
            locked(problem, answer.resource, answer.requirement, answer.quantity + 1)
        )
    except ContradictionError as error:
        return (
            None
            if answer.verdict == "ruled_out" and answer.obstacles
            else f"cannot be locked ({error}), yet {answer.verdict}"
        )
    if answer.verdict not in ("exact", "bound"):
        return f"can be locked, yet {answer.verdict}"
    for one, other, loss in zip(
        plan.outcome.goals, best.outcome.goals, answer.loss, strict=True
    ):
        lost = one.value - other.value
        if (loss.least is not None and lost < loss.least) or (
            loss.most is not None and lost > loss.most
        ):
            return f"loses {lost} in {one.name}, stated {loss}"
        if answer.verdict == "exact" and not loss.least == loss.most == lost:
            return f"loses {lost} in {one.name}, called exact: {loss}"
    seen["costs something"] += plan.outcome.goals != best.outcome.goals
    return _same_units(plan, best, answer)


def _same_units(plan: Plan, best: Plan, answer: WhyNot) -> str | None:
    """Whether the moves lead from the one plan to the other."""
    has = Counter(
        {
            (entry.resource, entry.requirement): entry.quantity
            for entry in plan.assignments
        }
    )
    for move in answer.moves:
        has[move.resource, move.to or ""] += move.quantity
        has[move.resource, move.away_from or ""] -= move.quantity
    after = {pair: amount for pair, amount in has.items() if amount and pair[1]}
    if after != {
        (entry.resource, entry.requirement): entry.quantity
        for entry in best.assignments
    }:
        return f"the moves lead to {after}"
    if after.get((answer.resource, answer.requirement), 0) < answer.quantity + 1:
        return "the moves do not lead to a plan with the pair"
    return None
