"""What the checker counts by sweeps, bisection and augmenting paths equals what trying everything gives."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import combinations, permutations, product
from random import Random

import pytest
from handmade import window
from ruled import demand

import matchkit.model as m
from matchkit.verification import windows
from matchkit.verification.days import Calendar, excess, joined, shortfall, week
from matchkit.verification.rules.teams import places_given
from matchkit.verification.trees import sums_in_rectangles
from matchkit.verification.windows import (
    TimeSpans,
    UncountedError,
    first_start,
    may_start,
    meetings,
    pairs_within,
    united,
)

NOON = window(12, 13).start
MINUTE = timedelta(minutes=1)
SEEDS = range(60)


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - a seeded test, no secret


def some_spans(random: Random, most: int) -> TimeSpans:
    starts = sorted(random.sample(range(0, 60, 5), random.randint(1, most)))
    return tuple(
        (NOON + start * MINUTE, NOON + (start + random.randint(1, 4)) * MINUTE)
        for start in starts
    )


def too_close(one: TimeSpans, other: TimeSpans, gap: timedelta) -> bool:
    return any(a[0] < b[1] + gap and b[0] < a[1] + gap for a, b in product(one, other))


@pytest.mark.parametrize("most", [1, 3])
@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_too_close_are_those_of_every_two(seed: int, most: int) -> None:
    random = dice(seed)
    times = {f"D{n}": some_spans(random, most) for n in range(random.randint(2, 9))}
    gap = random.randint(1, 12)
    assert pairs_within(times, 60 * gap) == sum(
        too_close(times[a], times[b], gap * MINUTE) for a, b in combinations(times, 2)
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_pairs_closer_than_a_gap_of_their_own_are_those_of_every_two(seed: int) -> None:
    random = dice(seed)
    times = {f"D{n}": some_spans(random, 3) for n in range(random.randint(2, 9))}
    gaps = {
        pair: random.choice([0, 0, *range(12)])
        for pair in combinations(sorted(times), 2)
    }
    found = meetings(times, 720, lambda one, other: 60 * gaps[one, other])
    assert found == {
        pair
        for pair, gap in gaps.items()
        if gap and too_close(times[pair[0]], times[pair[1]], gap * MINUTE)
    }


def test_too_many_meetings_are_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of five is compared with those before it, ten times in all."""
    times: dict[str, TimeSpans] = {f"D{n}": ((NOON, NOON + MINUTE),) for n in range(5)}
    monkeypatch.setattr(windows, "MOST_MEETINGS", 10)
    assert len(meetings(times, 60, lambda _one, _other: 60)) == 10
    monkeypatch.setattr(windows, "MOST_MEETINGS", 9)
    with pytest.raises(UncountedError, match="5 demands"):
        meetings(times, 60, lambda _one, _other: 60)


@pytest.mark.parametrize("seed", SEEDS)
def test_places_given_are_the_most_of_every_way_to_give_them(seed: int) -> None:
    random = dice(seed)
    counts = [random.randint(1, 2) for _ in range(random.randint(1, 3))]
    members = [random.randrange(1 << len(counts)) for _ in range(random.randint(0, 5))]
    seats = [place for place, count in enumerate(counts) for _ in range(count)]
    size = max(len(seats), len(members))
    padded = [*seats, *([-1] * (size - len(seats)))]
    whole = [*members, *([0] * (size - len(members)))]
    best = max(
        sum(
            place >= 0 and mask >> place & 1
            for mask, place in zip(whole, order, strict=True)
        )
        for order in permutations(padded)
    )
    assert places_given(members, counts) == best


@pytest.mark.parametrize("seed", SEEDS)
def test_the_excess_is_that_of_every_run_by_itself(seed: int) -> None:
    random = dice(seed)
    amounts = {
        random.randrange(100, 130): random.randint(0, 9)
        for _ in range(random.randint(0, 8))
    }
    width, most, unit = (
        random.randint(1, 6),
        random.randint(0, 12),
        random.choice([1, 4]),
    )
    runs = {
        start: sum(amounts.get(day, 0) for day in range(start, start + width))
        for start in range(80, 140)
    }
    over = {
        start: -((most - used) // unit) for start, used in runs.items() if used > most
    }
    found = excess(amounts, width, most, unit)
    assert (0 if found is None else found.size) == sum(over.values())
    assert (None if found is None else (found.first, found.used)) == (
        None if not over else (min(over), runs[min(over)])
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_shortfall_is_that_of_every_run_in_the_periods_by_itself(seed: int) -> None:
    random = dice(seed)
    amounts = {
        random.randrange(90, 130): random.randint(0, 9)
        for _ in range(random.randrange(9))
    }
    width, asked, unit = (
        random.randint(1, 6),
        random.randint(0, 3),
        random.choice([1, 4]),
    )
    starts = sorted({random.randrange(95, 125) for _ in range(random.randrange(12))})
    periods = joined((start, start + random.randrange(3)) for start in starts)
    runs = {
        start: sum(amounts.get(day, 0) for day in range(start, start + width))
        for first, last in periods
        for start in range(first, last + 1)
    }
    short = {
        start: asked - used // unit
        for start, used in runs.items()
        if used < asked * unit
    }
    found = shortfall(amounts, width, periods, asked, unit)
    assert (0 if found is None else found.size) == sum(short.values())
    assert (None if found is None else (found.first, found.used)) == (
        None if not short else (min(short), runs[min(short)])
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_in_rectangles_are_those_of_every_point(seed: int) -> None:
    random = dice(seed)
    points = {
        (random.randrange(8), random.randrange(8)): random.randint(1, 9)
        for _ in range(random.randint(0, 20))
    }

    def side() -> tuple[int, int]:
        first = random.randrange(8)
        return first, random.randint(first, 9)

    areas = {name: (side(), side()) for name in range(5)}
    assert sums_in_rectangles(points, areas) == {
        name: sum(
            n for (x, y), n in points.items() if left <= x < right and low <= y < high
        )
        for name, ((left, right), (low, high)) in areas.items()
    }


def starts_of(flexible: m.Demand) -> list[datetime]:
    """Every start, minute by minute, as docs/rules.md says."""
    assert flexible.minutes is not None
    return [
        first + minute * MINUTE
        for first, end in united(flexible.windows)
        for minute in range(0, 24 * 60, flexible.step)
        if first + (minute + flexible.minutes) * MINUTE <= end
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_starts_are_those_of_the_grid_of_each_united_window(seed: int) -> None:
    random = dice(seed)
    hours = sorted(random.sample(range(24), 6))
    windows = [
        window(a, b)
        for a, b in ((hours[0], hours[1]), (hours[1], hours[2]), (hours[3], hours[4]))
    ]
    flexible = demand(
        "D1",
        *random.sample(windows, 2),
        minutes=random.randint(1, 200),
        step=random.choice([7, 30, 60, 90]),
    )
    spans = united(flexible.windows)
    right = set(starts_of(flexible))
    day = window(0, 1).start
    assert {
        day + minute * MINUTE
        for minute in range(24 * 60)
        if may_start(flexible, spans, day + minute * MINUTE)
    } == right
    free = united([window(a, b) for a, b in zip(hours[::2], hours[1::2], strict=True)])
    long = timedelta(minutes=flexible.minutes or 0)
    fits = any(
        since <= start and start + long <= until
        for start in right
        for since, until in free
    )
    assert (first_start(flexible, spans, [free]) is not None) is fits
    assert (first_start(flexible, spans, [()]) is not None) is bool(right)


def test_a_start_without_a_zone_or_beyond_the_calendar_is_none() -> None:
    flexible = demand("D1", window(8, 12), minutes=60)
    spans = united(flexible.windows)
    for wrong in (
        window(8, 9).start.replace(tzinfo=None),
        datetime.max.replace(tzinfo=window(8, 9).start.tzinfo),
    ):
        assert not may_start(flexible, spans, wrong)


def test_days_are_parted_by_the_midnights_of_the_zone() -> None:
    """New York left 8 March 2026 an hour short and gives 1 November one more; Samoa had no 30 December
    2011.
    """
    for zone, date, hours in (
        ("UTC", (2026, 3, 8), 24),
        ("America/New_York", (2026, 3, 8), 23),
        ("America/New_York", (2026, 11, 1), 25),
        ("Pacific/Apia", (2011, 12, 30), 0),
        ("Africa/Cairo", (2026, 4, 24), 23),  # the clock goes from 00:00 to 01:00
    ):
        days, day = Calendar(zone), datetime(*date).toordinal()  # noqa: DTZ001 - only the date counts
        assert days.midnight(day + 1) - days.midnight(day) == timedelta(hours=hours)
        if hours:
            assert (
                days.day(days.midnight(day))
                == day
                == days.day(days.midnight(day + 1) - timedelta(seconds=1))
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_seconds_by_day_are_those_of_each_day_by_itself(seed: int) -> None:
    random, days = dice(seed), Calendar(["UTC", "America/New_York"][seed % 2])
    start = window(0, 1).start - timedelta(days=60)
    spans = []
    for _ in range(4):
        since = start + timedelta(minutes=random.randrange(0, 8 * 24 * 60))
        spans.append(
            (
                since,
                since + timedelta(minutes=random.randint(1, 6 * 24 * 60)),
                random.randint(1, 3),
            )
        )
    first = days.day(start)
    right = {}
    for day in range(first - 1, first + 20):
        since, until = days.midnight(day), days.midnight(day + 1)
        parts = [
            n * max(timedelta(0), min(e, until) - max(s, since)) // timedelta(seconds=1)
            for s, e, n in spans
        ]
        right[day] = sum(parts)
    assert {day: amount for day, amount in days.seconds(spans).items() if amount} == {
        day: n for day, n in right.items() if n
    }


def test_weeks_are_those_of_iso() -> None:
    days = range(datetime(2019, 12, 20).toordinal(), datetime(2027, 1, 20).toordinal())  # noqa: DTZ001 - only dates count
    for day in days:
        same = (
            datetime.fromordinal(day).isocalendar()[:2]
            == datetime.fromordinal(day + 1).isocalendar()[:2]
        )
        assert (week(day) == week(day + 1)) is same
