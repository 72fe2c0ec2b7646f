"""What each assignment is worth, and the exact account of what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.eligibility import skill
from matchkit.verification.report import fact


def weight(case: Case) -> Iterator[RuleFinding]:
    """Every term of every assignment, and its weight, which is their sum.

    A pair that lacks a skill has no skill fit to compare; the check ``skill`` reports it.
    """
    for entry in case.plan.assignments:
        resource, role = (
            case.world.resources.get(entry.resource),
            case.world.roles.get(entry.requirement),
        )
        if resource is None or role is None:
            continue
        right = case.terms(resource, role)
        same = entry.weight == sum(right.values()) and all(
            getattr(entry.terms, name) == points for name, points in right.items()
        )
        if same or skill(case.world, resource, role) is not None:
            continue
        for name, points in right.items():
            stated: int = getattr(entry.terms, name)
            if stated != points:
                yield (
                    (entry.resource, entry.requirement),
                    fact("term", stated=stated, term=name, right=points),
                )
        if entry.weight != sum(right.values()):
            yield (
                (entry.resource, entry.requirement),
                fact("weight", stated=entry.weight, right=sum(right.values())),
            )


def ledger(case: Case) -> Iterator[RuleFinding]:
    """One shortfall for every requirement that lacks something, none for another; assigned and missing make
    wanted.
    """
    stated: dict[str, int] = {}
    for lack in case.plan.shortfalls:
        role = case.world.roles.get(lack.requirement)
        if role is None:
            continue
        stated[role.id] = stated.get(role.id, 0) + 1
        assigned = case.taken.get(role.id, 0)
        wanted, minimum = role.requirement.wanted, role.requirement.minimum
        if assigned >= wanted:
            yield (role.id,), fact("not_short", assigned=assigned, wanted=wanted)
            continue
        if lack.demand != role.demand.id:
            yield (role.id, lack.demand), fact("short_demand", demand=role.demand.id)
        right = {
            "tier": role.demand.tier,
            "wanted": wanted,
            "minimum": minimum,
            "assigned": assigned,
            "missing": wanted - assigned,
            "below_minimum": max(0, minimum - assigned),
        }
        for name, amount in right.items():
            told: int = getattr(lack, name)
            if told != amount:
                yield (role.id,), fact("short_number", name=name, stated=told, right=amount)
        if lack.eligible is not None and (lack.eligible == 0) != (
            lack.reason == "nobody_eligible"
        ):
            yield (role.id,), fact("short_reason", eligible=lack.eligible, reason=lack.reason)
    for role in case.world.roles.values():
        count, missing = (
            stated.get(role.id, 0),
            role.requirement.wanted - case.taken.get(role.id, 0),
        )
        if missing > 0 and count == 0:
            yield (role.id,), fact("short_unlisted", missing=missing)
        elif missing > 0 and count > 1:
            yield (role.id,), fact("short_often", count=count)
