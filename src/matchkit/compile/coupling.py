"""What a flow cannot express: the rules and records that tie pairs together by more than capacities."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint
from matchkit.messages.message import Message

ADVICE = Message("coupling.do")


def coupling_constraints(lists: Numbering) -> Iterator[Complaint]:
    """One complaint for every rule or record that no flow can express, overlaps left aside
    (rules/overlap.py).
    """
    for rule in lists.problem.rules:
        if rule.soft is not None:
            yield _tied("rule", rule.label, "coupling.soft")
        elif not rule.in_flow:
            yield _tied("rule", rule.label, "coupling.rule")
    for demand in lists.problem.demands:
        if demand.minutes is not None:
            yield _tied("demand", demand.id, "coupling.flexible")
        for need in demand.requirements:
            if need.uses:
                yield _tied("requirement", need.id, "coupling.loads")
    for resource in lists.problem.resources:
        if resource.activation:
            yield _tied("resource", resource.id, "coupling.activation")
    if lists.problem.objective.aims:
        yield Complaint("objective.aims", Message("coupling.aims"), ADVICE)


def _tied(what: str, name: str, key: str) -> Complaint:
    return Complaint(Message.of(f"where.{what}", id=name), Message(key), ADVICE)
