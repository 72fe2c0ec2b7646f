"""Which nodes of a tree a picture shows, worked out by hand."""

from __future__ import annotations

import random

import pytest

import matchkit as mk
from matchkit.reporting.tree import PlaceTree

pytestmark = pytest.mark.timeout(60)


def _city(districts: int, streets: int) -> tuple[PlaceTree, list[int]]:
    """A city of districts with as many streets each; every street has one unit of anything, a district by
    itself nothing.
    """
    records = [mk.Community(id="k")]
    for district in range(districts):
        records.append(mk.Community(id=f"k{district:02}", parent="k"))
        records += [
            mk.Community(id=f"k{district:02}-{street:02}", parent=f"k{district:02}")
            for street in range(streets)
        ]
    tree = PlaceTree.of(records)
    return tree, [int("-" in name) for name in tree.ids]


def _shown(tree: PlaceTree, own: list[int], few: int) -> list[str]:
    level = tree.level(own, few)
    return [tree.ids[node] for node in level.nodes] + ["others"] * bool(level.others)


def test_the_deepest_level_of_at_most_25_is_shown() -> None:
    tree, own = _city(5, 5)
    assert len(_shown(tree, own, 2)) == 25


def test_a_level_of_four_is_enough_for_a_side_and_too_little_for_bars() -> None:
    tree, own = _city(4, 12)
    assert _shown(tree, own, 2) == ["k00", "k01", "k02", "k03"]
    assert len(_shown(tree, own, 6)) == 48


def test_four_stay_four_where_the_next_level_has_more_than_60() -> None:
    tree, own = _city(4, 16)
    assert _shown(tree, own, 6) == ["k00", "k01", "k02", "k03"]


def test_where_one_node_stands_for_all_the_greatest_24_below_it_are_shown_and_the_others_together() -> (
    None
):
    records = [
        mk.Unit(id="u"),
        *(mk.Unit(id=f"u{place:02}", parent="u") for place in range(70)),
    ]
    tree = PlaceTree.of(records)
    own = [0, *range(70)]
    level = tree.level(own, 2)
    assert [tree.ids[node] for node in level.nodes] == [
        f"u{place:02}" for place in range(46, 70)
    ]
    assert level.others == 69 - 24
    assert level.summed(own) == [*range(46, 70), sum(range(46))]


def test_what_a_district_has_by_itself_is_a_place_of_its_own() -> None:
    tree, own = _city(3, 2)
    own[tree.ids.index("k01")] = 5
    level = tree.level(own, 2)
    assert [tree.ids[node] for node in level.nodes] == [
        "k00-00",
        "k00-01",
        "k01",
        "k01-00",
        "k01-01",
        "k02-00",
        "k02-01",
    ]
    assert level.summed(own) == [1, 1, 5, 1, 1, 1, 1]


def test_inside_a_district_are_its_streets_and_what_it_has_by_itself() -> None:
    tree, own = _city(3, 2)
    own[tree.ids.index("k01")] = 5
    level = tree.inside(tree.ids.index("k01"), own)
    assert [tree.ids[node] for node in level.nodes] == ["k01", "k01-00", "k01-01"]
    assert level.of[tree.ids.index("k00-00")] == -1


@pytest.mark.parametrize("seed", range(40))
def test_no_unit_is_lost_on_any_level_of_any_tree(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a sample
    count = draw.randint(1, 200)
    parents = [
        None if draw.random() < 0.1 or not place else draw.randrange(place)
        for place in range(count)
    ]
    tree = PlaceTree.of(
        [
            mk.Unit(id=f"{place:03}", parent=None if above is None else f"{above:03}")
            for place, above in enumerate(parents)
        ]
    )
    own = [draw.choice((0, 0, 1, 7)) for _ in range(count)]
    for few in (2, 6):
        level = tree.level(own, few)
        assert sum(level.summed(own)) == sum(own)
        assert level.places <= 60
    assert sum(
        tree.rolled(own)[node] for node in range(count) if tree.parent[node] < 0
    ) == sum(own)


def test_a_long_chain_is_no_trouble() -> None:
    tree = PlaceTree.of(
        [
            mk.Unit(id=f"{place:04}", parent=f"{place - 1:04}" if place else None)
            for place in range(1000)
        ]
    )
    own = [0] * 999 + [3]
    assert tree.level(own, 2).summed(own) == [3]
    assert tree.rolled(own)[0] == 3


def test_a_deep_and_wide_tree_takes_no_long_time() -> None:
    """A thousand levels, and a hundred thousand leaves below the last."""
    chain = [
        mk.Unit(id=f"{place:04}", parent=f"{place - 1:04}" if place else None)
        for place in range(1000)
    ]
    tree = PlaceTree.of(
        [*chain, *(mk.Unit(id=f"x{leaf:06}", parent="0999") for leaf in range(100_000))]
    )
    own = [0] * 1000 + [1] * 100_000
    level = tree.level(own, 6)
    assert (level.places, level.others) == (25, 100_000 - 24)
