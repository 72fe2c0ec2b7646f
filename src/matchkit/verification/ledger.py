"""What a plan states of its pairs: their weights, the rules they break and what is paid for that, and the
exact account of what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from matchkit.plan import Payment
from matchkit.verification.case import Assigned, Case, RuleFinding
from matchkit.verification.eligibility import skill
from matchkit.verification.report import Fact, Violation, fact


def broken_rules(case: Assigned) -> Iterator[Violation]:
    """Hard rules that are broken, and such as may be no worse than before but are; each by the name of its
    kind.
    """
    for rule, amount in case.breaches:
        message, size = amount.message, amount.size
        if size > 0 and rule.soft is not None:
            allowed = case.allowed(rule) if rule.soft.no_worse else -1
            if not 0 <= allowed < size:
                continue
            message = fact("no_worse", told=message, now=size, before=allowed)
            size -= allowed
        yield Violation(
            rule.rule, amount.ids, message._replace(amount=size), rule.label
        )


def _listed(entries: Iterable[Payment]) -> Counter[tuple[str, int, int, int | None]]:
    return Counter(
        (entry.rule, entry.amount, entry.paid, entry.tier) for entry in entries
    )


def payments(case: Case) -> Iterator[RuleFinding]:
    """Every soft rule that the plan breaks and every activation cost is listed once, with amount, points paid
    and tier.
    """
    right, stated = _listed(case.payments), _listed(case.plan.payments)
    labels = {label for label, *_ in right}
    for entry, count in (right - stated).items():
        yield (entry[0],), _payment("payment_missing", entry, count)
    for entry, count in (stated - right).items():
        if entry[0] in labels:
            yield (entry[0],), _payment("payment_beyond", entry, count)
        else:  # the stated label is free text from outside: it is not repeated
            yield (), _payment("payment_unknown", entry, count)


def _payment(key: str, entry: tuple[str, int, int, int | None], count: int) -> Fact:
    _, size, paid, tier = entry
    shown = (
        fact("payment", size=size, paid=paid)
        if tier is None
        else fact("payment_of_tier", size=size, paid=paid, tier=tier)
    )
    return fact(
        key,
        payment=shown,
        times=fact("once") if count == 1 else fact("times", times=count),
    )


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
        stated = {name: int(getattr(entry.terms, name)) for name in right}
        total = sum(right.values())
        if (stated == right and entry.weight == total) or skill(
            case.world, resource, role
        ):
            continue
        ids = (entry.resource, entry.requirement)
        for name, points in right.items():
            if stated[name] != points:
                yield ids, fact("term", stated=stated[name], term=name, right=points)
        if entry.weight != total:
            yield ids, fact("weight", stated=entry.weight, right=total)


def ledger(case: Case) -> Iterator[RuleFinding]:
    """One shortfall for every requirement that lacks something, none for another; assigned and missing make
    wanted.
    """
    times: dict[str, int] = {}
    for lack in case.plan.shortfalls:
        role = case.world.roles.get(lack.requirement)
        if role is None:
            continue
        times[role.id] = times.get(role.id, 0) + 1
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
            stated: int = getattr(lack, name)
            if stated != amount:
                yield (
                    (role.id,),
                    fact("short_number", name=name, stated=stated, right=amount),
                )
        if lack.eligible is not None and (lack.eligible == 0) != (
            lack.reason == "nobody_eligible"
        ):
            yield (
                (role.id,),
                fact("short_reason", eligible=lack.eligible, reason=lack.reason),
            )
    for role in case.roles:
        count = times.get(role.id, 0)
        missing = role.requirement.wanted - case.taken.get(role.id, 0)
        if missing > 0 and count == 0:
            yield (role.id,), fact("short_unlisted", missing=missing)
        elif missing > 0 and count > 1:
            yield (role.id,), fact("short_often", count=count)
