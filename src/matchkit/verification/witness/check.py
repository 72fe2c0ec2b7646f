"""The check of a shortage, and of all shortages of a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from pydantic import ValidationError

from matchkit.answers.causes import (
    Blocked,
    ChosenElsewhere,
    CostlyChain,
    Funnel,
    HallSet,
    NotProven,
    SharedHallSet,
)
from matchkit.answers.hall_chain import HallChain
from matchkit.answers.shortages import Shortage, Shortages
from matchkit.answers.why_below import WhyBelow
from matchkit.errors import InputError, MatchkitError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import Record
from matchkit.model.fault import A_PLAN, A_PROBLEM, of_another_type
from matchkit.plan import Plan
from matchkit.verification.report import Fact, Report, Violation, fact
from matchkit.verification.witness.funnel import funnel
from matchkit.verification.witness.hall_chain import hall_chain
from matchkit.verification.witness.hall_set import hall_set, reached
from matchkit.verification.witness.ranked import chosen_elsewhere
from matchkit.verification.witness.remedy import remedies
from matchkit.verification.witness.steps import blocked, costly_chain, not_proven
from matchkit.verification.witness.view import WitnessView
from matchkit.verification.witness.why_below import coverage, is_known, views

WITNESSES: dict[str, type] = {
    "nobody_eligible": Funnel,
    "contention": HallSet,
    "higher_tier": HallSet,
    "limit": Blocked,
    "soft_rule": CostlyChain,
    "ranks": ChosenElsewhere,
    "search_limit": NotProven,
}
"""What shows each cause."""


def check_witness(
    problem: Problem,
    plan: Plan,
    shortage: Shortage | Shortages | HallChain | WhyBelow,
) -> Report:
    """Whether a shortage is what the plan lacks, has the cause it says, and its witness shows that cause; of
    Shortages, whether each passes, and every requirement that lacks something has exactly one.

    Follows docs/explanations.md (Causes of a shortage) alone: everything that the witness claims is counted
    again from the records, steps are made and their rules and goals recounted, and whether another cause
    comes first is looked at (somebody is eligible; capacities and locks leave a way). So is every value of
    every reason. Of the remedies their form is checked: that the changes of each can be made, what they add
    is eligible and set aside, and no lock asks more than there is. That each fills one more takes solving
    again, which is not done here; nor is the plan itself checked, which is ``verify``'s part. A record made
    without validation whose values are missing, surplus, unknown or of another type is refused first. In
    Shortages, a Hall set that several share counts for each of them, and the order, by tier and then by
    requirement, is checked too.

    Returns a Report whose violations are named "shortage" (its own fields), "cause", "witness" or "remedy".
    Raises InputError for what is no Problem, no Plan or neither Shortage nor Shortages, and nothing else.
    Takes time in proportion to eligible pairs.
    """
    _refuse_other_types(problem, plan, shortage)
    if isinstance(shortage, HallChain):
        return _of_chain(problem, plan, shortage)
    if isinstance(shortage, WhyBelow):
        return Report(tuple(_of_coverage(problem, plan, shortage)))
    if isinstance(shortage, Shortages):
        return _of_all(problem, plan, shortage)
    return Report(
        tuple(_form(shortage, Shortage) or _of(WitnessView(problem, plan), shortage))
    )


def _of_chain(problem: Problem, plan: Plan, chain: HallChain) -> Report:
    view = WitnessView(problem, plan)
    found = _form(chain, HallChain) or [
        Violation("witness", (), message) for message in hall_chain(view, chain)
    ]
    return Report(tuple(found))


def _of_coverage(problem: Problem, plan: Plan, answer: WhyBelow) -> Iterator[Violation]:
    wrong = _form(answer, WhyBelow)
    if wrong:
        yield from wrong
        return
    if not is_known(problem, answer):
        yield Violation("shortage", (answer.id,), fact("below_unknown", of=answer.of))
        return
    seen = [*views(problem, plan, answer)]
    if len(seen) != len(answer.tiers):
        yield Violation("shortage", (answer.id,), fact("below_tiers", right=len(seen)))
        return
    for view, one in zip(seen, answer.tiers, strict=True):
        for message in coverage(view, answer.id, view.tier, one):
            yield Violation("shortage", (answer.id,), message)
        for entry in one.shortages.shortages:
            yield from _of(view, _whole(entry, one.shortages))


def _of_all(problem: Problem, plan: Plan, shortages: Shortages) -> Report:
    view = WitnessView(problem, plan)
    found = [*_forms(shortages)]
    if found:
        return Report(tuple(found))
    times: dict[str, int] = {}
    for entry in shortages.shortages:
        times[entry.requirement] = times.get(entry.requirement, 0) + 1
        if times[entry.requirement] == 1:
            found.extend(_of(view, _whole(entry, shortages)))
    often = [
        (name, fact("shortage_often", count=count))
        for name, count in times.items()
        if count > 1
    ]
    lacking = [
        (name, view.missing(name)) for name in view.world.roles if name not in times
    ]
    often += [
        (name, fact("shortage_unlisted", missing=missing))
        for name, missing in lacking
        if missing > 0
    ]
    found.extend(Violation("shortage", (name,), message) for name, message in often)
    order = [(entry.tier, entry.requirement) for entry in shortages.shortages]
    if order != sorted(order):
        found.append(Violation("shortage", (), fact("shortage_order")))
    return Report(tuple(found))


def _refuse_other_types(problem: object, plan: object, shortage: object) -> None:
    found = of_another_type("problem", problem, Problem, A_PROBLEM) + of_another_type(
        "plan", plan, Plan, A_PLAN
    )
    if not isinstance(shortage, Shortages | HallChain | WhyBelow):
        found += of_another_type(
            "shortage", shortage, Shortage, Message("option.witness.do")
        )
    if found:
        raise InputError(found)


def _forms(answer: Shortages) -> Iterator[Violation]:
    """The same of all shortages and Hall sets of a list, each record once."""
    lists = (answer.shortages, Shortage), (answer.hall_sets, HallSet)
    if not all(isinstance(entries, tuple) for entries, _ in lists):
        yield Violation("shortage", (), fact("shortage_form", where="Shortages"))
        return
    for entries, kind in lists:
        for entry in {id(entry): entry for entry in entries}.values():
            yield from _form(entry, kind)


def _form(answer: object, kind: type[Record]) -> list[Violation]:
    """Where a record, which may have been made without validation, is none: a value missing, surplus, unknown
    or of another type.
    """
    try:
        kind.model_validate(_data(answer))
    except ValidationError as error:
        fault = error.errors(
            include_url=False, include_context=False, include_input=False
        )[0]
        known = list(
            fault["loc"][:-1] if fault["type"] == "extra_forbidden" else fault["loc"]
        )  # a surplus name is free text
    except (MatchkitError, RecursionError):
        known = []
    else:
        return []
    name = (
        str(known[0])
        if known and known[0] in ("cause", "witness", "remedies")
        else "shortage"
    )
    where = ".".join(map(str, known)) or kind.__name__
    return [
        Violation(
            {"remedies": "remedy"}.get(name, name),
            (),
            fact("shortage_form", where=where),
        )
    ]


def _data(value: object) -> object:
    """What a record holds, all of it, as plain data; of a dict, which is no record, what no field takes."""
    if isinstance(value, Record):
        return {name: _data(entry) for name, entry in value.__dict__.items()}
    if isinstance(value, tuple | list):
        return tuple(map(_data, value))
    return object() if isinstance(value, dict) else value


def _whole(entry: Shortage, shortages: Shortages) -> Shortage:
    """The shortage with its own witness, where that is one of the Hall sets that several share; a
    number of none stays as it is.
    """
    if not isinstance(
        entry.witness, SharedHallSet
    ) or not 0 <= entry.witness.number < len(shortages.hall_sets):
        return entry
    return entry.model_copy(
        update={"witness": shortages.hall_sets[entry.witness.number]}
    )


def _of(view: WitnessView, answer: Shortage) -> Iterator[Violation]:
    ids = (answer.requirement,)
    role = view.world.roles.get(answer.requirement)
    if role is None:
        yield Violation("shortage", ids, fact("no_requirement_short"))
        return
    missing = view.missing(answer.requirement)
    if missing < 1:
        yield Violation("shortage", ids, fact("shortage_none"))
        return
    goal = view.name_of(view.next_goal(answer.requirement))
    for name, stated, right in (
        ("missing", answer.missing, missing),
        ("tier", answer.tier, role.demand.tier),
    ):
        if stated != right:
            yield Violation(
                "shortage",
                ids,
                fact("short_number", name=name, stated=stated, right=right),
            )
    if answer.demand != role.demand.id:
        yield Violation("shortage", ids, fact("short_demand", demand=role.demand.id))
    if answer.goal != goal:
        yield Violation("shortage", ids, fact("shortage_goal", right=goal))
    if not isinstance(answer.witness, WITNESSES.get(answer.cause, ())):
        yield Violation("cause", ids, fact("cause_witness"))
        return
    yield from (Violation("cause", ids, message) for message in _cause(view, answer))
    yield from (
        Violation("witness", ids, message) for message in _witness(view, answer)
    )
    yield from (Violation("remedy", ids, message) for message in remedies(view, answer))


def _cause(view: WitnessView, answer: Shortage) -> Iterator[Fact]:
    """Whether the cause is not one that comes later, or another by the goals of the hall_set."""
    requirement, witness = answer.requirement, answer.witness
    if isinstance(witness, Funnel):
        if view.eligible[requirement]:
            yield fact("cause_eligible", who=min(view.eligible[requirement]))
        return
    if not view.eligible[requirement]:
        yield fact("cause_nobody")
        return
    others_than_ranks = answer.cause in ("limit", "soft_rule", "search_limit")
    if others_than_ranks and view.world.problem.objective.chooses:
        yield fact("cause_ranks")
        return
    if not isinstance(witness, HallSet):
        way = reached(view, requirement)
        if way.free is None and not _later(view, requirement, way.requirements):
            yield fact("cause_hall_set")
        return
    if witness.units:
        yield fact("cause_units")
    others = {claim.id for claim in witness.requirements} & view.world.roles.keys() - {
        requirement
    }
    if _later(view, requirement, others):
        yield fact("cause_later")
        return
    level = any(view.last_goal(name) == view.next_goal(requirement) for name in others)
    right = "contention" if level or not others else "higher_tier"
    if answer.cause != right:
        yield fact("cause_of_hall_set", right=right)


def _later(view: WitnessView, requirement: str, others: Collection[str]) -> bool:
    """Whether a unit of one of the others comes later than the next one of the requirement."""
    place = view.next_place(requirement)
    return any(view.last_place(name) > place for name in others if name != requirement)


def _witness(view: WitnessView, answer: Shortage) -> Iterator[Fact]:
    requirement = answer.requirement
    match answer.witness:
        case Funnel():
            yield from funnel(view, requirement, answer.witness)
        case HallSet():
            yield from hall_set(view, requirement, answer.witness)
        case Blocked():
            yield from blocked(view, requirement, answer.witness)
        case CostlyChain():
            yield from costly_chain(view, requirement, answer.witness)
        case ChosenElsewhere():
            yield from chosen_elsewhere(view, requirement, answer.witness)
        case NotProven():
            yield from not_proven(view, answer.witness)
