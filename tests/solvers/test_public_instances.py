"""Public instances with values that others published (see their README for sources): read from where they
are, never copied.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest

import matchkit as mk


def _folder(name: str) -> Path:
    roots = (
        [Path(os.environ["MATCHKIT_DATA"])] if os.environ.get("MATCHKIT_DATA") else []
    )
    for root in (*roots, Path(__file__).resolve().parents[3] / "shared" / "data"):
        if (root / name).is_dir():
            return root / name
    pytest.skip(
        f"the public instances {name} are neither in the folder MATCHKIT_DATA nor in ../shared/data "
        "beside the project"
    )


@pytest.mark.parametrize("engine", ["auto", "flow", "lap"])
@pytest.mark.parametrize("size", [100, 200, 500])
def test_the_assignment_instances_of_the_or_library_reach_their_optima(
    size: int, engine: str
) -> None:
    folder = _folder("orlib_assign")
    with (folder / "optima.csv").open(encoding="utf-8", newline="") as file:
        [optimum] = [
            int(row["optimum_minimise"])
            for row in csv.DictReader(file)
            if int(row["n"]) == size
        ]
    first, *numbers = map(
        int, (folder / f"assign{size}.txt").read_text(encoding="utf-8").split()
    )
    assert first == size
    cost = np.array(numbers, np.int64).reshape(size, size)
    found = mk.match(
        mk.BipartiteGraph.from_matrix(cost),
        "cardinality then weight",
        minimize=True,
        engine=engine,
    )
    assert found.goals == (("cardinality", size, size), ("weight", optimum, optimum))
    assert int(cost[found.pairs.left, found.pairs.right].sum()) == optimum


def _known(which: str) -> tuple[float, int]:
    """The published similarity, and how many decimals it has."""
    with (_folder("reviewer_assignment") / "known.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        [value] = [
            row["max_total_similarity"]
            for row in csv.DictReader(file)
            if which in row["rule"]
        ]
    return float(value), len(value.partition(".")[2])


@pytest.mark.parametrize(("which", "least"), [("load<=4", 0), ("2<=load<=4", 2)])
def test_midl_papers_get_three_reviewers_each_at_the_published_similarity(
    which: str, least: int
) -> None:
    folder = _folder("reviewer_assignment")
    score = np.load(folder / "midl_scores.npy")  # reviewers x papers, down to -1
    wanted, most, minimum = (
        np.load(folder / f"midl_{name}.npy") for name in ("covs", "loads", "loads-lb")
    )
    assert score.min() == -1
    assert (minimum == 2).all()
    graph = mk.BipartiteGraph.from_matrix(
        score,
        left_capacity=most,
        left_minimum=minimum if least else None,
        right_capacity=wanted,
        right_minimum=wanted,
        precision=1e-9,
    )
    found = mk.match(graph)
    units = int(wanted.sum() + (minimum.sum() if least else 0))
    assert found.goals[0] == ("minimum", units, units)
    assert not found.left_shortfall.any()
    assert not found.right_shortfall.any()
    value, decimals = _known("3 reviewers a paper, load<=4" if not least else which)
    assert found.status == "optimal"
    assert round(found.value, decimals) == value
    assert float(score[found.pairs.left, found.pairs.right].sum()) == pytest.approx(
        found.value, abs=1e-6
    )
    load = np.bincount(found.pairs.left, minlength=len(most))
    assert ((load >= (minimum if least else 0)) & (load <= most)).all()
    assert (np.bincount(found.pairs.right, minlength=len(wanted)) == wanted).all()


def test_preflib_papers_get_three_reviewers_each_without_conflicts() -> None:
    data = np.load(_folder("reviewer_assignment") / "preflib1.npz")
    score, absent = data["similarity_matrix"], data["mask_matrix"] == 1
    value, decimals = _known("masked")
    assert absent.sum() == 45, "as the rule says"
    graph = mk.BipartiteGraph.from_matrix(
        score,
        absent=absent,
        left_capacity=7,
        right_capacity=3,
        right_minimum=3,
        precision=0.25,
    )
    found = mk.match(graph)
    papers = score.shape[1]
    assert found.goals[0] == ("minimum", 3 * papers, 3 * papers)
    assert round(found.value, decimals) == value
    assert not absent[found.pairs.left, found.pairs.right].any()
    assert np.bincount(found.pairs.left).max() <= 7
    assert (np.bincount(found.pairs.right, minlength=papers) == 3).all()


def _generalised_assignment() -> list[str]:
    small = [f"gap{group}-{number}" for group in range(1, 7) for number in range(5)]
    return small + [
        f"{kind}{agents:02}{jobs}"
        for kind in "ab"
        for agents in (5, 10, 20)
        for jobs in (100, 200)
    ]


@pytest.mark.parametrize("name", _generalised_assignment())
def test_generalised_assignment_reaches_the_published_optimum_with_a_bound_that_meets_it(
    name: str,
) -> None:
    folder = _folder("gap")
    with (folder / "optima.csv").open(encoding="utf-8", newline="") as file:
        [known] = [row for row in csv.DictReader(file) if row["file"] == name]
    agents, jobs, *numbers = map(
        int, (folder / name).read_text(encoding="utf-8").split()
    )
    assert (agents, jobs) == (int(known["agents"]), int(known["jobs"]))
    cells = agents * jobs
    cost, use = (
        np.array(numbers[part : part + cells], np.int64).reshape(agents, jobs)
        for part in (0, cells)
    )
    capacity = np.array(numbers[2 * cells :], np.int64)
    graph = mk.BipartiteGraph.from_matrix(
        cost, left_capacity=capacity, right_minimum=1, consumption=use
    )
    found = mk.match(graph, minimize=True)
    optimum = int(known["optimum_minimise"])
    assert found.goals == (
        ("minimum", jobs, jobs),
        ("cardinality", jobs, jobs),
        ("weight", optimum, optimum),
    )
    assert found.status == "optimal"
    assert sorted(found.pairs.right.tolist()) == list(range(jobs))
    assert int(cost[found.pairs.left, found.pairs.right].sum()) == optimum
    load = np.zeros(agents, np.int64)
    np.add.at(load, found.pairs.left, use[found.pairs.left, found.pairs.right])
    assert (load <= capacity).all()
