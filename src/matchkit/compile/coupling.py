"""What a flow cannot express: the rules and records that tie pairs together by more than capacities."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint
from matchkit.model import CommunityCap, Forbid, Lock, MaxDistance, ReserveShare, UnitCap

FLOWS = Forbid | Lock | MaxDistance | UnitCap | CommunityCap | ReserveShare
"""Rules that a flow keeps, where they are hard."""

ADVICE = 'Solve with engine "auto" or "cpsat"'


def coupling_constraints(lists: Numbering) -> Iterator[Complaint]:
    """One complaint for every rule or record that no flow can express, overlaps left aside
    (rules/overlap.py).
    """
    for rule in lists.problem.rules:
        if rule.soft is not None:
            yield Complaint(f"rule {rule.label}", "is soft, and a flow knows hard rules only", ADVICE)
        elif not isinstance(rule, FLOWS):
            yield Complaint(f"rule {rule.label}", "ties pairs together by more than capacities", ADVICE)
    for demand in lists.problem.demands:
        if demand.minutes is not None:
            yield Complaint(f"demand {demand.id}", "is flexible, and a flow knows fixed times only", ADVICE)
        for need in demand.requirements:
            if need.uses:
                yield Complaint(f"requirement {need.id}", "uses loads, and a flow counts units only", ADVICE)
    for resource in lists.problem.resources:
        if resource.activation:
            yield Complaint(
                f"resource {resource.id}", "costs activation, and a flow has no cost of a first unit", ADVICE
            )
    if lists.problem.objective.aims:
        yield Complaint("objective.aims", "names goals of its own, and a flow fills tier by tier", ADVICE)
