"""Rules on one resource's time: one function a kind, the amount of one record. Divisible resources have no
time of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from matchkit.model import CountBudget, HoursBudget, Least, LongestRun, Rest, Travel
from matchkit.verification.days import Excess, excess, week
from matchkit.verification.report import KEPT, Amount, Fact, fact
from matchkit.verification.served import Served
from matchkit.verification.windows import TimeSpans, meetings, pairs_within, seconds
from matchkit.verification.world import SpherePoint, metres

Scoped = HoursBudget | CountBudget | LongestRun | Rest | Travel


def _in_scope(served: Served, rule: Scoped) -> Iterator[tuple[str, dict[str, int]]]:
    """The resources in use that the rule is for, each with the demands it serves."""
    world = served.world
    names = (
        served.demands
        if rule.resource is None
        else [rule.resource]
        if rule.resource in served.demands
        else []
    )
    for name in names:
        resource = world.resources[name]
        if not world.divisible(resource) and (
            rule.kind is None or world.key(resource.kind) == world.key(rule.kind)
        ):
            yield name, served.demands[name]


def _with_times(served: Served, demands: dict[str, int]) -> dict[str, TimeSpans]:
    found = {name: served.times(served.world.demands[name]) for name in demands}
    return {name: spans for name, spans in found.items() if spans}


def _in_periods(
    rule: HoursBudget | CountBudget, amounts: dict[int, int], most: int, unit: int
) -> Excess | None:
    """What amounts by day exceed in the periods of the rule that are parts of a calendar."""
    if rule.per == "week":
        weeks: dict[int, int] = {}
        for day, amount in amounts.items():
            weeks[week(day)] = weeks.get(week(day), 0) + amount
        return excess(weeks, 1, most, unit)
    return excess(amounts, rule.days or 1, most, unit)


def _when(rule: HoursBudget | CountBudget | Least, first: int) -> Fact:
    if rule.per == "all":
        return fact("in_all")
    day = f"{datetime.fromordinal(7 * first + 1 if rule.per == 'week' else first):%Y-%m-%d}"
    return (
        fact("in_days", days=str(rule.days), first=day)
        if rule.per == "days"
        else fact(f"in_{rule.per}", first=day)
    )


def _summed(
    served: Served, rule: HoursBudget | CountBudget, most: int, unit: int, said: Fact
) -> Amount:
    """The excess over all resources of the rule, told by the first resource and period that have one."""
    size, told = 0, KEPT
    for name, demands in _in_scope(served, rule):
        amounts = _used(served, rule, demands)
        found = _in_periods(rule, amounts, most, unit)
        if found is not None:
            size += found.size
            if not told.ids or name < told.ids[0]:
                values = (
                    ("used", found.used),
                    ("when", _when(rule, found.first)),
                    *said.values,
                )
                told = Amount(0, (name,), said._replace(values=values))
    return told._replace(size=size)


def _used(
    served: Served, rule: HoursBudget | CountBudget | Least, demands: Mapping[str, int]
) -> dict[int, int]:
    """Seconds or units by day; where the rule is for all time, all at 0."""
    world, whole = served.world, rule.per == "all"
    timed = [
        (served.times(world.demands[name]), quantity) for name, quantity in demands.items()
    ]
    if getattr(rule, "minutes", None) is not None:
        if whole:
            return {0: sum(quantity * seconds(times) for times, quantity in timed)}
        return world.days(rule.zone).seconds(
            (start, end, quantity) for times, quantity in timed for start, end in times
        )
    found: dict[int, int] = {}
    for times, quantity in timed:
        if times or whole:
            day = 0 if whole else world.days(rule.zone).day(times[0][0])
            found[day] = found.get(day, 0) + quantity
    return found


def hours_budget(served: Served, rule: HoursBudget) -> Amount:
    """Minutes beyond, begun ones counting whole, over resources and periods."""
    most = 60 * rule.minutes
    return _summed(
        served, rule, most, 60, fact("hours_budget", minutes=rule.minutes, most=most)
    )


def count_budget(served: Served, rule: CountBudget) -> Amount:
    """Quantity beyond, over resources and periods."""
    return _summed(served, rule, rule.most, 1, fact("count_budget", most=rule.most))


def least(served: Served, rule: Least) -> Amount:
    """Units or minutes missing, begun ones counting whole, over subjects and periods, used or not."""
    key, asked, unit = ("least", rule.quantity or 0, 1)
    if rule.minutes is not None:
        key, asked, unit = ("least_minutes", rule.minutes, 60)
    periods, missing, ids, first = _periods(served, rule), 0, "", Excess(0, 0, 0)
    for name, demands in _subjects(served, rule):
        amounts = _used(served, rule, demands)
        if rule.per == "week":
            weeks: dict[int, int] = {}
            for day, amount in amounts.items():
                weeks[week(day)] = weeks.get(week(day), 0) + amount
            amounts = weeks
        found = _shortfall(amounts, rule.days or 1, periods, asked, unit)
        if found.size:
            missing += found.size
            if not ids or name < ids:
                ids, first = name, found
    if not missing:
        return KEPT
    when = _when(rule, first.first)
    told = fact(key, missing=missing, asked=asked, subject=ids, when=when, used=first.used)
    return Amount(missing, (ids,), told)


class _Periods(NamedTuple):
    """Periods as stretches of numbers in order, first and last of each; the last ones, and how many there
    are.
    """

    stretches: list[tuple[int, int]]
    ends: list[int]
    number: int

    @classmethod
    def of(cls, stretches: list[tuple[int, int]]) -> _Periods:
        ends = [last for _, last in stretches]
        return cls(stretches, ends, sum(last + 1 - first for first, last in stretches))


def _periods(served: Served, rule: Least) -> _Periods:
    """The periods that windows of demands touch."""
    if rule.per == "all":
        return _Periods.of([(0, 0)])
    world, found = served.world, list[tuple[int, int]]()
    spans = {span for demand in world.demands.values() for span in world.needed(demand)}
    for one, other in sorted(world.days(rule.zone).touched(tuple(spans))):
        first, last = (week(one), week(other)) if rule.per == "week" else (one, other)
        if found and (first <= found[-1][1] + 1 or rule.per == "days"):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    if rule.per == "days":  # those that lie within
        found = [(first, last + 1 - (rule.days or 1)) for first, last in found]
    return _Periods.of([(first, last) for first, last in found if first <= last])


def _shortfall(
    amounts: Mapping[int, int], width: int, periods: _Periods, asked: int, unit: int
) -> Excess:
    """How many units the amounts of ``width`` numbers in a row lack, begun ones counting whole, over the
    periods in which these may begin; with the first that lacks any and its amount.

    The sum changes only where an amount enters or leaves it: between two such steps it is counted at once.
    """
    steps: dict[int, int] = {}
    for place, amount in amounts.items():
        steps[place - width + 1] = steps.get(place - width + 1, 0) + amount
        steps[place + 1] = steps.get(place + 1, 0) - amount
    size, used, known = periods.number * asked, 0, dict[int, int]()
    for place, until in pairwise(sorted(steps)):
        used += steps[place]
        known[place], known[until] = used, 0
        for at in range(bisect_left(periods.ends, place), len(periods.ends) if used else 0):
            first, last = periods.stretches[at]
            if first >= until:
                break
            size -= (min(last + 1, until) - max(first, place)) * min(asked, used // unit)
    places = sorted(known)
    for first, last in periods.stretches if size else ():
        at = bisect_right(places, first) - 1
        while first <= last:
            here = known[places[at]] if at >= 0 else 0
            if here < asked * unit:
                return Excess(size, first, here)
            at += 1
            first = places[at]
    return Excess(0, 0, 0)


def _subjects(served: Served, rule: Least) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Those for which the least is asked, each with the quantity by demand that counts for it."""
    world, stocks = served.world, rule.minutes is None
    own = {
        name: demands
        for name, demands in served.demands.items()
        if stocks or not world.divisible(world.resources[name])
    }
    if rule.unit is None and rule.community is None:
        for resource in world.problem.resources:
            kind = rule.kind is None or world.key(resource.kind) == world.key(rule.kind)
            if (
                rule.resource in (None, resource.id)
                and kind
                and (stocks or not world.divisible(resource))
            ):
                yield resource.id, own.get(resource.id, {})
        return
    total: dict[str, int] = {}
    for name, demands in own.items():
        if rule.unit is None or world.units.below(world.resources[name].unit, rule.unit):
            for demand, quantity in demands.items():
                here = world.demands[demand].community
                if rule.community is None or world.communities.below(here, rule.community):
                    total[demand] = total.get(demand, 0) + quantity
    yield str(rule.unit or rule.community), total


def longest_run(served: Served, rule: LongestRun) -> Amount:
    """How many stretches of ``days`` + 1 days in a row have work on every day, over resources."""
    days, size, told = served.world.days(rule.zone), 0, KEPT
    for name, demands in _in_scope(served, rule):
        spans = sorted(
            span
            for times in _with_times(served, demands).values()
            for span in days.touched(times)
        )
        runs: list[tuple[int, int]] = []
        for first, last in spans:
            if runs and first <= runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
            else:
                runs.append((first, last))
        for first, last in runs:
            long = last - first + 1
            if long > rule.days:
                size += long - rule.days
                if not told.ids or name < told.ids[0]:
                    since = f"{datetime.fromordinal(first):%Y-%m-%d}"
                    told = Amount(
                        0,
                        (name,),
                        fact("longest_run", days=long, since=since, most=str(rule.days)),
                    )
    return told._replace(size=size)


def rest(served: Served, rule: Rest) -> Amount:
    """Pairs of demands served that lie less than so many minutes apart, over resources."""
    size, ids = 0, list[str]()
    for name, demands in _in_scope(served, rule):
        times = _with_times(served, demands)
        close = pairs_within(times, 60 * rule.minutes) if len(times) > 1 else 0
        size += close
        ids += [name] if close else []
    return _close(size, ids, fact("rest", minutes=rule.minutes, pairs=size))


def travel(served: Served, rule: Travel) -> Amount:
    """Pairs of demands served that lie closer than the way between them takes, over resources."""
    world, size, ids = served.world, 0, list[str]()
    for name, demands in _in_scope(served, rule):
        times = _with_times(served, demands)
        points = {
            demand: point
            for demand in times
            if (point := world.takes_place(world.demands[demand])) is not None
        }
        if len(points) < 2:
            continue
        first = next(iter(points.values()))
        # By way of the first no two are farther apart than twice its farthest; the formula falls short by up
        # to 21% there.
        reach = 3 * max(metres(first, point) for point in points.values()) + 3
        close = len(
            meetings(
                {demand: times[demand] for demand in points},
                _way(reach, rule),
                _ways(points, rule),
            )
        )
        size += close
        ids += [name] if close else []
    return _close(size, ids, fact("travel", kmh=rule.kmh, pairs=size))


def _way(far: int, rule: Travel) -> int:
    """Seconds for so many metres, begun ones counting whole."""
    return -(-far * 36 // (rule.kmh * 10))


def _ways(points: Mapping[str, SpherePoint], rule: Travel) -> Callable[[str, str], int]:
    return lambda one, other: _way(metres(points[one], points[other]), rule)


def _close(size: int, ids: list[str], said: Fact) -> Amount:
    return Amount(size, (min(ids),), said) if size else KEPT
