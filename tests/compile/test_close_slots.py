"""Which slots lie too close, or too far apart for the way between them, is what comparing every two of their
times gives.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from random import Random

import pytest
from by_hand import demand, need, problem, window

from matchkit.compile.eligibility.distance import metres
from matchkit.compile.numbering import Numbering
from matchkit.compile.rules import constraint_data
from matchkit.compile.rules.constraint_data import ConstraintData
from matchkit.compile.trees import Subtrees
from matchkit.deadline import Deadline
from matchkit.errors import StoppedError
from matchkit.model import Demand, Place


def some_demand(number: int, random: Random) -> Demand:
    starts = sorted(random.sample(range(48), random.choice([0, 1, 1, 2, 5])))
    windows = [
        window(5 + start // 24, start % 24, start % 24 + random.choice([0.5, 1]))
        for start in starts
    ]
    place = (
        None
        if random.random() < 0.2
        else Place(lat=31 + random.random() / 10, lon=121 + random.random() / 10)
    )
    return demand(f"D{number:02}", need(f"Q{number:02}"), windows=windows, place=place)


def too_close(one: Demand, other: Demand, gap: timedelta) -> bool:
    times = product(one.times, other.times)
    return (
        one.id != other.id
        and gap > timedelta()
        and any(a.start < b.end + gap and b.start < a.end + gap for a, b in times)
    )


@pytest.mark.parametrize("seed", range(25))
def test_slots_are_close_where_any_two_of_their_times_are(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(seed)  # noqa: S311 - a seeded test, no secret
    monkeypatch.setattr(constraint_data, "AT_ONCE", random.choice([1, 40, 10_000]))
    demands = [some_demand(number, random) for number in range(14)]
    known = ConstraintData(Numbering(problem([], demands)))
    gap, kmh = (
        timedelta(minutes=random.choice([0, 15, 60, 200])),
        random.choice([1, 5, 20]),
    )

    def way(one: Demand, other: Demand) -> timedelta:
        if one.place is None or other.place is None:
            return timedelta()
        return timedelta(seconds=-(-metres(one.place, other.place) * 36 // (kmh * 10)))

    assert known.within_gap(gap // timedelta(seconds=1)).tolist() == [
        [too_close(a, b, gap) for b in demands] for a in demands
    ]
    assert known.unreachable(kmh).tolist() == [
        [too_close(a, b, way(a, b)) for b in demands] for a in demands
    ]


def test_a_look_at_the_clock_ends_the_comparison_of_slots() -> None:
    demand = some_demand(1, Random(1))  # noqa: S311 - a seeded test, no secret
    known = ConstraintData(Numbering(problem([], [demand])), Deadline(0.0))
    with pytest.raises(StoppedError):
        known.within_gap(60)


def test_members_of_a_node_are_its_own_and_those_of_every_node_below_it() -> None:
    parents = {"a": None, "b": "a", "c": "b", "d": "a", "e": None}
    forest = Subtrees(parents, ["c", "d", "e", "b", "a", "c"])
    found = {node: forest.below(node).nonzero()[0].tolist() for node in parents}
    assert found == {
        "a": [0, 1, 3, 4, 5],
        "b": [0, 3, 5],
        "c": [0, 5],
        "d": [1],
        "e": [2],
    }
