"""Instances with known optima, read where the data folder is there (MATCHKIT_DATA, else ../shared/data)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

import matchkit as mk


def _folder(name: str) -> Path:
    root = Path(__file__).resolve().parents[2]
    places = [Path(os.environ["MATCHKIT_DATA"])] if "MATCHKIT_DATA" in os.environ else []
    for place in (*places, root.parent / "shared" / "data"):
        if (place / name).is_dir():
            return place / name
    pytest.skip(f"no public data: neither MATCHKIT_DATA nor ../shared/data holds {name}")


def _known(folder: Path, table: str, key: str, value: str) -> dict[str, str]:
    with (folder / table).open(encoding="utf-8") as lines:
        return {row[key]: row[value] for row in csv.DictReader(lines)}


@pytest.mark.parametrize("size", [100, 200, 500])
@pytest.mark.parametrize("engine", ["auto", "flow", "lap"])
def test_or_library_assignments_reach_their_optimum(size: int, engine: str) -> None:
    folder = _folder("orlib_assign")
    numbers = np.array((folder / f"assign{size}.txt").read_text().split(), np.int64)
    assert numbers[0] == size
    cost = numbers[1:].reshape(size, size)
    matching = mk.match(mk.BipartiteGraph.from_matrix(cost), "cardinality then weight", minimise=True, engine=engine)
    assert matching.value == int(_known(folder, "optima.csv", "file", "optimum_minimise")[f"assign{size}.txt"])
    assert matching.status == "optimal"
    assert len(matching.pairs) == size


@pytest.mark.parametrize(("known", "least"), [(201.88488, 0), (150.043125, 2)])
def test_midl_reviewers_reach_the_known_similarity(known: float, least: int) -> None:
    folder = _folder("reviewer_assignment")
    stated = _known(folder, "known.csv", "max_total_similarity", "set")
    assert stated[str(known)] == "midl"
    scores = np.load(folder / "midl_scores.npy")
    graph = mk.BipartiteGraph.from_matrix(scores, left_capacity=4, left_minimum=least, right_capacity=3, right_minimum=3, precision=1e-9)
    matching = mk.match(graph)
    assert matching.value == pytest.approx(known, abs=1e-6)
    assert matching.status == "optimal"
    assert not matching.left_shortfall.any()
    assert not matching.right_shortfall.any()


def test_preflib_reviewers_with_conflicts_reach_the_known_similarity() -> None:
    folder = _folder("reviewer_assignment")
    assert _known(folder, "known.csv", "max_total_similarity", "set")["124.75"] == "preflib1"
    with np.load(folder / "preflib1.npz") as stored:
        scores, conflict = stored["similarity_matrix"], stored["mask_matrix"] == 1
    assert conflict.sum() == 45
    graph = mk.BipartiteGraph.from_matrix(scores, absent=conflict, left_capacity=7, right_capacity=3, right_minimum=3, precision=0.25)
    matching = mk.match(graph)
    assert matching.value == pytest.approx(124.75, abs=1e-6)
    assert matching.status == "optimal"
    assert not matching.right_shortfall.any()
    assert not conflict[matching.pairs.left, matching.pairs.right].any()
