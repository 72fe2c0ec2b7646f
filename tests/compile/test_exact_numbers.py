"""Distances to the last bit, interval cover against brute force, and extremes within 31 bits."""

from __future__ import annotations

import numpy as np
import pytest
from by_hand import demand, need, problem, resource, skill, window
from random_problems import seeded
from specified_worth import Worth

from matchkit.compile.compiler import compile_problem
from matchkit.compile.decode import terms_of
from matchkit.compile.eligibility.distance import Distances, metres
from matchkit.compile.eligibility.time import Coverage, FreeSpans
from matchkit.compile.instance import Instance
from matchkit.compile.numbering import Numbering
from matchkit.model import MaxDistance, Objective, Place, Preference, Scores
from matchkit.plan import Terms


def test_metres_are_those_of_the_formula_anywhere_on_the_globe() -> None:
    rng = seeded(7)
    near = [
        Place(lat=36 + rng.random() / 50, lon=103.8 + rng.random() / 50)
        for _ in range(60)
    ]
    far = [
        Place(lat=rng.uniform(-90, 90), lon=rng.uniform(-180, 180)) for _ in range(60)
    ]
    places = [
        *near,
        *far,
        Place(lat=90, lon=0),
        Place(lat=-90, lon=180),
        Place(lat=0, lon=180),
        Place(lat=0, lon=-180),
    ]
    made = problem(
        [resource(f"R{n}", place=place) for n, place in enumerate(places)],
        [demand(f"D{n}", need(f"Q{n}"), place=place) for n, place in enumerate(places)],
    )
    lists, worth = Numbering(made), Worth(made)
    left, right = (side.ravel() for side in np.indices((len(places), len(places))))
    found = Distances(lists).metres(left, right).tolist()
    for one, other, value in zip(left.tolist(), right.tolist(), found, strict=True):
        assert value == worth.metres(lists.resources[one], lists.slots[other].demand)
        assert value == metres(
            lists.resources[one].place or places[0],
            lists.slots[other].demand.place or places[0],
        )
    assert max(found) <= Distances(lists).farthest()


def test_the_farthest_of_two_places_is_hardly_more_than_their_distance() -> None:
    """Two on one meridian, a hundredth of a degree apart: the box around them is as high, and little wider."""
    here, there = Place(lat=0, lon=0), Place(lat=0.01, lon=0)
    made = problem([resource("R", place=here)], [demand("D", need("Q"), place=there)])
    far = metres(here, there)
    assert far <= Distances(Numbering(made)).farthest() <= far + 2


def test_a_limit_is_kept_to_the_metre() -> None:
    here, there = Place(lat=36.0, lon=103.8), Place(lat=36.0517, lon=103.8234)
    far = metres(here, there)
    for km, fits in (
        (far / 1000, 1),
        ((far - 1) / 1000, 0),
        ((far - 0.5) / 1000, 1),
        ((far - 0.51) / 1000, 0),
    ):
        for rule in (
            MaxDistance(km=km),
            MaxDistance(km=km, resource="R1"),
            MaxDistance(km=km, demand="D1"),
        ):
            made = problem(
                [resource("R1", place=here)],
                [demand("D1", need("Q1"), place=there)],
                rule,
            )
            assert (
                len(compile_problem(Instance(made)).network.pairs.block(0, 1).right)
                == fits
            )


def test_interval_cover_is_that_of_a_loop() -> None:
    rng = seeded(5)

    def spans() -> tuple[tuple[int, int], ...]:
        marks = sorted(rng.sample(range(24), 2 * rng.randint(0, 4)))
        return tuple(zip(marks[::2], marks[1::2], strict=True))

    for _ in range(60):
        free = [
            None if rng.random() < 0.1 else spans() or ((3, 4),)
            for _ in range(rng.randint(1, 6))
        ]
        asked = sorted({spans() for _ in range(rng.randint(1, 8))})
        right = [
            [
                one is None
                or all(
                    any(a <= start and end <= b for a, b in one) for start, end in other
                )
                for other in asked
            ]
            for one in free
        ]
        coverage = Coverage(FreeSpans(free), asked)
        assert coverage.table(np.arange(len(free))).tolist() == right
        left, column = (side.ravel() for side in np.indices((len(free), len(asked))))
        assert coverage.holds(left, column).tolist() == [
            answer for row in right for answer in row
        ]


@pytest.mark.parametrize("sign", [1, -1])
def test_weights_at_the_limits_of_the_records_are_exact(sign: int) -> None:
    """Every term at its limit, every factor 1,000: still within 31 bits."""
    names = [f"skill {n}" for n in range(64)]
    top = sign < 0
    made = problem(
        [
            resource(
                "R1",
                skills=[skill(name, 100 if top else 1) for name in names],
                place=Place(lat=90, lon=0),
                home=None if top else "C1",
                preferences=[Preference(community="C1", points=100 * sign)] * 64,
                preferred=[window(1, 0, 1)],
            )
        ],
        [
            demand(
                "D1",
                need("Q1", skills=[skill(name) for name in names]),
                weight=0 if top else 1000,
                place=Place(lat=-90 * -sign, lon=0),
                windows=[window(2, 0, 24 * 80)],  # 115,200 minutes
            )
        ],
        scores=[Scores(resource="R1", requirements=["Q1"], points=[1_000_000 * sign])],
        objective=Objective(**dict.fromkeys(Terms.model_fields, 1000)),
    )
    compiled = compile_problem(Instance(made))
    weight = int(compiled.network.pairs.block(0, 1).weight[0])
    right = Worth(made).terms(
        made.resources[0], made.demands[0], made.demands[0].requirements[0]
    )
    assert weight == sum(right.values())
    assert {
        name: int(values[0]) for name, values in terms_of(compiled, [0], [0]).items()
    } == right
    least, greatest = compiled.network.pairs.weight_range
    assert -(2**31) < least <= weight <= greatest < 2**31


def test_rarity_stays_exact_beyond_64_bits() -> None:
    """wanted sums to 2 * 10**12 and is multiplied by 10; held is 10**9 a resource."""
    many = 10**9
    made = problem(
        [
            resource(
                f"R{n}",
                kind="supplies",
                capacity=many,
                skills=[skill("pumps"), skill("boats")],
            )
            for n in range(3)
        ],
        [
            demand(
                f"D{n}",
                *(
                    need(
                        f"Q{n}-{k}",
                        kind="supplies",
                        wanted=many,
                        skills=[skill("pumps")],
                    )
                    for k in range(1000)
                ),
            )
            for n in range(2)
        ]
        + [
            demand(
                "D9", need("Q9", kind="supplies", wanted=many, skills=[skill("boats")])
            )
        ],
    )
    compiled = compile_problem(Instance(made))
    place = compiled.requirement_ids.index("Q9")
    # Pumps: min(20, 10 * 2,000 / 3) = 20 left idle at Q9. Boats: 10 * 1 // 3 = 3 left idle elsewhere.
    assert terms_of(compiled, [0, 0], [place, 0])["skill_fit"].tolist() == [80, 97]
