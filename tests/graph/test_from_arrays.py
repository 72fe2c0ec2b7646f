"""from_arrays: numbers or ids, in any container, one entry a pair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import matchkit as mk
from matchkit.errors import InputError

INTEGERS = (
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    ">i4",
)


@pytest.mark.parametrize("dtype", INTEGERS)
def test_node_numbers_weights_and_capacities_of_any_integer_type(dtype: str) -> None:
    def numbers(*values: int) -> np.ndarray:
        return np.array(values, dtype)

    graph = mk.BipartiteGraph.from_arrays(
        numbers(0, 0, 1),
        numbers(0, 1, 1),
        numbers(3, 9, 4),
        left_capacity=numbers(2, 1),
        right_capacity=numbers(1, 2),
        left_minimum=numbers(1, 0),
        edge_capacity=numbers(1, 2, 1),
    )
    found = mk.match(graph)
    assert found.flow is not None
    assert found.flow.tolist() == [0, 2, 0]
    assert found.value == 18


CONTAINERS: dict[str, Callable[[list[Any]], Any]] = {
    "list": list,
    "tuple": tuple,
    "object array": lambda values: np.array(values, object),
    "fixed width": np.array,
    "variable width": lambda values: np.array(values, np.dtypes.StringDType()),
    "pandas series": pd.Series,
    "reversed view": lambda values: np.array(values[::-1], object)[::-1],
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_ids_in_any_container(container: str) -> None:
    make = CONTAINERS[container]
    graph = mk.BipartiteGraph.from_arrays(
        make(["é", "b", "b"]),
        make(["x", "x", "y"]),
        [1, 5, 2],
        left_ids=make(["é", "b", "idle"]),
    )
    assert graph.left_ids == ("b", "idle", "é")
    assert graph.right_ids == ("x", "y")
    found = mk.match(graph)
    assert found.pairs.left.tolist() == ["b"]
    assert found.value == 5


def test_the_same_name_on_both_sides_is_two_nodes() -> None:
    found = mk.match(mk.BipartiteGraph.from_arrays(["7", "8"], ["8", "7"], [1, 1]))
    assert found.value == 2
    numbers = mk.match(mk.BipartiteGraph.from_arrays([7], [7], [1]))
    assert (numbers.value, len(numbers.left_shortfall)) == (1, 8)


def test_ids_are_compared_as_they_are() -> None:
    graph = mk.BipartiteGraph.from_arrays(
        ["a", "A", "a ", "ａ"], ["x"] * 4, [1, 2, 3, 4]
    )
    assert len(graph.left_ids or ()) == 4


def test_nodes_that_occur_in_no_pair_are_there_if_capacities_or_ids_say_so() -> None:
    by_number = mk.BipartiteGraph.from_arrays(
        [0], [0], [1], left_capacity=[1, 1, 1], right_minimum=[1, 1]
    )
    assert (len(by_number.left_capacity), len(by_number.right_capacity)) == (3, 2)
    assert mk.match(by_number).right_shortfall.tolist() == [0, 1]
    by_id = mk.BipartiteGraph.from_arrays(["a"], ["x"], [1], left_ids=["c", "a", "b"])
    assert by_id.left_ids == ("a", "b", "c")


def test_no_pairs_at_all() -> None:
    for graph in (
        mk.BipartiteGraph.from_arrays([], []),
        mk.BipartiteGraph.from_arrays([], [], left_ids=["a"], right_ids=["x"]),
        mk.BipartiteGraph.from_arrays(
            [], [], [], left_capacity=[3], right_capacity=[2]
        ),
        mk.BipartiteGraph.from_arrays(
            np.zeros(0, np.int8), np.array([], "U1"), np.zeros(0), edge_capacity=[]
        ),
    ):
        found = mk.match(graph)
        assert (found.value, found.bound, found.status, len(found.pairs)) == (
            0,
            0,
            "optimal",
            0,
        )
        assert found.flow is not None
        assert len(found.flow) == 0


def test_a_pair_that_may_carry_nothing_stays_in_the_list_and_carries_nothing() -> None:
    found = mk.match(
        mk.BipartiteGraph.from_arrays(
            [0, 0, 1], [0, 1, 0], [9, 1, 2], edge_capacity=[0, 1, 1]
        )
    )
    assert found.flow is not None
    assert found.flow.tolist() == [0, 1, 1]
    assert found.value == found.bound == 3


def test_the_callers_arrays_are_left_alone() -> None:
    left, right, weight, most = (
        np.array([2, 0, 1]),
        np.array([0, 1, 0]),
        np.array([5, 6, 7]),
        np.array([1, 1, 1]),
    )
    before = [array.copy() for array in (left, right, weight, most)]
    mk.match(
        mk.BipartiteGraph.from_arrays(
            left, right, weight, edge_capacity=most, left_capacity=most
        ),
        minimize=True,
    )
    for array, was in zip((left, right, weight, most), before, strict=True):
        assert (array == was).all()


def test_a_change_after_building_does_not_reach_a_list_of_pairs() -> None:
    left, right, capacity = np.array([1, 0]), np.array([0, 1]), np.array([1, 1])
    graph = mk.BipartiteGraph.from_arrays(left, right, [3, 4], left_capacity=capacity)
    left[:], right[:], capacity[:] = 0, 0, 0
    assert mk.match(graph).value == 7


class _Hostile:
    def __array__(self, *_: Any, **__: Any) -> np.ndarray:
        raise ZeroDivisionError("from within")


@pytest.mark.parametrize(
    "name",
    ["left", "right", "weight", "edge_capacity", "left_capacity", "right_minimum"],
)
def test_an_object_that_fails_to_be_an_array_is_named_and_its_error_chained(
    name: str,
) -> None:
    arrays: dict[str, Any] = {"left": [0], "right": [0], name: _Hostile()}
    with pytest.raises(
        InputError, match=f"{name}: is no array \\(ZeroDivisionError\\)"
    ) as caught:
        mk.BipartiteGraph.from_arrays(**arrays)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
    assert "from within" not in str(caught.value), (
        "the text of a foreign error may hold anything"
    )


def test_every_pair_given_twice_is_listed() -> None:
    with pytest.raises(InputError) as caught:
        mk.BipartiteGraph.from_arrays(
            ["a", "b", "a", "b", "a"], ["x", "y", "x", "y", "y"]
        )
    assert [complaint.where for complaint in caught.value.complaints] == [
        "pair ('a', 'x')",
        "pair ('b', 'y')",
    ]


def test_pairs_given_twice_by_the_thousand_are_counted() -> None:
    node = np.arange(2500) % 1250
    with pytest.raises(InputError, match="1,250 faults") as caught:
        mk.BipartiteGraph.from_arrays(node, node)
    assert len(caught.value.complaints) == 1000
    assert len(str(caught.value)) < 2000
