"""Rule ``hours_budget``: a resource serves at most so many minutes. A flow cannot count minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matchkit.compile.lists import Lists
from matchkit.compile.occasions import united
from matchkit.errors import Complaint
from matchkit.model import HoursBudget


def unsupported(lists: Lists) -> Iterator[Complaint]:
    """One complaint a rule."""
    for rule in lists.problem.rules:
        if isinstance(rule, HoursBudget):
            yield Complaint(
                f"rule hours_budget of resource {rule.resource}",
                f"limits the resource to {rule.minutes:,} minutes, and a flow counts units, not minutes",
                "Remove the rule, or limit the resource by its capacity",
            )


def contradictions(lists: Lists, locked: Mapping[tuple[int, int], int]) -> Iterator[Complaint]:
    """Resources of which the locks alone take more minutes than a rule allows."""
    least: dict[int, int] = {}
    for rule in lists.problem.rules:
        if isinstance(rule, HoursBudget):
            number = lists.left[rule.resource]
            least[number] = min(rule.minutes, least.get(number, rule.minutes))
    seconds: dict[int, int] = {}
    for (left, right), quantity in locked.items():
        if left in least:
            spans = united(lists.slots[right].demand.times)
            seconds[left] = seconds.get(left, 0) + quantity * sum(end - start for start, end in spans)
    for left, used in seconds.items():
        if used > 60 * least[left]:
            where = f"locks of resource {lists.resources[left].id}"
            yield Complaint(
                where, f"take {-(-used // 60):,} minutes, an hours_budget rule allows {least[left]:,}", "Remove a lock or raise the budget"
            )
