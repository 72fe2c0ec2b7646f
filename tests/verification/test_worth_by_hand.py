"""Points of single terms, spellings, places and times, each worked out by hand from docs/architecture.md."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from handmade import window

import matchkit.model as m
from matchkit.model.text import key as key_of_the_records
from matchkit.model.text import normal
from matchkit.verification.eligibility import broken
from matchkit.verification.skills import key
from matchkit.verification.windows import seconds, uncovered, united
from matchkit.verification.world import World, limit_in_metres, metres, point
from matchkit.verification.worth import TERMS, terms

Level = m.SkillLevel


def world(
    resource: dict[str, Any],
    requirement: dict[str, Any],
    demand: dict[str, Any] | None = None,
    **more: Any,
) -> World:
    """One resource R, one requirement Q and a chain of communities top > mid > low; the demand is in mid."""
    return World(
        m.Problem(
            units=[m.Unit(id="U")],
            communities=[
                m.Community(id="top"),
                m.Community(id="mid", parent="top"),
                m.Community(id="low", parent="mid"),
            ],
            resources=[
                m.Resource(id="R", unit="U", **resource),
                *more.pop("others", []),
            ],
            demands=[
                m.Demand(
                    id="D",
                    community="mid",
                    requirements=[m.Requirement(id="Q", **requirement)],
                    **(demand or {}),
                )
            ],
            **more,
        )
    )


def worth(given: World) -> dict[str, int]:
    return terms(given, given.resources["R"], given.roles["Q"])


def reasons(given: World) -> dict[str, str]:
    return {
        rule: str(said)
        for rule, said in broken(given, given.resources["R"], given.roles["Q"])
    }


MEDICAL = [
    m.Skill(name="medic", aliases=["医生"]),
    m.Skill(name="surgeon", parents=["医生"]),
    m.Skill(name="heart surgeon", parents=["Surgeon"]),
]


def test_a_skill_counts_as_every_skill_above_it() -> None:
    """A heart surgeon at 3 is a medic at 3: surplus 2 over level 1, nothing idle: 100 - 20."""
    given = world(
        {"skills": [Level(skill="Heart Surgeon", level=3)]},
        {"skills": [Level(skill="Medic", level=1)]},
        skills=MEDICAL,
    )
    assert reasons(given) == {}
    assert worth(given)["skill_fit"] == 80


def test_a_skill_does_not_count_as_one_below_it() -> None:
    given = world(
        {"skills": [Level(skill="medic", level=9)]},
        {"skills": [Level(skill="surgeon", level=2)]},
        skills=MEDICAL,
    )
    assert reasons(given) == {"skill": "lacks skill surgeon 0 < 2"}


def test_the_highest_of_several_levels_counts() -> None:
    """Surgeon 2 and, by its alias, medic 5: as a medic 5, surplus 1 over 4; both serve the need."""
    given = world(
        {"skills": [Level(skill="surgeon", level=2), Level(skill="医生", level=5)]},
        {"skills": [Level(skill="medic", level=4)]},
        skills=MEDICAL,
    )
    assert worth(given)["skill_fit"] == 90


def test_every_need_counts_its_own_surplus_and_alternatives_the_smallest_that_holds() -> (
    None
):
    """law 4 over 1 is 3; of any (driver 9: lacking, law 2: surplus 2, cook 3 over 3: surplus 0) the least is
    0.
    """
    any_of = m.AnyOf(
        any_of=[
            Level(skill="driver", level=9),
            Level(skill="law", level=2),
            Level(skill="cook", level=3),
        ]
    )
    given = world(
        {
            "skills": [
                Level(skill="law", level=4),
                Level(skill="cook", level=3),
                Level(skill="driver", level=1),
            ]
        },
        {"skills": [Level(skill="law"), any_of]},
    )
    assert worth(given)["skill_fit"] == 100 - 10 * 3


@pytest.mark.parametrize(
    ("wanted", "held", "points"),
    [(1, 1, 10), (1, 3, 3), (3, 2, 15), (9, 1, 20), (0, 1, 0)],
)
def test_an_idle_skill_costs_its_rarity(wanted: int, held: int, points: int) -> None:
    """min(20, 10 * wanted // held): driver is idle at Q, wanted by another requirement, held by R and by
    another.
    """
    other = [
        m.Resource(
            id="R2",
            unit="U",
            capacity=held - 1,
            skills=[Level(skill="driver", level=7)],
        )
    ]
    given = world(
        {"skills": [Level(skill="Driver"), Level(skill="driver", level=2)]},
        {},
        others=other,
    )
    if wanted:
        asks = m.Demand(
            id="D2",
            community="top",
            requirements=[
                m.Requirement(
                    id="Q2",
                    wanted=wanted,
                    skills=[Level(skill="driver"), Level(skill="driver", level=3)],
                )
            ],
        )
        given = World(
            m.Problem(
                **{**dict(given.problem), "demands": [*given.problem.demands, asks]}
            )
        )
    assert worth(given)["skill_fit"] == 100 - points


def test_who_holds_a_skill_below_counts_for_the_rarity_of_the_one_above() -> None:
    """medic: wanted 2 by Q2; held by R (a medic, 1) and by a surgeon (capacity 3): 10 * 2 // 4 = 5."""
    other = [m.Resource(id="R2", unit="U", capacity=3, skills=[Level(skill="surgeon")])]
    given = world({"skills": [Level(skill="medic")]}, {}, others=other, skills=MEDICAL)
    asks = m.Demand(
        id="D2",
        community="top",
        requirements=[
            m.Requirement(
                id="Q2", wanted=2, skills=[m.AnyOf(any_of=[Level(skill="医生")])]
            )
        ],
    )
    given = World(
        m.Problem(**{**dict(given.problem), "demands": [*given.problem.demands, asks]})
    )
    assert worth(given)["skill_fit"] == 95


@pytest.mark.parametrize(
    ("home", "familiar", "points"),
    [
        ("mid", [], 50),
        ("top", ["mid"], 50),
        ("low", [], 0),
        ("low", ["top", "mid"], 25),
        (None, ["low"], 0),
        (None, ["mid"], 25),
        (None, [], 0),
    ],
)
def test_familiarity_reaches_down_the_tree_and_not_up(
    home: str | None, familiar: list[str], points: int
) -> None:
    assert (
        worth(world({"home": home, "familiar": familiar}, {}))["familiarity"] == points
    )


@pytest.mark.parametrize(
    ("wish", "points"),
    [
        ({"category": "ＳＰＯＲＴ"}, 7),
        ({"category": "song"}, 0),
        ({"community": "top"}, 7),
        ({"community": "low"}, 0),
        ({"category": "sport", "community": "mid"}, 7),
        ({"category": "sport", "community": "low"}, 0),
        ({"category": "song", "community": "mid"}, 0),
    ],
)
def test_a_preference_fits_by_category_and_by_community(
    wish: dict[str, str], points: int
) -> None:
    wishes = [m.Preference(points=7, **wish), m.Preference(community="top", points=-3)]
    assert (
        worth(world({"preferences": wishes}, {}, {"category": "Sport"}))["preference"]
        == points - 3
    )


def test_a_preference_for_a_category_does_not_fit_a_demand_without_one() -> None:
    assert (
        worth(world({"preferences": [m.Preference(category="sport", points=7)]}, {}))[
            "preference"
        ]
        == 0
    )


@pytest.mark.parametrize(
    ("preferred", "points"),
    [
        ([], 0),
        ([("08:00:00", "12:00:00")], 0),
        ([("09:30:00", "10:00:00")], -60),
        ([("09:00:00", "09:30:00"), ("09:20:00", "09:50:00")], -40),
        ([("10:30:00", "12:00:00")], -90),
        ([("09:00:00", "10:29:01")], 0),
        ([("09:00:00", "10:28:59")], -1),
    ],
)
def test_minutes_of_a_demand_in_no_preferred_window_count_against_it(
    preferred: list[tuple[str, str]], points: int
) -> None:
    """From 9:00 to 10:30, 90 minutes, of which only full ones outside count."""
    wishes = [time_of_day(start, end) for start, end in preferred]
    for mode in ("on_site", "online"):
        demand = {"windows": [time_of_day("09:00:00", "10:30:00")], "mode": mode}
        assert worth(world({"preferred": wishes}, {}, demand))["undesired"] == points


def test_undesired_minutes_count_once_and_none_without_times_or_of_a_flexible_demand() -> (
    None
):
    """Two windows of a demand overlap: 9:00 to 10:30 are 90 minutes. 100,000 are the most, 71 days are more."""
    wishes = {"preferred": [time_of_day("07:00:00", "08:00:00")]}
    twice = [time_of_day("09:00:00", "10:00:00"), time_of_day("09:30:00", "10:30:00")]
    assert worth(world(wishes, {}, {"windows": twice}))["undesired"] == -90
    assert worth(world(wishes, {}, {}))["undesired"] == 0
    assert worth(world(wishes, {}, {"windows": twice, "minutes": 30}))["undesired"] == 0
    long = [
        m.Window(
            start=datetime(2026, 5, 4, tzinfo=UTC),
            end=datetime(2026, 7, 14, tzinfo=UTC),
        )
    ]
    assert worth(world(wishes, {}, {"windows": long}))["undesired"] == -100_000
    assert (
        worth(
            world(wishes, {}, {"windows": twice}, objective=m.Objective(undesired=2))
        )["undesired"]
        == -180
    )


def time_of_day(start: str, end: str) -> m.Window:
    """Times of one day, in UTC."""
    return m.Window(
        **{
            name: datetime.fromisoformat(f"2026-05-04T{at}+00:00")
            for name, at in (("start", start), ("end", end))
        }
    )


def test_factors_multiply_and_zero_switches_off() -> None:
    given = world(
        {"home": "mid"},
        {},
        {"weight": 40},
        objective=m.Objective(importance=3, skill_fit=0, familiarity=2),
    )
    assert worth(given) == {
        **dict.fromkeys(TERMS, 0),
        "importance": 120,
        "familiarity": 100,
    }


def test_a_score_counts_its_factor_and_a_pair_that_is_not_scored_has_none() -> None:
    given = world(
        {},
        {},
        others=[m.Resource(id="R2", unit="U")],
        scores=[m.Scores(resource="R", requirements=["Q"], points=[-7])],
        objective=m.Objective(score=3),
    )
    assert worth(given)["score"] == -21
    assert terms(given, given.resources["R2"], given.roles["Q"])["score"] == 0


def test_a_demand_is_where_it_says_or_else_at_its_own_community_never_at_a_parents() -> (
    None
):
    at, far = m.Place(lat=10, lon=10), m.Place(lat=10.01, lon=10)
    communities = [m.Community(id="top", place=at), m.Community(id="mid", parent="top")]
    given = world({"place": at}, {}).problem
    for place_of_mid, place, expected in (
        (None, None, 0),
        (far, None, -11),
        (far, at, 0),
    ):
        moved = [
            communities[0],
            m.Community(id="mid", parent="top", place=place_of_mid),
        ]
        demand = m.Demand(
            id="D", community="mid", place=place, requirements=[m.Requirement(id="Q")]
        )
        assert (
            worth(
                World(
                    m.Problem(
                        **{**dict(given), "communities": moved, "demands": [demand]}
                    )
                )
            )["distance"]
            == expected
        )


def test_a_degree_is_111195_metres_on_every_great_circle() -> None:
    """6371008.8 * pi / 180 = 111195.08; the series of 2 asin(c / 2) is exact to the metre at one degree."""
    for a, b in (
        ((0, 0), (1, 0)),
        ((0, 0), (0, 1)),
        ((89.5, 0), (89.5, 180)),
        ((0, 179.5), (0, -179.5)),
    ):
        assert (
            metres(
                point(m.Place(lat=a[0], lon=a[1])), point(m.Place(lat=b[0], lon=b[1]))
            )
            == 111195
        )


def test_a_limit_is_the_floor_of_its_metres_and_a_half() -> None:
    assert [limit_in_metres(km) for km in (0.0, 0.0004, 0.0005, 1.2345, 15.0)] == [
        0,
        0,
        1,
        1235,
        15000,
    ]


def test_windows_that_touch_are_one_and_an_end_is_not_inside() -> None:
    free = united([window(11, 14), window(8, 11), window(16, 18)])
    assert free == (
        (window(8, 14).start, window(8, 14).end),
        (window(16, 18).start, window(16, 18).end),
    )
    assert uncovered(united([window(8, 14), window(16, 17)]), free) is None
    assert uncovered(united([window(13, 15)]), free) == (
        window(13, 15).start,
        window(13, 15).end,
    )
    assert uncovered(united([window(7, 9)]), free) is not None
    assert seconds(free) == 8 * 3600


def test_the_keys_are_those_of_the_records_for_every_character_of_unicode() -> None:
    """Two readings of one sentence: NFKC, casefold, trimmed."""
    compared = 0
    for code in range(0x110000):
        try:
            name = normal(f"a{chr(code)}B")
        except ValueError:
            continue  # invisible, control or surrogate: no record holds it
        compared += 1
        assert key(name) == key_of_the_records(name), hex(code)
    assert compared > 200_000
