"""Rule records that a plan breaks: which of them make it wrong, and what it must pay for the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from matchkit.verify.case import Case, Finding
from matchkit.verify.report import Violation, number


def broken_rules(case: Case) -> Iterator[Violation]:
    """Hard rules that are broken, and such as may be no worse than before but are; each by the name of its kind."""
    for rule, amount in case.breaches:
        if amount.size < 0 or rule.soft is None:
            yield Violation(rule.rule, amount.ids, amount.fact)
        elif rule.soft.no_worse:
            allowed = case.amount(case.before, rule).size
            if 0 <= allowed < amount.size:
                more = f"the rule is broken by {number(amount.size)} in all, by the previous pairs only by {number(allowed)}"
                yield Violation(rule.rule, amount.ids, f"{amount.fact}; {more}")


def payments(case: Case) -> Iterator[Finding]:
    """Every soft rule that the plan breaks and every activation cost is listed once, with amount, points paid and tier."""
    right: Counter[tuple[str, int, int, int | None]] = Counter()
    for rule, amount in case.breaches:
        if rule.soft is not None and amount.size > 0:
            right[rule.label, amount.size, amount.size * (rule.soft.price or 0), rule.soft.tier] += 1
    right.update((f"activation {name}", 1, cost, None) for name, cost in case.costs.items())
    stated = Counter((entry.rule, entry.amount, entry.paid, entry.tier) for entry in case.plan.payments)
    labels = {label for label, *_ in right}
    for entry, count in (right - stated).items():
        yield (entry[0],), f"{_shown(entry)} is right, but listed {_times(count)} too seldom"
    for entry, count in (stated - right).items():
        if entry[0] in labels:
            yield (entry[0],), f"{_shown(entry)} is listed {_times(count)} too often"
        else:  # the stated label is free text from outside: it is not repeated
            yield (), f"{_shown(entry)} is listed for what is neither a soft rule that the plan breaks nor an activation to pay"


def _shown(entry: tuple[str, int, int, int | None]) -> str:
    _, amount, paid, tier = entry
    return f"amount {number(amount)}, paid {number(paid)}{'' if tier is None else f', tier {number(tier)}'}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{number(count)} times"
