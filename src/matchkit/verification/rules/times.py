"""Rules on one resource's time: one function a kind, the amount of one record. Divisible resources have no
time of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from matchkit.model import CountBudget, HoursBudget, Least, LongestRun, Rest, Travel
from matchkit.model.rules import OfResources
from matchkit.verification.days import PeriodSum, excess, joined, shortfall, week
from matchkit.verification.report import KEPT, Amount, Fact, fact
from matchkit.verification.served import Served
from matchkit.verification.trees import summed
from matchkit.verification.windows import TimeSpans, meetings, pairs_within, seconds
from matchkit.verification.world import SpherePoint, metres


def in_scope(
    served: Served, rule: OfResources
) -> Iterator[tuple[str, Mapping[str, int]]]:
    """The resources in use that the rule is for, each with the demands it serves."""
    world = served.world
    for name in served.demands if rule.resource is None else [rule.resource]:
        resource = world.resources[name]
        if (
            name in served.demands
            and not world.divisible(resource)
            and (rule.kind is None or world.key(resource.kind) == world.key(rule.kind))
        ):
            yield name, served.demands[name]


def with_times(served: Served, demands: Mapping[str, int]) -> dict[str, TimeSpans]:
    """The times of those demands that have any."""
    found = {name: served.times(served.world.demands[name]) for name in demands}
    return {name: spans for name, spans in found.items() if spans}


def of_category(
    served: Served, demands: Mapping[str, int], category: str
) -> dict[str, int]:
    """Those of the demands that have the category, by key."""
    world, found = served.world, {}
    for name, quantity in demands.items():
        own = world.demands[name].category
        if own is not None and world.key(own) == world.key(category):
            found[name] = quantity
    return found


def _when(rule: HoursBudget | CountBudget | Least, first: int) -> Fact:
    if rule.per == "all":
        return fact("in_all")
    day = f"{datetime.fromordinal(7 * first + 1 if rule.per == 'week' else first):%Y-%m-%d}"
    return (
        fact("in_days", days=str(rule.days), first=day)
        if rule.per == "days"
        else fact(f"in_{rule.per}", first=day)
    )


def _used(
    served: Served, rule: HoursBudget | CountBudget | Least, demands: Mapping[str, int]
) -> dict[int, int]:
    """Seconds or units by day, or by week where that is the rule's period; where it is for all time, all at
    0.
    """
    world = served.world
    timed = [
        (served.times(world.demands[name]), quantity)
        for name, quantity in demands.items()
    ]
    minutes = getattr(rule, "minutes", None) is not None
    if rule.per == "all":
        return {
            0: sum(
                quantity * (seconds(times) if minutes else 1)
                for times, quantity in timed
            )
        }
    days = world.calendar(rule.zone)
    found = (
        days.seconds((*span, quantity) for times, quantity in timed for span in times)
        if minutes
        else summed(
            (days.day(times[0][0]), quantity) for times, quantity in timed if times
        )
    )
    if rule.per == "week":
        return summed((week(day), amount) for day, amount in found.items())
    return found


def _beyond(
    served: Served, rule: HoursBudget | CountBudget, most: int, unit: int, message: Fact
) -> Amount:
    """The excess over all resources of the rule, described by the first resource and period that have one."""
    found: dict[str, PeriodSum] = {}
    category = rule.category if isinstance(rule, CountBudget) else None
    for name, demands in in_scope(served, rule):
        if category is not None:
            demands = of_category(served, demands, category)
        here = excess(_used(served, rule, demands), rule.days or 1, most, unit)
        if here is not None:
            found[name] = here
    if not found:
        return KEPT
    name = min(found)
    compared = ("used", found[name].used), ("when", _when(rule, found[name].first))
    size = sum(here.size for here in found.values())
    return Amount(size, (name,), message._replace(values=(*compared, *message.values)))


def hours_budget(served: Served, rule: HoursBudget) -> Amount:
    """Minutes beyond, begun ones counting whole, over resources and periods."""
    most = 60 * rule.minutes
    return _beyond(
        served, rule, most, 60, fact("hours_budget", minutes=rule.minutes, most=most)
    )


def count_budget(served: Served, rule: CountBudget) -> Amount:
    """Quantity beyond, over resources and periods; of the category where the rule has one."""
    message = fact("count_budget", most=rule.most)
    if rule.category is not None:
        message = fact("count_budget_of", most=rule.most, category=rule.category)
    return _beyond(served, rule, rule.most, 1, message)


def least(served: Served, rule: Least) -> Amount:
    """Units or minutes missing, begun ones counting whole, over subjects and periods, used or not."""
    key, asked, unit = "least", rule.quantity or 0, 1
    if rule.minutes is not None:
        key, asked, unit = "least_minutes", rule.minutes, 60
    periods, width = served.world.periods(rule.per, rule.zone), rule.days or 1
    if (
        rule.per == "days" and periods
    ):  # any so many in a row from the first to the last
        first, last = periods[0][0], periods[-1][1] + 1 - width
        periods = [(first, last)] if first <= last else []
    found: dict[str, PeriodSum] = {}
    for name, demands in _subjects(served, rule):
        here = shortfall(_used(served, rule, demands), width, periods, asked, unit)
        if here is not None:
            found[name] = here
    if not found:
        return KEPT
    name, missing = min(found), sum(here.size for here in found.values())
    when, used = _when(rule, found[name].first), found[name].used
    message = fact(
        key, missing=missing, asked=asked, subject=name, when=when, used=used
    )
    return Amount(missing, (name,), message)


def _subjects(served: Served, rule: Least) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Those for which the least is asked, each with the quantity by demand that counts for it."""
    world, stocks = served.world, rule.minutes is None
    if rule.unit is None and rule.community is None:
        for resource in world.problem.resources:
            kind = rule.kind is None or world.key(resource.kind) == world.key(rule.kind)
            if (
                rule.resource in (None, resource.id)
                and kind
                and (stocks or not world.divisible(resource))
            ):
                yield resource.id, served.demands.get(resource.id, {})
        return
    counted = (
        (demand, quantity)
        for name, demands in served.demands.items()
        if (stocks or not world.divisible(world.resources[name]))
        and (
            rule.unit is None
            or world.units.below(world.resources[name].unit, rule.unit)
        )
        for demand, quantity in demands.items()
        if rule.community is None
        or world.communities.below(world.demands[demand].community, rule.community)
    )
    yield str(rule.unit or rule.community), summed(counted)


def longest_run(served: Served, rule: LongestRun) -> Amount:
    """How many stretches of ``days`` + 1 days in a row have work on every day, over resources."""
    days, long = served.world.calendar(rule.zone), dict[str, list[tuple[int, int]]]()
    for name, demands in in_scope(served, rule):
        times = with_times(served, demands).values()
        runs = joined(span for spans in times for span in days.touched(spans))
        found = [(first, last) for first, last in runs if last - first >= rule.days]
        if found:
            long[name] = found
    if not long:
        return KEPT
    name = min(long)
    first, last = long[name][0]
    message = fact(
        "longest_run",
        days=last - first + 1,
        since=f"{datetime.fromordinal(first):%Y-%m-%d}",
        most=str(rule.days),
    )
    runs = [run for several in long.values() for run in several]
    return Amount(
        sum(last - first + 1 - rule.days for first, last in runs), (name,), message
    )


def rest(served: Served, rule: Rest) -> Amount:
    """Pairs of demands served that lie less than so many minutes apart, over resources."""
    close = {
        name: pairs_within(with_times(served, demands), 60 * rule.minutes)
        for name, demands in in_scope(served, rule)
        if len(demands) > 1
    }
    return _close(close, "rest", minutes=rule.minutes)


def travel(served: Served, rule: Travel) -> Amount:
    """Pairs of demands served that lie closer than the way between them takes, over resources."""
    close = {
        name: _too_far(served, rule, with_times(served, demands))
        for name, demands in in_scope(served, rule)
    }
    return _close(close, "travel", kmh=rule.kmh)


def _too_far(served: Served, rule: Travel, times: Mapping[str, TimeSpans]) -> int:
    """Pairs of demands with a known place for which the way takes longer than lies between them."""
    world = served.world
    points: dict[str, SpherePoint] = {}
    for demand in times:
        point = world.takes_place(world.demands[demand])
        if point is not None:
            points[demand] = point
    if len(points) < 2:
        return 0

    def way(far: int) -> int:
        """Seconds for so many metres, begun ones counting whole."""
        return -(-far * 36 // (rule.kmh * 10))

    first = next(iter(points.values()))
    # By way of the first no two are farther apart than twice its farthest; the formula falls short by up to
    # 21% there.
    reach = 3 * max(metres(first, point) for point in points.values()) + 3
    timed = {demand: times[demand] for demand in points}
    return len(
        meetings(
            timed,
            way(reach),
            lambda one, other: way(metres(points[one], points[other])),
        )
    )


def _close(close: Mapping[str, int], key: str, **values: int) -> Amount:
    ids, size = [name for name, count in close.items() if count], sum(close.values())
    return Amount(size, (min(ids),), fact(key, **values, pairs=size)) if size else KEPT
