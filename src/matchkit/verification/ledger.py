"""What a plan states of its pairs: their weights, the rules they break and what is paid for that, and the
exact account of what is missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.eligibility import skill
from matchkit.verification.report import Fact, Violation, fact


def broken_rules(case: Case) -> Iterator[Violation]:
    """Hard rules that are broken, and such as may be no worse than before but are; each by the name of its
    kind.
    """
    for rule, amount in case.breaches:
        if amount.size < 0 or rule.soft is None:
            yield Violation(
                rule.rule, amount.ids, amount.said._replace(amount=amount.size), rule.label
            )
        elif rule.soft.no_worse:
            allowed = case.amount(case.before, rule).size
            if 0 <= allowed < amount.size:
                more = fact(
                    "no_worse",
                    amount.size - allowed,
                    told=amount.said,
                    now=amount.size,
                    before=allowed,
                )
                yield Violation(rule.rule, amount.ids, more, rule.label)


def payments(case: Case) -> Iterator[RuleFinding]:
    """Every soft rule that the plan breaks and every activation cost is listed once, with amount, points paid
    and tier.
    """
    right: Counter[tuple[str, int, int, int | None]] = Counter()
    for rule, amount in case.breaches:
        if rule.soft is not None and amount.size > 0:
            right[
                rule.label, amount.size, amount.size * (rule.soft.price or 0), rule.soft.tier
            ] += 1
    right.update((f"activation {name}", 1, cost, None) for name, cost in case.costs.items())
    stated = Counter(
        (entry.rule, entry.amount, entry.paid, entry.tier) for entry in case.plan.payments
    )
    labels = {label for label, *_ in right}
    for entry, count in (right - stated).items():
        yield (entry[0],), _listed("payment_missing", entry, count)
    for entry, count in (stated - right).items():
        if entry[0] in labels:
            yield (entry[0],), _listed("payment_beyond", entry, count)
        else:  # the stated label is free text from outside: it is not repeated
            yield (), _listed("payment_unknown", entry, count)


def _listed(key: str, entry: tuple[str, int, int, int | None], count: int) -> Fact:
    _, size, paid, tier = entry
    shown = (
        fact("payment", size=size, paid=paid)
        if tier is None
        else fact("payment_of_tier", size=size, paid=paid, tier=tier)
    )
    return fact(
        key, payment=shown, times=fact("once") if count == 1 else fact("times", times=count)
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
