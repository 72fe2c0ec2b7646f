"""What one rule that fails has to say of a pair, and the single change of a record or a rule after which it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, cast

from matchkit.answers.changes import Change, ChangeResource, ChangeRule, FreeAt, RemoveRule, SetCapacity, Train
from matchkit.answers.idle import Blocked
from matchkit.answers.reasons import Reason
from matchkit.compile.eligibility.distance import limit, metres
from matchkit.compile.lexicon import alternatives
from matchkit.compile.lists import Lists, Slot
from matchkit.compile.occasions import moment, united
from matchkit.explain.advice.caps import FullCap
from matchkit.model import Forbid, Load, Resource, Window

Rule = Literal["capacity", "kind", "skill", "mode", "time", "distance", "forbid", "load", "cap"]


class Mended(NamedTuple):
    """The reasons that a rule gives, and the change that takes all of them away; None where no single one does."""

    rule: Blocked
    reasons: tuple[Reason, ...]
    change: Change | None


def mended(lists: Lists, rule: str, resource: Resource, slot: Slot, caps: Sequence[FullCap]) -> Mended:
    """What a failing rule says of a pair, and how one change mends it."""
    reasons, changes = _FOUND[rule](lists, resource, slot, caps)
    return Mended(cast("Blocked", rule), tuple(reasons), changes[0] if len(changes) == 1 and len(reasons) == 1 else None)


Found = tuple[list[Reason], list[Change]]


def _capacity(_lists: Lists, resource: Resource, _slot: Slot, _caps: Sequence[FullCap]) -> Found:
    return [Reason.of("capacity", "capacity", capacity=resource.capacity)], [SetCapacity(resource=resource.id, capacity=1)]


def _kind(lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    as_before = lists.lexicon.is_divisible(resource)  # another kind must not make it a stock, or no stock any longer
    other = resource.model_copy(update={"kind": slot.requirement.kind, "divisible": as_before})
    return [Reason.of("kind", "kind", kind=resource.kind, asked=slot.requirement.kind)], [ChangeResource(resource=other)]


def _skill(lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    lexicon = lists.lexicon
    held = lexicon.held(lexicon.declared(resource))
    reasons, changes = list[Reason](), list[Change]()
    for need in slot.requirement.skills:
        gaps = [(want.level - held.get(lexicon.word(want.skill), 0), want.skill, want.level) for want in alternatives(need)]
        if all(gap > 0 for gap, _, _ in gaps):
            gap, skill, level = min(gaps)
            reasons.append(Reason.of("skill", "level", skill=skill, level=level - gap, asked=level))
            changes.append(Train(resource=resource.id, skill=skill, level=level))
    return reasons, changes


def _mode(_lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    reason = Reason.of("mode", "mode", offered=resource.mode, asked=slot.demand.mode)
    return [reason], [ChangeResource(resource=resource.model_copy(update={"mode": "both"}))]


def _time(_lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    if slot.never:
        return [Reason.of("time", "no_start")], []
    free = united(resource.free)
    missing = [span for span in united(slot.demand.times) if not any(since <= span[0] and span[1] <= until for since, until in free)]
    windows = [Window(start=moment(start), end=moment(end)) for start, end in missing]
    told = [
        f"{window.start:%Y-%m-%d %H:%M}-{window.end:{'%H:%M' if window.start.date() == window.end.date() else '%Y-%m-%d %H:%M'}}"
        for window in windows
    ]
    return [Reason.of("time", "no_time", time=text) for text in told], [FreeAt(resource=resource.id, time=window) for window in windows]


def _distance(lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    site = lists.site(slot.demand)
    if site is None or resource.place is None:
        return [], []
    far = metres(resource.place, site)
    concerned = [rule for rule in lists.farthest if rule.resource in (None, resource.id) and rule.demand in (None, slot.demand.id)]
    beaten = {rule.label: rule for rule in sorted(concerned, key=lambda rule: (rule.label, -rule.km)) if far > limit(rule)}
    reasons = [Reason.of("distance", "farther", metres=far, most=limit(rule)) for _, rule in sorted(beaten.items())]
    return reasons, [ChangeRule(label=label, rule=rule.model_copy(update={"km": far / 1000})) for label, rule in sorted(beaten.items())]


def _forbid(lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    rules = lists.problem.rules
    pair = resource.id, slot.requirement.id
    named = [rule for rule in rules if isinstance(rule, Forbid) and rule.soft is None and (rule.resource, rule.requirement) == pair]
    labels = sorted({rule.label for rule in named})
    return [Reason.of("forbid", "forbidden", label=label) for label in labels], [RemoveRule(label=label) for label in labels]


def _load(lists: Lists, resource: Resource, slot: Slot, _caps: Sequence[FullCap]) -> Found:
    key = lists.lexicon.key
    has, uses, named = dict[str, int](), dict[str, int](), dict[str, str]()
    for load in resource.loads:
        has[key(load.dimension)] = has.get(key(load.dimension), 0) + load.amount
    for load in slot.requirement.uses:
        uses[key(load.dimension)] = uses.get(key(load.dimension), 0) + load.amount
        named.setdefault(key(load.dimension), load.dimension)
    reasons, changes = list[Reason](), list[Change]()
    for dimension, amount in sorted(uses.items()):
        if amount > has.get(dimension, 0):
            others = tuple(load for load in resource.loads if key(load.dimension) != dimension)
            loads = (*others, Load(dimension=named[dimension], amount=amount))
            reasons.append(Reason.of("load", "loads", dimension=named[dimension], load=has.get(dimension, 0), asked=amount))
            changes.append(ChangeResource(resource=resource.model_copy(update={"loads": loads})))
    return reasons, changes


def _cap(_lists: Lists, _resource: Resource, _slot: Slot, caps: Sequence[FullCap]) -> Found:
    return [Reason.of("cap", "full", label=cap.label) for cap in caps], [cap.change for cap in caps if cap.change is not None]


_FOUND = {
    "capacity": _capacity, "kind": _kind, "skill": _skill, "mode": _mode, "time": _time, "distance": _distance, "forbid": _forbid,
    "load": _load, "cap": _cap,
}  # fmt: skip
