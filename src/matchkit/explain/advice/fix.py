"""What a rule that fails says of a pair, and the single change of a record or a rule after which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, cast

from matchkit.answers.changes import (
    Change,
    ChangeResource,
    ChangeRule,
    FreeAt,
    RemoveRule,
    SetCapacity,
    Train,
)
from matchkit.answers.idle import BlockedBy
from matchkit.answers.reasons import Reason
from matchkit.compile.eligibility import RULES
from matchkit.compile.eligibility.distance import limit, metres
from matchkit.compile.numbering import Numbering, RequirementAtStart, alternatives
from matchkit.compile.times import moment, united
from matchkit.explain.plan_state import Caps, PlanState
from matchkit.model import Forbid, Load, Resource, Window
from matchkit.model.rules import Cap, Rule


class FullCap(NamedTuple):
    """A hard cap with nothing left, and what would let one unit more pass (None: nothing short of dropping
    it).
    """

    label: str
    change: ChangeRule | None


def full_caps(state: PlanState, caps: Caps) -> list[list[FullCap]]:
    """The full caps at and above every capped node of a tree, the nearest first."""
    found: list[list[FullCap]] = []
    for node, parent in enumerate(caps.parent):
        whole = state.unit_capacity.get(caps.ids[node], 0)
        full = [
            FullCap(rule.label, _raised(rule, most, whole))
            for rule, most in caps.rules[node]
            if caps.used[node] >= most
        ]
        found.append(full + (found[parent] if parent >= 0 else []))
    return found


def _raised(rule: Cap, most: int, whole: int) -> ChangeRule | None:
    """The rule with room for one unit more than ``most``; of a reserve by the fewest percent of the whole
    capacity.
    """
    changed = rule.raised(most + 1, whole)
    if changed.limit(whole) <= most:
        return None
    return ChangeRule(label=rule.label, rule=cast("Rule", changed))


class Fix(NamedTuple):
    """The reasons that a rule gives, and the change that takes all of them away; None where no single one
    does.
    """

    rule: BlockedBy
    reasons: tuple[Reason, ...]
    change: Change | None


Changes = list[Change | None]
"""All that fixes a rule; None where nothing short of dropping a cap does."""


def fix_of(
    lists: Numbering,
    rule: str,
    resource: Resource,
    slot: RequirementAtStart,
    caps: Sequence[FullCap],
) -> Fix:
    """What a failing rule, or "cap", says of a pair, and how one change fixes it; ``caps`` are the full ones
    above either.
    """
    if rule == "cap":
        reasons = tuple(Reason.of("cap", "cap", label=cap.label) for cap in caps)
        changes: Changes = [cap.change for cap in caps]
    else:
        reasons, changes = (
            tuple(RULES[rule](lists, resource, slot)),
            _CHANGES[rule](lists, resource, slot),
        )
    return Fix(
        cast("BlockedBy", rule), reasons, changes[0] if len(changes) == 1 else None
    )


def _capacity(
    _lists: Numbering, resource: Resource, _slot: RequirementAtStart
) -> Changes:
    return [SetCapacity(resource=resource.id, capacity=1)]


def _kind(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Changes:
    as_before = lists.lexicon.is_divisible(
        resource
    )  # another kind must not make it a stock, or no stock any longer
    return [
        ChangeResource(
            resource=resource.model_copy(
                update={
                    "kind": slot.requirement.kind,
                    "divisible": as_before,
                    "name": None,
                }
            )
        )
    ]


def _skill(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Changes:
    """For every need that it does not meet, the alternative that lacks the fewest levels."""
    lexicon = lists.lexicon
    held = lexicon.held(lexicon.declared(resource))
    changes: Changes = []
    for need in slot.requirement.skills:
        gaps = [
            (want.level - held.get(lexicon.word(want.skill), 0), want.skill, want.level)
            for want in alternatives(need)
        ]
        if all(gap > 0 for gap, _, _ in gaps):
            _, skill, level = min(gaps)
            changes.append(Train(resource=resource.id, skill=skill, level=level))
    return changes


def _mode(_lists: Numbering, resource: Resource, _slot: RequirementAtStart) -> Changes:
    return [
        ChangeResource(
            resource=resource.model_copy(update={"mode": "both", "name": None})
        )
    ]


def _time(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Changes:
    if slot.never:
        return []
    free = united(resource.free)
    missing = [
        span
        for span in united(slot.demand.times)
        if not any(since <= span[0] and span[1] <= until for since, until in free)
    ]
    zone = lists.problem.zone
    return [
        FreeAt(
            resource=resource.id,
            time=Window(start=moment(start), end=moment(end)),
            zone=zone,
        )
        for start, end in missing
    ]


def _distance(
    lists: Numbering, resource: Resource, slot: RequirementAtStart
) -> Changes:
    site = lists.site(slot.demand)
    if site is None or resource.place is None:
        return []
    far = metres(resource.place, site)
    concerned = [
        rule
        for rule in lists.farthest
        if rule.resource in (None, resource.id)
        and rule.demand in (None, slot.demand.id)
    ]
    beaten = {
        rule.label: rule
        for rule in sorted(concerned, key=lambda rule: (rule.label, -rule.km))
        if far > limit(rule)
    }
    return [
        ChangeRule(label=label, rule=rule.model_copy(update={"km": far / 1000}))
        for label, rule in sorted(beaten.items())
    ]


def _forbid(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Changes:
    rules = lists.problem.rules
    pair = resource.id, slot.requirement.id
    named = [
        rule
        for rule in rules
        if isinstance(rule, Forbid)
        and rule.soft is None
        and (rule.resource, rule.requirement) == pair
    ]
    return [RemoveRule(label=label) for label in sorted({rule.label for rule in named})]


def _load(lists: Numbering, resource: Resource, slot: RequirementAtStart) -> Changes:
    key = lists.lexicon.key
    has, uses, named = dict[str, int](), dict[str, int](), dict[str, str]()
    for load in resource.loads:
        has[key(load.dimension)] = has.get(key(load.dimension), 0) + load.amount
    for load in slot.requirement.uses:
        uses[key(load.dimension)] = uses.get(key(load.dimension), 0) + load.amount
        named.setdefault(key(load.dimension), load.dimension)
    changes: Changes = []
    for dimension, amount in sorted(uses.items()):
        if amount > has.get(dimension, 0):
            others = tuple(
                load for load in resource.loads if key(load.dimension) != dimension
            )
            loads = (*others, Load(dimension=named[dimension], amount=amount))
            changes.append(
                ChangeResource(
                    resource=resource.model_copy(update={"loads": loads, "name": None})
                )
            )
    return changes


_CHANGES = {
    "capacity": _capacity,
    "kind": _kind,
    "skill": _skill,
    "mode": _mode,
    "time": _time,
    "distance": _distance,
    "forbid": _forbid,
    "load": _load,
}
