"""Rule ``team``: a demand is served by nobody or within bounds. A flow cannot leave a gap between 0 and the least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matchkit.compile.lists import Lists
from matchkit.errors import Complaint
from matchkit.model import Team


def unsupported(lists: Lists) -> Iterator[Complaint]:
    """One complaint a rule."""
    for rule in lists.problem.rules:
        if isinstance(rule, Team):
            yield Complaint(
                f"rule team of demand {rule.demand}",
                f"asks for nobody or {rule.least:,} to {rule.most:,}, and a flow knows no such gap",
                "Remove the rule, or use the minimum of the demand's requirements",
            )


def contradictions(lists: Lists, locked: Mapping[tuple[int, int], int]) -> Iterator[Complaint]:
    """Demands at which the locks alone exceed a rule's most."""
    used: dict[str, int] = {}
    for (_, right), quantity in locked.items():
        demand = lists.slots[right].demand.id
        used[demand] = used.get(demand, 0) + quantity
    most: dict[str, int] = {}
    for rule in lists.problem.rules:
        if isinstance(rule, Team):
            most[rule.demand] = min(rule.most, most.get(rule.demand, rule.most))
    for demand in most:
        if used.get(demand, 0) > most[demand]:
            yield Complaint(
                f"locks at demand {demand}",
                f"give it {used[demand]:,} in all, a team rule allows {most[demand]:,}",
                "Remove a lock or raise the rule's most",
            )
