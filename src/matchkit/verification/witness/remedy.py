"""The form of remedies: the changes of each can be made, leave what is lacking as it is, and set aside what
they add.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matchkit.answers.apply import apply_changes
from matchkit.answers.causes import Blocked
from matchkit.answers.changes import AddResource, Change
from matchkit.answers.shortages import Shortage
from matchkit.errors import MatchkitError
from matchkit.model import Lock, Problem
from matchkit.verification.eligibility import eligible
from matchkit.verification.report import Fact, fact
from matchkit.verification.witness.growth import growth
from matchkit.verification.witness.moves import made
from matchkit.verification.witness.part import part, with_rules_changed
from matchkit.verification.witness.view import WitnessView
from matchkit.verification.world import RequirementFacts, World


def remedies(view: WitnessView, said: Shortage) -> Iterator[Fact]:
    """Everything that is wrong with the remedies, each by itself, as far as it shows without solving
    again.
    """
    if said.cause == "search_limit":
        if said.remedies:
            yield fact("remedy_of_search")
        return
    if not said.remedies:
        yield fact("remedy_none")
    for one in said.remedies:
        yield from _remedy(view, said, one.changes)


def _remedy(view: WitnessView, said: Shortage, changes: Sequence[Change]) -> Iterator[Fact]:
    before = part(view.world.problem, changes, said.requirement)
    try:
        problem = apply_changes(before, changes)
    except MatchkitError:  # its message may show the record's words
        yield fact("remedy_not_made")
        return
    if problem == before:
        yield fact("remedy_nothing")
        return
    world = World(problem)
    now, then = view.world.roles[said.requirement], world.roles.get(said.requirement)
    if then is None or _asks(now) != _asks(then):
        yield fact("remedy_asks")
        return
    added = [change.resource.id for change in changes if isinstance(change, AddResource)]
    locks = {
        rule.resource
        for rule in problem.rules
        if isinstance(rule, Lock) and rule.soft is None and rule.requirement == said.requirement
    }
    for name in added:
        if name not in world.resources or not eligible(world, world.resources[name], then):
            yield fact("remedy_eligible", who=name)
        elif name not in locks:
            yield fact("remedy_not_locked", who=name)
    for who in _overlocked(world)[:1]:
        yield fact("remedy_locks", who=who)
    if added or said.cause not in ("nobody_eligible", "limit"):
        return
    try:
        whole = with_rules_changed(
            view.world.problem, before, problem, changes
        ) or apply_changes(view.world.problem, changes)
    except MatchkitError:
        yield fact("remedy_not_made")
        return
    if isinstance(said.witness, Blocked):
        yield from _unblocked(whole, view, said.witness)
        return
    world = World(whole)
    if not any(eligible(world, one, world.roles[said.requirement]) for one in whole.resources):
        yield fact("remedy_nobody")


def _overlocked(world: World) -> list[str]:
    """Resources and requirements of which hard locks ask more than they can give or take: no plan keeps such
    locks.
    """
    pairs: dict[tuple[str, str], int] = {}
    for rule in world.problem.rules:
        if isinstance(rule, Lock) and rule.soft is None:
            pair = (rule.resource, rule.requirement)
            pairs[pair] = max(rule.quantity, pairs.get(pair, 0))
    asked: dict[tuple[str, str], int] = {}
    room: dict[tuple[str, str], int] = {}
    for (one, other), quantity in pairs.items():
        resource, need = world.resources[one], world.roles[other].requirement
        room |= {
            (one, other): world.most(resource, need),
            (one, ""): resource.capacity,
            ("", other): need.wanted,
        }
        for who in ((one, other), (one, ""), ("", other)):
            asked[who] = asked.get(who, 0) + quantity
    return [
        ", ".join(filter(None, who)) for who, quantity in asked.items() if quantity > room[who]
    ]


def _asks(role: RequirementFacts) -> tuple[object, ...]:
    need, demand = role.requirement, role.demand
    return need.wanted, need.minimum, demand.id, demand.tier


def _unblocked(problem: Problem, view: WitnessView, said: Blocked) -> Iterator[Fact]:
    """The steps keep every hard rule of the changed problem."""
    after = WitnessView(problem, view.plan)
    moves = made(after, said.steps)
    if isinstance(moves, Fact):
        yield moves
        return
    for rule, label in sorted(growth(after, moves).hard)[:1]:
        yield fact("remedy_still", rule=rule, label=label)
