"""What the order in which kept places are processed changes: the problem solved in both."""

from __future__ import annotations

from collections import Counter
from typing import Unpack

from matchkit.answers.set_asides import PlacesInOrder, SetAsideOrders
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.rules.set_asides import places_of, places_wanted
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.rules import SetAside
from matchkit.model.rules.set_asides import kept
from matchkit.model.set_aside_references import set_aside_faults
from matchkit.plan import Plan
from matchkit.plan.arguments import no_problem
from matchkit.solving.solve import SolveOptions, solve, with_solve_options


@with_solve_options
def set_aside_orders(
    problem: Problem, rule: str, **options: Unpack[SolveOptions]
) -> SetAsideOrders:
    """How many of a group have a place where its kept places are processed before the open ones and after
    them, and who has one in one order only.

    ``rule`` is the id or label of a hard set-aside; where it has an order on one side of the open places,
    that one stands, and -1 or 1 for the other; all other rules stay as they are. The options are those of
    ``solve``, for each of the two solves. Raises InputError where no such rule keeps places, where the
    problem gives goals of its own (``Objective.aims``), and where an order leaves open who takes which place;
    and what ``solve`` raises.
    """
    wrong = no_problem(problem)
    InputError.raise_if(wrong)
    known = {one.label: one for one in kept(problem.rules)}
    if not isinstance(rule, str) or rule not in known:
        do = "argument.word" if known else "set_asides.unknown.none"
        values = {"rule": repr(rule)[:80], "known": tuple(known)}
        wrong.append(Complaint.of("rule", "set_asides.unknown", do, **values))
    elif problem.objective.aims:
        wrong.append(Complaint.of(Message("where.objective"), "set_asides.aims"))
    InputError.raise_if(wrong)
    asked = known[rule]
    sides = min(asked.order, 0) or -1, max(asked.order, 0) or 1
    problems = [_ordered(problem, asked, order) for order in sides]
    faults = [one for each in problems for one in set_aside_faults(each)]
    if faults:
        raise InputError(faults[:1])
    plans = [solve(each, **options) for each in problems]
    facts = ConstraintData(Numbering(problem))
    served = [_served(facts, asked, plan) for plan in plans]
    mine = facts.of_group(asked.group)
    members = {
        one.id
        for one, is_mine in zip(facts.lists.resources, mine.tolist(), strict=True)
        if is_mine
    }
    before, after = (
        PlacesInOrder(
            order=order,
            group=sum(units for name, units in given.items() if name in members),
            others=sum(units for name, units in given.items() if name not in members),
            weight=plan.outcome.value,
            proven=plan.outcome.status == "optimal",
        )
        for order, given, plan in zip(sides, served, plans, strict=True)
    )
    return SetAsideOrders(
        rule=asked.label,
        group=asked.group,
        places=places_wanted(asked, facts),
        kept=asked.least,
        before=before,
        after=after,
        only_before=tuple(sorted(served[0] - served[1])),
        only_after=tuple(sorted(served[1] - served[0])),
        plan_before=plans[0],
        plan_after=plans[1],
    )


def _ordered(problem: Problem, asked: SetAside, order: int) -> Problem:
    """The problem with the order of one rule changed."""
    rules = [
        one.model_copy(update={"order": order}) if one is asked else one
        for one in problem.rules
    ]
    return problem.model_copy(update={"rules": tuple(rules)})


def _served(facts: ConstraintData, rule: SetAside, plan: Plan) -> Counter[str]:
    """What every resource gives at the places of a rule."""
    there = places_of(rule, facts)
    found = Counter[str]()
    for one in plan.assignments:
        if there[facts.lists.right[one.requirement]]:
            found[one.resource] += one.quantity
    return found
