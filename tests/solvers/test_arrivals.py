"""Calls one by one against enumeration: prices, hindsight, and what no policy may do."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pinned
import pytest

from matchkit.errors import BudgetError
from matchkit.solvers.arrivals.bid_prices import HEAVIEST, NEVER, CallSequence
from matchkit.solvers.arrivals.replay import CallStream, HoldBack, Replay, replay

Rng = np.random.Generator


def calls_of(
    weight: Any, kind: Any, seats: Any = None, shared: Any = None
) -> CallSequence:
    weight = np.array(weight, np.int64).reshape(len(weight), -1)
    count, people = len(kind), weight.shape[1]
    return CallSequence(
        np.array(kind, np.intp), weight,
        np.ones(count, np.int64) if seats is None else np.array(seats, np.int64),
        np.zeros(people, np.bool_) if shared is None else np.array(shared, np.bool_),
    )  # fmt: skip


def drawn_calls(
    rng: Rng, people: int, count: int, *, same_seats: bool = False
) -> CallSequence:
    kinds = int(rng.integers(1, 4))
    weight = rng.integers(-3, 12, (kinds, people))
    weight[rng.random((kinds, people)) < 0.3] = NEVER
    kind = rng.integers(0, kinds, count)
    seats = rng.integers(1, 3, kinds)[kind] if same_seats else rng.integers(1, 3, count)
    return calls_of(weight, kind, seats, rng.random(people) < 0.3)


def stream_of(rng: Rng, calls: CallSequence) -> CallStream:
    count, people = len(calls.kind), calls.weight.shape[1]
    refused = rng.random((count, people)) < 0.2
    gone = np.where(rng.random(people) < 0.3, rng.integers(0, count + 1, people), count)
    return CallStream(calls, refused, gone)


def ways(units: list[int], most: int, shared: list[bool]) -> list[tuple[int, ...]]:
    """Every way in which people with these units left answer one call, by units given."""
    found = [()]
    for left, several in zip(units, shared, strict=True):
        given = range(min(left, most if several else 1) + 1)
        found = [(*way, one) for way in found for one in given]
    return [way for way in found if sum(way) <= most]


def by_enumeration(stream: CallStream, capacity: Any) -> int:
    """The best value by trying everything: definition of hindsight, call after call."""
    calls, shared = stream.calls, stream.calls.shared.tolist()

    @cache
    def best(number: int, left: tuple[int, ...]) -> int:
        if number == len(calls.kind):
            return 0
        weight = calls.weight[calls.kind[number]].tolist()
        able = [
            units
            if weight[r] != NEVER and not stream.refused[number, r] and number < stream.gone[r]
            else 0
            for r, units in enumerate(left)
        ]  # fmt: skip
        return max(
            sum(one * weight[r] for r, one in enumerate(way) if one)
            + best(number + 1, tuple(a - b for a, b in zip(left, way, strict=True)))
            for way in ways(able, int(calls.seats[number]), shared)
        )

    return best(0, tuple(int(one) for one in capacity))


def plain_stream(calls: CallSequence) -> CallStream:
    count, people = len(calls.kind), calls.weight.shape[1]
    return CallStream(
        calls, np.zeros((count, people), np.bool_), np.full(people, count)
    )


def assert_legal(stream: CallStream, capacity: Any, run: Replay) -> None:
    calls, value = stream.calls, 0
    answers = list(zip(run.call.tolist(), run.person.tolist(), strict=True))
    assert [call for call, _ in answers] == sorted(call for call, _ in answers)
    for call, person in answers:
        weight = int(calls.weight[calls.kind[call], person])
        assert weight != NEVER and not stream.refused[call, person]
        assert call < stream.gone[person]
        assert answers.count((call, person)) == 1 or calls.shared[person]
        value += weight
    for person, units in enumerate(capacity):
        assert sum(who == person for _, who in answers) <= units
    for call, seats in enumerate(calls.seats.tolist()):
        assert sum(which == call for which, _ in answers) <= seats
    assert value == run.value


def test_a_nurse_waits_for_the_call_that_needs_one() -> None:
    """Ana (0) nurses and carries, bo (1) carries. To one call for nursing worth 100 one more ana brings 0, one less costs
    100; bo is free. Carrying is worth 10 now.
    """
    future = calls_of([[100, NEVER]], [0])
    assert future.best(np.array([1, 1])).prices.tolist() == [0 + 100, 0]
    stream = plain_stream(calls_of([[10, 10], [100, NEVER]], [0, 1]))
    later = calls_of([[100, NEVER]], [0]), calls_of([[0, 0]], [])
    held = replay(stream, np.array([1, 1]), HoldBack(lambda t, _: later[t], 3, 1))
    assert held.person.tolist() == [1, 0] and held.value == 110
    assert held.renewals == 2 and held.refused == 0
    greedy = replay(stream, np.array([1, 1]))
    assert greedy.person.tolist() == [0] and greedy.value == 10
    assert stream.hindsight(np.array([1, 1])).value == 110


def test_a_call_that_is_worth_less_than_the_price_of_all_stays_unmet() -> None:
    """The price is half of 100, the call is worth 49 or 50."""
    future = calls_of([[100]], [0])
    for worth, filled in ((49, 0), (50, 1)):
        stream = plain_stream(calls_of([[worth]], [0]))
        held = replay(stream, np.array([1]), HoldBack(lambda *_: future, 2))
        assert len(held.call) == filled


def test_hindsight_is_what_enumeration_finds() -> None:
    rng = np.random.default_rng(1)
    for _ in range(60):
        calls = drawn_calls(rng, int(rng.integers(1, 4)), int(rng.integers(0, 5)))
        capacity = rng.integers(0, 3, calls.weight.shape[1])
        stream = stream_of(rng, calls)
        assert stream.hindsight(capacity).value == by_enumeration(stream, capacity)


def test_prices_are_what_a_unit_more_would_bring_and_a_unit_less_cost() -> None:
    """Also where calls of one kind are one node."""
    rng, told = np.random.default_rng(2), 0
    for _ in range(60):
        calls = drawn_calls(
            rng, int(rng.integers(1, 4)), int(rng.integers(1, 5)), same_seats=True
        )
        people = calls.weight.shape[1]
        capacity = rng.integers(0, 3, people)
        stream, best = plain_stream(calls), calls.best(capacity)
        value = by_enumeration(stream, capacity)
        assert best.value == value
        for person in np.flatnonzero(capacity):
            unit = np.eye(people, dtype=np.int64)[person]
            more = by_enumeration(stream, capacity + unit) - value
            less = value - by_enumeration(stream, capacity - unit)
            assert best.prices[person] == more + less
            told += more < less
    assert told > 10


def runs_of(
    stream: CallStream, capacity: Any, seed: int, calls: CallSequence
) -> list[Replay]:
    def sample(number: int, which: int) -> CallSequence:
        rng = np.random.default_rng([seed, number, which])
        kind = rng.integers(0, len(calls.weight), 4)
        return calls_of(calls.weight, kind, np.ones(4), calls.shared)

    return [replay(stream, capacity), replay(stream, capacity, HoldBack(sample, 3, 2))]


def test_no_policy_breaks_a_limit_or_beats_hindsight() -> None:
    rng, apart = np.random.default_rng(3), 0
    for seed in range(30):
        calls = drawn_calls(rng, int(rng.integers(1, 6)), int(rng.integers(0, 9)))
        capacity = rng.integers(0, 3, calls.weight.shape[1])
        stream = stream_of(rng, calls)
        best = stream.hindsight(capacity).value
        runs = runs_of(stream, capacity, seed, calls)
        for run in runs:
            assert_legal(stream, capacity, run)
            assert run.value <= best
        apart += runs[0].value != runs[1].value
    assert apart > 2


def test_greedy_answers_are_those_of_plain_python() -> None:
    rng = np.random.default_rng(4)
    for _ in range(40):
        calls = drawn_calls(rng, int(rng.integers(1, 6)), int(rng.integers(0, 9)))
        capacity = rng.integers(0, 3, calls.weight.shape[1])
        stream = stream_of(rng, calls)
        left, answers, refusals = capacity.tolist(), list[tuple[int, int]](), 0
        for call, kind in enumerate(calls.kind.tolist()):
            asked, out = list[int](), set[int]()
            while len(asked) < calls.seats[call]:
                able = [
                    (-int(calls.weight[kind, r]), r)
                    for r, units in enumerate(left)
                    if units and r not in out and call < stream.gone[r] and calls.weight[kind, r] >= 0
                ]  # fmt: skip
                if not able:
                    break
                person = min(able)[1]
                if stream.refused[call, person]:
                    refusals += 1
                    out.add(person)
                    continue
                asked.append(person)
                left[person] -= 1
                if not calls.shared[person]:
                    out.add(person)
            answers += [(call, person) for person in asked]
        run = replay(stream, capacity)
        assert list(zip(run.call.tolist(), run.person.tolist(), strict=True)) == answers
        assert run.refused == refusals


def test_answers_hang_on_no_call_that_comes_later() -> None:
    rng = np.random.default_rng(5)
    for seed in range(6):
        calls = drawn_calls(rng, 4, 8)
        capacity, stream = rng.integers(1, 3, 4), stream_of(rng, calls)
        other = calls_of(
            calls.weight, [*calls.kind[:5], *rng.integers(0, len(calls.weight), 3)],
            [*calls.seats[:5], 1, 2, 1], calls.shared,
        )  # fmt: skip
        refused = stream.refused.copy()
        refused[5:] = ~refused[5:]
        changed = CallStream(
            other,
            refused,
            np.where(stream.gone < 5, stream.gone, 8 - (stream.gone == 8)),
        )
        for one, two in zip(
            runs_of(stream, capacity, seed, calls), runs_of(changed, capacity, seed, calls), strict=True
        ):  # fmt: skip
            first = [
                [pair for pair in zip(run.call.tolist(), run.person.tolist(), strict=True) if pair[0] < 5]
                for run in (one, two)
            ]  # fmt: skip
            assert first[0] == first[1]


def test_prices_are_renewed_by_calls_and_by_capacity() -> None:
    """Twelve calls, one unit each of four: every 5 calls at 0, 5 and 10; with a share of a half also once 2 are left."""
    stream = plain_stream(calls_of([[1] * 4], [0] * 12))
    none = calls_of([[0] * 4], [])
    for share, capacity, renewals in (
        (1.0, [9] * 4, 3),
        (0.5, [2, 2, 0, 0], 3),
        (1.0, [2, 0, 0, 0], 1),
    ):
        policy = HoldBack(lambda *_: none, 1, 5, share)
        assert replay(stream, np.array(capacity), policy).renewals == renewals


@pytest.mark.parametrize("people", [0, 2])
def test_nobody_and_no_calls(people: int) -> None:
    calls = calls_of(np.zeros((1, people)), [0] if people == 0 else [])
    stream = plain_stream(calls)
    for run in runs_of(stream, np.zeros(people, np.int64), 0, calls)[
        : 1 + (people > 0)
    ]:
        assert (run.value, len(run.call)) == (0, 0)
    assert stream.hindsight(np.ones(people, np.int64)).value == 0


def test_weights_too_large_for_exact_sums_are_refused() -> None:
    with pytest.raises(BudgetError) as caught:
        calls_of([[HEAVIEST + 1]], [0]).best(np.array([1]))
    assert str(caught.value) == pinned.text("arrivals.heavy", most=HEAVIEST)
    assert calls_of([[HEAVIEST]], [0]).best(np.array([1])).value == HEAVIEST


def test_ways_are_all_ways() -> None:
    assert sorted(ways([2, 1], 2, [True, False])) == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
        (2, 0),
    ]
    assert len(ways([1] * 4, 2, [False] * 4)) == 1 + 4 + len(
        list(combinations(range(4), 2))
    )
