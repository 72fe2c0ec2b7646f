"""Which hard rules contradict each other: minimal sets by QuickXplain (Junker 2004), every step decided by
solving.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from matchkit.answers.conflicts import Against, Conflict, Conflicts, Member
from matchkit.compile import locks
from matchkit.compile.numbering import Numbering
from matchkit.compile.why_not import why_ineligible
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError, InputError, StoppedError
from matchkit.explain.new_records import rules_about
from matchkit.explain.repairs.set_search import minimal
from matchkit.messages.message import Message
from matchkit.model import (
    FACTORS,
    Aim,
    Lock,
    Objective,
    Part,
    Problem,
    ReserveShare,
    UnitShare,
)
from matchkit.model.base import with_fields
from matchkit.model.rules import RuleRecord
from matchkit.model.text import key
from matchkit.plan.arguments import no_problem, no_seconds
from matchkit.solving.solve import solve

NOTHING = Objective.model_validate(
    {
        **dict.fromkeys(FACTORS, 0),
        "aims": (Aim(name="any plan", parts=(Part(measure="weight"),)),),
    }
)
"""An objective for which any plan is as good as another."""


def conflicts(problem: Problem, *, time_limit: float | None = None) -> Conflicts:
    """Minimal sets of hard rules (locks are such) that no plan keeps together, found one after another until
    the rest can be kept.

    Soft rules of "no worse" count with them. Empty where ``solve`` finds a plan. The sets share no rule; the
    order of records changes nothing but the positions stated. ``time_limit`` (seconds) ends the search with
    what was found, and then ``complete`` is false. Raises InputError for what is no Problem and a wrong time
    limit.
    """
    InputError.raise_if(no_problem(problem) + no_seconds(time_limit))
    deadline = Deadline.within(time_limit)
    binding = [place for place, rule in enumerate(problem.rules) if _binds(rule)]
    binding.sort(
        key=lambda place: (
            problem.rules[place].rule,
            problem.rules[place].label,
            problem.rules[place].model_dump_json(),
            place,
        )
    )
    if not any(problem.rules[place].forces for place in binding):
        return Conflicts(conflicts=())  # the plan without any assignment keeps all else
    kept = RulesKept(problem, deadline)
    found: list[Conflict] = []
    try:
        while not kept.together(binding):
            members = minimal(binding, lambda places: not kept.together(places))
            found.append(_conflict(problem, members))
            binding = [place for place in binding if place not in set(members)]
    except StoppedError:
        return Conflicts(conflicts=tuple(found), complete=False)
    return Conflicts(conflicts=tuple(found))


def _binds(rule: RuleRecord) -> bool:
    return rule.soft is None or rule.soft.no_worse


class RulesKept:
    """Whether rules of a problem, by their places, can be kept together. Each set is solved once."""

    def __init__(self, problem: Problem, deadline: Deadline) -> None:
        self._problem, self._deadline = problem, deadline
        self._known: dict[frozenset[int], bool] = {}

    def together(self, places: Sequence[int]) -> bool:
        """Raises StoppedError where time is up."""
        asked = frozenset(places)
        if asked not in self._known:
            if self._deadline.over():
                raise StoppedError(Message("stopped.conflict"))
            try:
                solve(
                    _alone(
                        self._problem, [self._problem.rules[place] for place in places]
                    ),
                    time_limit=self._deadline.left(),
                )
            except ContradictionError:
                self._known[asked] = False
            else:
                self._known[asked] = True
        return self._known[asked]


def _alone(problem: Problem, rules: Sequence[Any]) -> Problem:
    """The problem with these rules and no other, as small as has a plan where the whole has one, any plan
    being as good as another.

    Where locks are the only rules that ask for assignments: every rule but ``unit_share``, and those that a
    resource may keep by serving more, speaks of a resource, or of a demand by itself, or keeps numbers low;
    so the demands that locks name decide, and with rules that larger plans keep only where smaller ones do
    the resources that locks name.
    """
    fields: dict[str, Any] = {"rules": rules, "objective": NOTHING, "scores": ()}
    found: Problem
    if any(
        rule.soft is not None or (rule.forces and not isinstance(rule, Lock))
        for rule in rules
    ):
        # What the previous plan broke, and what is asked for, is counted over all.
        found = with_fields(problem, **fields)
        return found
    locked = [rule for rule in rules if isinstance(rule, Lock)]
    needs, people = (
        {rule.requirement for rule in locked},
        {rule.resource for rule in locked},
    )
    if any(
        rule.completes or (isinstance(rule, UnitShare) and rule.least) for rule in rules
    ):
        demands = problem.demands
    else:
        demands = tuple(
            demand
            for demand in problem.demands
            if any(need.id in needs for need in demand.requirements)
        )
    resources = problem.resources
    if all(rule.monotone or isinstance(rule, Lock) for rule in rules) and not any(
        isinstance(rule, ReserveShare) for rule in rules
    ):
        resources = tuple(resource for resource in resources if resource.id in people)
    known = {
        "resource": {one.id for one in resources},
        "demand": {one.id for one in demands},
    }
    known["requirement"] = {need.id for one in demands for need in one.requirements}
    fields |= {"demands": demands, "resources": resources, "previous": ()}
    found = with_fields(problem, **{**fields, "rules": list(rules_about(rules, known))})
    return found


def _conflict(problem: Problem, places: Sequence[int]) -> Conflict:
    rules = [problem.rules[place] for place in places]
    members = tuple(
        Member(position=place, label=rule.label, rule=rule)
        for place, rule in zip(places, rules, strict=True)
    )
    if not all(isinstance(rule, Lock) for rule in rules):
        return Conflict(members=members)
    alone = with_fields(problem, rules=rules)
    if len(rules) == 1 and isinstance(rules[0], Lock):
        why = why_ineligible(alone, rules[0].resource, rules[0].requirement)
        if why:
            return Conflict(members=members, reasons=why)
    return Conflict(members=members, against=tuple(_against(Numbering(alone))))


def _against(lists: Numbering) -> Iterator[Against]:
    """What the locks ask beyond what there is."""
    taken = locks.taken(lists)
    given: dict[int, int] = {}
    received: dict[int, int] = {}
    over = False
    for (left, right), quantity in taken.items():
        resource, slot = lists.resources[left], lists.slots[right]
        most = lists.own_capacity(resource, slot)
        if quantity > most:
            over = True
            yield Against(what="pair", id=resource.id, asked=quantity, has=most)
        given[left], received[right] = (
            given.get(left, 0) + quantity,
            received.get(right, 0) + quantity,
        )
    if over:
        return
    for left, amount in sorted(given.items()):
        if amount > lists.resources[left].capacity:
            over = True
            yield Against(
                what="capacity",
                id=lists.resources[left].id,
                asked=amount,
                has=lists.resources[left].capacity,
            )
    for right, amount in sorted(received.items()):
        need = lists.slots[right].requirement
        if amount > need.wanted:
            over = True
            yield Against(what="wanted", id=need.id, asked=amount, has=need.wanted)
    if not over:
        yield from _of_one(lists, taken)


def _of_one(lists: Numbering, taken: dict[tuple[int, int], int]) -> Iterator[Against]:
    """Loads and times of the one resource that all locks are of."""
    lefts = {left for left, _ in taken}
    if len(lefts) != 1:
        return
    resource = lists.resources[lefts.pop()]
    uses: dict[str, int] = {}
    for (_, right), quantity in taken.items():
        for use in lists.slots[right].requirement.uses:
            uses[key(use.dimension)] = (
                uses.get(key(use.dimension), 0) + quantity * use.amount
            )
    over = False
    for dimension, amount in sorted(uses.items()):
        has = sum(
            load.amount for load in resource.loads if key(load.dimension) == dimension
        )
        if amount > has:
            over = True
            yield Against(what="load", id=resource.id, asked=amount, has=has)
    if not over:
        yield Against(what="time", id=resource.id, asked=len(taken), has=1)
