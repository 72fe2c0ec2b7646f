"""The witness that nobody is eligible: everybody looked at again, rule by rule, and every reason of those
named recomputed.
"""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.answers.causes import Funnel
from matchkit.verification.eligibility import broken
from matchkit.verification.reasons import reasons
from matchkit.verification.report import Fact, fact
from matchkit.verification.witness.view import WitnessView

RULES = ("capacity", "kind", "skill", "mode", "time", "distance", "forbid", "load")
"""The rules of eligibility as docs/architecture.md names them."""
SAID = {"max_distance": "distance"}
"""What the checks of plans call otherwise."""
NEAREST = 5
"""So many resources are named."""


def funnel(view: WitnessView, requirement: str, said: Funnel) -> Iterator[Fact]:
    """Every claim that is wrong."""
    world, role = view.world, view.world.roles[requirement]
    failed = {
        resource.id: tuple(SAID.get(name, name) for name, _ in broken(world, resource, role))
        for resource in world.problem.resources
    }
    together, alone = dict.fromkeys(RULES, 0), dict.fromkeys(RULES, 0)
    for rules in failed.values():
        for rule in rules:
            together[rule] += 1
            alone[rule] += len(rules) == 1
    if said.resources != len(failed):
        yield fact("funnel_resources", stated=said.resources, right=len(failed))
    yield from _removed(said, together, alone)
    right = sorted(failed, key=lambda name: (len(failed[name]), name))[:NEAREST]
    if [near.resource for near in said.nearest] != right:
        yield fact("funnel_nearest", right=", ".join(right))
        return
    for near in said.nearest:
        if {reason.rule for reason in near.reasons} != set(failed[near.resource]):
            yield fact(
                "funnel_reasons", who=near.resource, right=", ".join(failed[near.resource])
            )
        elif near.reasons != reasons(world, world.resources[near.resource], role):
            yield fact("funnel_values", who=near.resource)


def _removed(said: Funnel, together: dict[str, int], alone: dict[str, int]) -> Iterator[Fact]:
    told: set[str] = set()
    for entry in said.removed:
        if entry.rule not in together or entry.rule in told:
            yield fact("funnel_rule")
            return
        told.add(entry.rule)
        right = together[entry.rule], alone[entry.rule]
        if (entry.all, entry.alone) != right:
            yield fact(
                "funnel_counts", rule=entry.rule, stated=(entry.all, entry.alone), right=right
            )
    for rule, count in together.items():
        if count and rule not in told:
            yield fact("funnel_left_out", rule=rule, count=count)
