"""from_matrix: dense matrices of every dtype and layout, and every sparse format, are the same graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pinned
import pytest
import scipy.sparse
from scipy.optimize import linear_sum_assignment

import matchkit as mk

WEIGHT = np.array([[7, 5, 11, 0], [5, 4, 1, 3], [9, 3, 2, 6]])
BEST = 11 + 9 + 4  # (0, 2), (2, 0), (1, 1)


def _match(weight: Any, **options: Any) -> Any:
    return mk.match(mk.BipartiteGraph.from_matrix(weight, **options))


def test_the_example_is_right() -> None:
    rows, columns = linear_sum_assignment(WEIGHT, maximize=True)
    assert int(WEIGHT[rows, columns].sum()) == BEST


DTYPES = (
    "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", ">i2", ">i4", ">i8",
    "float16", "float32", "float64", "longdouble",
)  # fmt: skip


@pytest.mark.parametrize("minimise", [False, True])
@pytest.mark.parametrize("dtype", DTYPES)
def test_every_number_type_gives_the_same_matching(dtype: str, minimise: bool) -> None:
    weight = (40 - WEIGHT if minimise else WEIGHT).astype(dtype)
    found = mk.match(
        mk.BipartiteGraph.from_matrix(weight),
        "cardinality then weight",
        minimize=minimise,
    )
    assert found.value == found.bound == (3 * 40 - BEST if minimise else BEST)
    assert isinstance(found.value, int)


@pytest.mark.parametrize(
    "dtype", ["int8", "int16", "int32", "uint8", "uint16", "uint32"]
)
def test_the_least_and_greatest_of_a_dtype_are_weights_like_others(dtype: str) -> None:
    low, high = np.iinfo(dtype).min, np.iinfo(dtype).max
    weight = np.full((9, 8), low, dtype)
    weight[3, 4] = high
    for minimise in (False, True):
        found = mk.match(
            mk.BipartiteGraph.from_matrix(weight),
            "cardinality then weight",
            minimize=minimise,
        )
        assert found.value == (
            8 * int(low) if minimise else 7 * int(low) + int(high)
        ), minimise


LAYOUTS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "Fortran order": np.asfortranarray,
    "every other cell of a larger one": lambda w: np.kron(
        w, np.array([[1, -9], [-9, -9]])
    )[::2, ::2],
    "upside down and back": lambda w: w[::-1, ::-1].copy()[::-1, ::-1],
    "a transposed view": lambda w: np.ascontiguousarray(w.T).T,
    "a list of lists": lambda w: w.tolist(),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.int16, np.float64])
def test_every_layout_gives_the_same_matching(layout: str, dtype: type) -> None:
    weight = LAYOUTS[layout](WEIGHT.astype(dtype))
    found = _match(weight)
    assert found.value == BEST
    assert list(zip(found.pairs.left, found.pairs.right, strict=True)) == [
        (0, 2),
        (1, 1),
        (2, 0),
    ]


def test_a_read_only_matrix_is_used_as_it_stands() -> None:
    weight = WEIGHT.copy()
    weight.flags.writeable = False
    graph = mk.BipartiteGraph.from_matrix(weight)
    assert np.shares_memory(graph.pairs.block(0, 3).weight, weight), "no copy is made"  # type: ignore[union-attr]
    assert (
        mk.match(graph, minimize=True).value == 4
    )  # by hand: 0 + 1 + 3, all three rows matched
    assert mk.match(graph).value == BEST
    assert (weight == WEIGHT).all()


def test_a_memory_mapped_matrix_is_matched_from_its_file(tmp_path: Path) -> None:
    np.save(tmp_path / "weights.npy", WEIGHT.astype(np.int32))
    found = _match(np.load(tmp_path / "weights.npy", mmap_mode="r"))
    assert found.value == BEST


def test_absent_cells_are_no_pairs_whatever_they_hold() -> None:
    absent = np.zeros(WEIGHT.shape, bool)
    absent[0, 2] = True  # without 11: 7 + 6 + 4 = 17, or 5 + 9 + 3 = 17
    assert _match(WEIGHT, absent=absent).value == 17
    hostile = WEIGHT.astype(float)
    hostile[0, 2] = np.nan
    assert _match(hostile, absent=absent).value == 17
    hostile[0, 2] = np.inf
    assert _match(hostile, absent=absent).value == 17
    assert _match(WEIGHT, absent=np.ones(WEIGHT.shape, bool)).value == 0
    assert _match(WEIGHT, absent=absent.tolist()).value == 17


@pytest.mark.parametrize("kind", ["array", "matrix"])
@pytest.mark.parametrize("form", ["bsr", "coo", "csc", "csr", "dia", "dok", "lil"])
def test_every_sparse_format_is_the_graph_of_its_stored_entries(
    form: str, kind: str
) -> None:
    sparse = getattr(scipy.sparse, f"{form}_{kind}")(WEIGHT)
    absent = np.asarray(sparse.todense()) == 0
    for objective in ("weight", "cardinality"):
        dense = mk.match(
            mk.BipartiteGraph.from_matrix(WEIGHT, absent=absent), objective
        )  # type: ignore[arg-type]
        assert (
            mk.match(mk.BipartiteGraph.from_matrix(sparse), objective).value
            == dense.value
        )  # type: ignore[arg-type]


def test_a_stored_zero_is_a_pair_and_flow_follows_the_entries() -> None:
    sparse = scipy.sparse.coo_array(([0, 3, 2], ([1, 0, 1], [1, 0, 0])), shape=(2, 2))
    found = mk.match(mk.BipartiteGraph.from_matrix(sparse), "cardinality")
    assert found.value == 2
    assert found.flow is not None
    assert found.flow.tolist() == [1, 1, 0]


def test_sparse_floats_need_a_precision_as_dense_ones_do() -> None:
    sparse = scipy.sparse.csr_array(np.array([[0.5, 0.0], [0.25, 0.75]]))
    assert _match(sparse, precision=0.25).value == 1.25
    with pinned.raises(mk.errors.InputError, "graph.fractions"):
        _match(sparse)


def test_capacities_of_a_sparse_matrix_cover_nodes_without_entries() -> None:
    sparse = scipy.sparse.coo_array(([5], ([0], [0])), shape=(4, 3))
    graph = mk.BipartiteGraph.from_matrix(
        sparse, left_capacity=2, right_minimum=[0, 0, 1]
    )
    assert graph.left_capacity.tolist() == [2, 2, 2, 2]
    assert mk.match(graph).right_shortfall.tolist() == [0, 0, 1]


@pytest.mark.parametrize("shape", [(0, 5), (5, 0), (0, 0)])
@pytest.mark.parametrize("sparse", [False, True])
def test_an_empty_side_gives_an_empty_matching(
    shape: tuple[int, int], sparse: bool
) -> None:
    weight: Any = np.zeros(shape, np.int32)
    graph = mk.BipartiteGraph.from_matrix(
        scipy.sparse.csr_array(weight) if sparse else weight, right_minimum=1
    )
    for objective in ("weight", "cardinality", "cardinality then weight"):
        found = mk.match(graph, objective)  # type: ignore[arg-type]
        assert (found.value, found.bound, found.status, len(found.pairs)) == (
            0,
            0,
            "optimal",
            0,
        )
        assert found.right_shortfall.tolist() == [1] * shape[1]
        assert found.left_price is not None
        assert len(found.left_price) == shape[0]


def test_a_matrix_of_subnormal_floats_and_a_coarse_precision_is_all_zero() -> None:
    matching = _match(np.full((2, 2), 5e-324), precision=1.0)
    assert matching.goals[-1][1] == 0  # in steps
    assert matching.value == 2 * 5e-324  # as given
