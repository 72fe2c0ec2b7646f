"""The witness that nobody is eligible: everybody looked at again, rule by rule, and every reason of those
named recomputed by docs/explanations.md (Reasons) alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from matchkit.answers.causes import Funnel
from matchkit.answers.reasons import Reason
from matchkit.messages.spans import iso
from matchkit.model import AnyOf, Resource
from matchkit.verification.eligibility import broken, in_time
from matchkit.verification.report import Fact, fact
from matchkit.verification.windows import TimeSpans
from matchkit.verification.witness.view import WitnessView
from matchkit.verification.world import RequirementFacts, World

Reasons = Iterator[Reason]
SHOWN = 3
"""So many free spans are stated before the rest is counted."""


def reasons(
    world: World, resource: Resource, role: RequirementFacts
) -> tuple[Reason, ...]:
    """All, in the order of the rules; empty where the pair is eligible."""
    return tuple(
        reason for rule in REASONS.values() for reason in rule(world, resource, role)
    )


def _capacity(_world: World, resource: Resource, _role: RequirementFacts) -> Reasons:
    if resource.capacity < 1:
        yield Reason.of("capacity", "capacity", capacity=resource.capacity)


def _kind(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    asked = role.requirement.kind
    if world.key(resource.kind) != world.key(asked):
        yield Reason.of("kind", "kind", kind=resource.kind, needed=asked)


def _skill(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    held = world.skills.levels(world.profile(resource))
    for need in role.requirement.skills:
        compared = [
            (entry.skill, held.get(world.skills.named(entry.skill), 0), entry.level)
            for entry in (need.any_of if isinstance(need, AnyOf) else (need,))
        ]
        if all(level < asked for _, level, asked in compared):
            levels = [
                Reason.of("skill", "level", skill=name, held=level, asked=asked)
                for name, level, asked in compared
            ]
            yield (
                levels[0]
                if len(levels) == 1
                else Reason.of("skill", "any_of", short=levels)
            )


def _mode(_world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    if resource.mode != "both" and resource.mode != role.demand.mode:
        yield Reason.of("mode", f"{resource.mode}_only")


def _time(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    demand, needed, free = role.demand, world.needed(role.demand), world.free(resource)
    if in_time(world, demand, free):
        return
    if demand.minutes is None:
        yield from _uncovered(needed, free, world.problem.zone)
        return
    duration, step = timedelta(minutes=demand.minutes), timedelta(minutes=demand.step)
    starts = [
        (start, (end - start - duration) // step)
        for start, end in needed
        if end - start >= duration
    ]
    if not starts:
        yield Reason.of("time", "no_start", minutes=demand.minutes)
        return
    count = sum(steps + 1 for _, steps in starts)
    first, last = starts[0][0], starts[-1][0] + starts[-1][1] * step
    if count == 1:
        yield from _uncovered(((first, first + duration),), free, world.problem.zone)
    else:
        ends = {
            "window": iso(first, first + duration),
            "last": iso(last, last + duration),
        }
        zone = _shown_in(world.problem.zone)
        yield Reason.of("time", "free_at_no_start", starts=count, **ends, **zone)


def _uncovered(needed: TimeSpans, free: TimeSpans, zone: str | None) -> Reasons:
    """One for each span needed that lies in no free one, with what is free on the days that it touches by the
    clocks of a zone.
    """
    for start, end in needed:
        if any(since <= start and end <= until for since, until in free):
            continue
        first, last = (
            _midnight(start, zone, 0),
            _midnight(end - timedelta(seconds=1), zone, 1),
        )
        near = [
            iso(since, until) for since, until in free if since < last and until > first
        ]
        listed = {"free": tuple(near[:SHOWN])} if near else {}
        more = {"more": len(near) - SHOWN} if len(near) > SHOWN else {}
        key = "free_and_more" if more else "free" if near else "not_free"
        window = iso(start, end)
        yield Reason.of("time", key, **listed, **more, window=window, **_shown_in(zone))


def _shown_in(zone: str | None) -> dict[str, str]:
    return {} if zone is None else {"zone": zone}


def _midnight(moment: datetime, zone: str | None, later: int) -> datetime:
    """The midnight before a moment, or so many days later, by the clocks of a zone; in UTC."""
    day = moment.astimezone(ZoneInfo(zone or "UTC")).replace(
        hour=0, minute=0, second=0
    ) + timedelta(days=later)
    return day.astimezone(UTC)


def _distance(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    far = world.metres(resource, role.demand) if world.farthest else None
    if far is None:
        return
    demand = role.demand.id
    for key, who, where in (
        ("distance", None, None),
        ("distance_of_demand", None, demand),
        ("distance_of_resource", resource.id, None),
        ("distance_of_both", resource.id, demand),
    ):
        most = world.farthest.get((who, where))
        if most is None or far <= most:
            continue
        allowed = f"{most // 1000}.{most % 1000:03}".rstrip("0").rstrip(".")
        shown = [f"{far / 1000:.{places}f}" for places in (1, 2, 3)]
        named = ({} if who is None else {"resource": who}) | (
            {} if where is None else {"demand": where}
        )
        yield Reason.of(
            "distance",
            key,
            far=next(text for text in shown if float(text) > float(allowed)),
            limit=allowed,
            **named,
        )


def _forbid(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    if (resource.id, role.id) in world.forbidden:
        yield Reason.of("forbid", "forbid", resource=resource.id, requirement=role.id)


def _load(world: World, resource: Resource, role: RequirementFacts) -> Reasons:
    has = world.loads(resource)
    for dimension, used in sorted(world.uses(role.requirement).items()):
        if used > has.get(dimension, 0):
            yield Reason.of(
                "load",
                "load",
                dimension=dimension,
                has=has.get(dimension, 0),
                needed=used,
            )


REASONS: dict[str, Callable[[World, Resource, RequirementFacts], Reasons]] = {
    "capacity": _capacity,
    "kind": _kind,
    "skill": _skill,
    "mode": _mode,
    "time": _time,
    "distance": _distance,
    "forbid": _forbid,
    "load": _load,
}
"""The rules of eligibility by their names in docs/architecture.md, in its order."""
RULE_OF_CHECK = {"max_distance": "distance"}
"""What the checks of plans call otherwise."""
NEAREST = 5
"""So many resources are named."""


def funnel(view: WitnessView, requirement: str, answer: Funnel) -> Iterator[Fact]:
    """Every claim that is wrong."""
    world, role = view.world, view.world.roles[requirement]
    failed = {
        resource.id: tuple(
            RULE_OF_CHECK.get(name, name) for name, _ in broken(world, resource, role)
        )
        for resource in world.problem.resources
    }
    together, alone = dict.fromkeys(REASONS, 0), dict.fromkeys(REASONS, 0)
    for rules in failed.values():
        for rule in rules:
            together[rule] += 1
            alone[rule] += len(rules) == 1
    if answer.resources != len(failed):
        yield fact("funnel_resources", stated=answer.resources, right=len(failed))
    yield from _removed(answer, together, alone)
    right = sorted(failed, key=lambda name: (len(failed[name]), name))[:NEAREST]
    if [near.resource for near in answer.nearest] != right:
        yield fact("funnel_nearest", right=", ".join(right))
        return
    for near in answer.nearest:
        if {reason.rule for reason in near.reasons} != set(failed[near.resource]):
            yield fact(
                "funnel_reasons",
                who=near.resource,
                right=", ".join(failed[near.resource]),
            )
        elif near.reasons != reasons(world, world.resources[near.resource], role):
            yield fact("funnel_values", who=near.resource)


def _removed(
    answer: Funnel, together: dict[str, int], alone: dict[str, int]
) -> Iterator[Fact]:
    counted: set[str] = set()
    for entry in answer.removed:
        if entry.rule not in together or entry.rule in counted:
            yield fact("funnel_rule")
            return
        counted.add(entry.rule)
        right = together[entry.rule], alone[entry.rule]
        if (entry.all, entry.alone) != right:
            yield fact(
                "funnel_counts",
                rule=entry.rule,
                stated=(entry.all, entry.alone),
                right=right,
            )
    for rule, count in together.items():
        if count and rule not in counted:
            yield fact("funnel_left_out", rule=rule, count=count)
