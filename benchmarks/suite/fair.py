"""Fair plans beside plans by fill and weight: leximin coverage, and even loads, proven over all pairs."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Pairs, complete_matrix
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, in_turns, spreads, times_faster

SEED, MATRIX_SEED, CITY_SEED = 7, 3, 0
PEOPLE, PLACES, MOST_SLOTS = 14_000, 2_791, 8
NEAREST = {"near_40": 40, "near_230": 230}
"""Four times as many places nearest to everybody are drawn, each kept with a chance of a quarter."""
MATRICES = ("geo", "scarce")
CITY = "city"
NAMES = (*NEAREST, *MATRICES, CITY)
WAYS: dict[str, dict[str, Any]] = {
    "weight": {"objective": "cardinality then weight"},
    "coverage": {"fair": "right"},
    "both": {"fair": "both"},
}
"""What comes after the fill and before the weight."""


def near_pairs(most: int, people: int, places: int) -> Pairs:
    """People crowd the middle of a plane over which places are spread wider, so that some have few near them;
    weights fall with the distance. Pairs are by person, the nearest first.
    """
    from scipy.spatial import cKDTree

    draw = np.random.default_rng(SEED)
    own = draw.normal(size=(people, 2))
    theirs = draw.normal(size=(places, 2)) * 1.6
    count = min(places, 4 * most)
    distance, place = cKDTree(theirs).query(own, k=count)
    kept = draw.random((people, count)) < 0.25
    return Pairs(
        np.repeat(np.arange(people, dtype=np.int32), count)[kept.ravel()],
        place[kept].astype(np.int32),
        1_000 - np.minimum(999, distance[kept] * 300).astype(np.int64),
        draw.integers(1, 2, people),
        draw.integers(1, MOST_SLOTS + 1, places),
    )


def graph_of(pairs: Pairs) -> mk.BipartiteGraph:
    """The pairs as a graph."""
    return mk.BipartiteGraph.from_arrays(
        pairs.left, pairs.right, pairs.weight, right_capacity=pairs.right_capacity
    )


def matched(name: str, way: str, people: int, places: int) -> dict[str, Any]:
    """A graph drawn and matched."""
    if name in NEAREST:
        graph = graph_of(near_pairs(NEAREST[name], people, places))
    else:
        weight, slots = complete_matrix(name, people, places, MATRIX_SEED)
        graph = mk.BipartiteGraph.from_matrix(weight, right_capacity=slots)
    mk.match(mk.BipartiteGraph.from_matrix(np.ones((2, 2), np.int64)))
    began = time.perf_counter()
    found = mk.match(graph, **WAYS[way])
    seconds = time.perf_counter() - began
    filled = np.zeros(places, np.int64)
    np.add.at(filled, found.pairs.right, found.pairs.quantity)
    return {
        "seconds": seconds,
        "pairs": int(sum(_listed(graph))),
        "filled": int(filled.sum()),
        "nobody": int(((filled == 0) & (graph.right_capacity > 0)).sum()),
        "weight": int(found.value),
        "status": found.status,
        "rounds": found.rounds,
    }


def _listed(graph: mk.BipartiteGraph) -> list[int]:
    """Pairs of every block."""
    pairs = graph.pairs
    step = max(1, pairs.rows_per_block)
    blocks = (
        pairs.block(first, min(first + step, pairs.left_count))
        for first in range(0, pairs.left_count, step)
    )
    return [
        len(one.right) if hasattr(one, "rows") else one.weight.size for one in blocks
    ]


def solved(way: str, scale: str) -> dict[str, Any]:
    """The generated city solved, with caps over many of its communities and units."""
    problem = mk.datasets.city(scale, CITY_SEED)  # type: ignore[arg-type]
    asked = {
        "weight": {},
        "coverage": {"fair": "communities"},
        "both": {"fair": "communities", "even": "resources"},
    }[way]
    objective = problem.objective.model_copy(update=asked)
    problem = problem.model_copy(update={"objective": objective})
    mk.solve(mk.datasets.city("street", CITY_SEED))
    began = time.perf_counter()
    plan = mk.solve(problem)
    seconds = time.perf_counter() - began
    began = time.perf_counter()
    report = mk.check_certificate(problem, plan)
    checked = time.perf_counter() - began
    if not report.ok:
        raise UnequalError(f"fair, {CITY}, {way}: the certificate does not hold")
    community = {
        need.id: demand.community
        for demand in problem.demands
        for need in demand.requirements
        if need.wanted
    }
    has = {community[one.requirement] for one in plan.assignments}
    return {
        "seconds": seconds,
        "check_seconds": checked,
        "filled": sum(one.quantity for one in plan.assignments),
        "nobody": len(set(community.values()) - has),
        "weight": plan.outcome.value,
        "status": plan.outcome.status,
        "goals": len(plan.outcome.goals),
    }


def run(quick: bool) -> Figures:
    """Every line in turns, each run in a process of its own. Raises UnequalError where a fair plan fills
    less, is not proven, or leaves more with nobody.
    """
    people, places, rounds = (1_400, 279, 1) if quick else (PEOPLE, PLACES, 3)
    lines = {}
    for name in NAMES:
        ways = {
            way: partial(in_process, solved, way, "district" if quick else "city")
            if name == CITY
            else partial(in_process, matched, name, way, people, places)
            for way in WAYS
        }
        samples = in_turns(ways, rounds)
        first = {way: runs[0] for way, runs in samples.items()}
        for way, sample in first.items():
            if sample["status"] != "optimal":
                raise UnequalError(f"fair, {name}, {way}: not proven")
            if sample["filled"] != first["weight"]["filled"]:
                raise UnequalError(f"fair, {name}, {way}: fills other than by weight")
            if sample["nobody"] > first["weight"]["nobody"]:
                raise UnequalError(f"fair, {name}, {way}: more have nobody")
        told = ("pairs", "filled", "nobody", "weight", "rounds", "goals")
        lines[name] = {
            "seconds": spreads(samples, "seconds"),
            "times": times_faster(samples, "weight"),
            "found": {
                way: {field: sample[field] for field in told if field in sample}
                for way, sample in first.items()
            },
        }
        if name == CITY:
            lines[name]["check_seconds"] = spreads(samples, "check_seconds")
    return {"people": people, "places": places, "lines": lines}


TITLES = {
    "near_40": "near places, 0.56 million pairs",
    "near_230": "near places, 3.2 million pairs",
    "geo": "complete matrix, slots scarce",
    "scarce": "complete matrix, people scarce",
    "city": "generated city, caps above",
}


def _rows(figures: Figures) -> str:
    rows = []
    for name, line in figures["lines"].items():
        for way, found in line["found"].items():
            rows.append(
                (
                    TITLES[name],
                    "coverage and loads" if way == "both" else way,
                    whole(found["filled"]),
                    whole(found["nobody"]),
                    whole(found["weight"]),
                    line["seconds"][way],
                    line["times"].get(way),
                )
            )
    head = (
        "instance",
        "after the fill",
        "filled",
        "with nobody",
        "weight",
        "s",
        "times fill and weight",
    )
    return table(head, rows)


register(
    Benchmark(
        name="fair",
        claim="Leximin coverage and even loads beside fill and weight alone, all proven over all pairs",
        peers=(),
        seeds={"places": SEED, "matrix": MATRIX_SEED, "city": CITY_SEED},
        run=run,
        tables={"fair": _rows},
    )
)
