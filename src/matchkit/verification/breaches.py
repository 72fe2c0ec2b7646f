"""Rule records that a plan breaks: which of them make it wrong, and what it must pay for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from matchkit.verification.case import Case, RuleFinding
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
