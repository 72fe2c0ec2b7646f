"""Rosters of nurses: an invented instance is read, and its least penalty is found among all rosters."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TEXT = """# Invented.
SECTION_HORIZON
7

SECTION_SHIFTS
# ShiftID, minutes, what cannot follow
E,480,
L,600,E

SECTION_STAFF
A,E=7|L=2,2400,960,3,2,2,1
B,E=0|L=7,3000,0,2,1,1,0

SECTION_DAYS_OFF
A,3

SECTION_SHIFT_ON_REQUESTS
A,0,L,7
B,5,L,40

SECTION_SHIFT_OFF_REQUESTS
A,1,E,3

SECTION_COVER
0,E,1,30,1
0,L,0,30,5
1,E,1,30,1
1,L,1,30,1
2,E,1,30,1
2,L,2,10,1
4,E,1,30,1
4,L,1,30,1
5,E,1,30,1
5,L,1,30,1
6,E,1,30,1
6,L,1,30,1
"""


@pytest.fixture(autouse=True)
def _benchmarks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))


@pytest.fixture
def given() -> Any:
    from benchmarks.rosters import instance_of

    return instance_of(TEXT)


def test_an_instance_is_read_whole(given: Any) -> None:
    from benchmarks.rosters import Cover, Nurse

    assert given.days == 7
    assert given.minutes == {"E": 480, "L": 600}
    assert given.not_after == {"E": (), "L": ("E",)}
    assert given.nurses["A"] == Nurse(
        {"E": 7, "L": 2}, 2400, 960, 3, 2, 2, 1, frozenset({3})
    )
    assert given.nurses["B"].off == frozenset()
    assert given.wishes_on == {("A", 0, "L"): 7, ("B", 5, "L"): 40}
    assert given.wishes_off == {("A", 1, "E"): 3}
    assert given.cover[2, "L"] == Cover(2, 10, 1)


def test_a_roster_costs_wishes_and_cover(given: Any) -> None:
    """One wish of each kind is not met (40 and 3). Lacking are E on days 0, 4, 5 and 6 and L on 4, 5 and 6 (30
    each) and one L on day 2 (10); one L too many on day 0 costs 5.
    """
    from benchmarks.rosters import penalty

    roster = {("B", 0): "L", ("B", 2): "L"}
    roster |= {("A", day): "E" for day in (1, 2)}
    # A wishes for L on day 0 too (7); L is lacking on day 1 (30).
    assert penalty(given, roster) == 40 + 3 + 7 * 30 + 10 + 5 + 7 + 30


@pytest.mark.parametrize(
    ("nurse", "shifts", "why"),
    [
        ("A", "LLL----", "L more than 2 times"),
        ("A", "-------", "works 0 minutes"),
        ("A", "EEE--LL", "works 2640 minutes"),
        ("A", "LE-----", "E after L of day 0"),
        ("A", "-EEE---", "works on day 3"),
        ("B", "LLL----", "too many days in a row from day 0"),
        ("A", "E-E----", "too few days in a row from day 1"),
        ("A", "EE--E--", "too few days in a row from day 4"),
        ("B", "-----L-", "works on 1 weekends"),
    ],
)
def test_a_roster_that_breaks_a_limit_costs_nothing_that_counts(
    given: Any, nurse: str, shifts: str, why: str
) -> None:
    from benchmarks.rosters import penalty

    roster = {("A", day): "E" for day in (0, 1)} if nurse == "B" else {}
    roster |= {(nurse, day): kind for day, kind in enumerate(shifts) if kind != "-"}
    with pytest.raises(ValueError, match=why):
        penalty(given, roster)


def test_the_least_penalty_of_all_rosters_is_found_and_proven(given: Any) -> None:
    from benchmarks.rosters import penalty
    from benchmarks.suite.nrp import by_hand, matchkit

    idle = {("A", 0): "E", ("A", 1): "E"}

    def alone(nurse: str) -> list[dict[tuple[str, int], str]]:
        """What a nurse may work, beside what the other may."""
        found = []
        for shifts in product(["", "E", "L"], repeat=7):
            mine = {(nurse, day): kind for day, kind in enumerate(shifts) if kind}
            try:
                penalty(given, mine | (idle if nurse == "B" else {}))
            except ValueError:
                continue
            found.append(mine)
        return found

    least = min(
        penalty(given, one | other) for one in alone("A") for other in alone("B")
    )
    assert matchkit(given, 60) == (least, least)
    assert by_hand(given) == (least, least)
