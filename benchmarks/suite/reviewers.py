"""Reviewers for papers with the best worst paper: a conference's scores, and drawn ones for 10,000 papers."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.process import in_process, peak_mb
from benchmarks.public_data import folder
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table

SEED = 1
PRECISION = 1e-6
"""The step in which scores of the conference are compared."""
PAPERS, SCORED, EACH, LOAD = 10_000, 100, 3, 6
"""Drawn papers, and as many reviewers; scored reviewers and reviews a paper; reviews a reviewer at most."""
SECONDS = {"midl": 5.0, "midl, at least 2": 60.0, "even": 55.0, "strong": 55.0}
"""How long a line may take."""
WORST, SUM, MOST = 0.9448, 201.7686, 201.774
"""What the line of the conference has to reach: the worst score, the sum of scores and its bound."""


def drawn(kind: str, papers: int, seed: int = SEED) -> mk.BipartiteGraph:
    """Scores of reviewers that each paper draws: "even", all alike; "strong", times what the reviewer is good
    for, so that papers compete for the few who are.
    """
    draw = np.random.default_rng(seed)
    scored = min(SCORED, papers)
    left = np.concatenate(
        [draw.choice(papers, scored, replace=False) for _ in range(papers)]
    )
    score = draw.random(len(left))
    if kind == "strong":
        score = score * draw.beta(1.5, 4, papers)[left]
    return mk.BipartiteGraph.from_arrays(
        left,
        np.repeat(np.arange(papers), scored),
        np.rint(10_000 * score).astype(np.int64),
        left_capacity=np.full(papers, LOAD),
        right_capacity=np.full(papers, EACH),
    )


def conference(least: bool) -> mk.BipartiteGraph:
    """The scores of midl with its loads, or those and its least loads."""
    path = folder("reviewer_assignment", "midl_scores.npy")
    scores, papers, loads, fewest = (
        np.load(path / f"midl_{name}.npy")
        for name in ("scores", "covs", "loads", "loads-lb")
    )
    return mk.BipartiteGraph.from_matrix(
        scores,
        left_capacity=loads.astype(np.int64),
        left_minimum=fewest.astype(np.int64) if least else None,
        right_capacity=papers.astype(np.int64),
        precision=PRECISION,
    )


def proven(graph: mk.BipartiteGraph, proof: Any, minimums: bool) -> Fraction:
    """What prices of floors prove by the theorem of docs/mathematics.md, in plain Python and whole numbers:
    the most that a worst score (``scale`` 0) or a sum can be.

    Every node has a step for each unit up to its minimum, which counts one more in the first goal.
    """
    block = graph.pairs.block(0, graph.pairs.left_count)
    if hasattr(block, "rows"):
        pairs = zip(
            block.rows().tolist(),
            block.right.tolist(),
            block.weight.tolist(),
            strict=True,
        )
    else:
        pairs = (
            (row, column, weight)
            for row, weights in enumerate(block.weight.tolist())
            for column, weight in enumerate(weights)
        )
    left = [tuple(row) for row in proof.left_price.tolist()]
    right = [tuple(row) for row in proof.right_price.tolist()]
    price, zero = proof.price.tolist(), (0,) * len(right[0])
    unit = tuple(int(goal == len(zero) - 2) for goal in range(len(zero)))
    met = tuple(int(goal == 0 and minimums) for goal in range(len(zero)))
    total = list(zero)

    def add(units: int, *parts: tuple[int, ...]) -> None:
        beyond = tuple(map(sum, zip(*parts, strict=True)))
        if beyond > zero:
            for goal, gain in enumerate(beyond):
                total[goal] += units * gain

    sides = (
        (left, graph.left_capacity, graph.left_minimum, zero),
        (right, graph.right_capacity, graph.right_minimum, unit),
    )
    for nodes, capacity, minimum, counts in sides:
        for node, most, least in zip(
            nodes, capacity.tolist(), minimum.tolist(), strict=True
        ):
            add(least, node, counts, met)
            add(most - least, node, counts)
    factor = [proof.scale + one for one in price]
    for one, other, weight in pairs:
        spare = tuple(-a - b for a, b in zip(left[one], right[other], strict=True))
        add(1, (*spare[:-1], spare[-1] + weight * factor[other]))
    if not proof.scale:
        return Fraction(total[-1], sum(price))
    return Fraction(total[-1] - sum(price) * proof.least, proof.scale)


def line(name: str, papers: int, seconds: float) -> dict[str, Any]:
    """One matching, its bounds, and what plain Python makes of its prices. Raises ValueError where the prices
    do not prove what is stated.
    """
    of_conference = name.startswith("midl")
    least = name.endswith("2")
    graph = conference(least) if of_conference else drawn(name, papers)
    step = PRECISION if of_conference else 1e-4
    before = mk.match(graph, "cardinality then weight", engine="auto")
    scores = np.zeros(len(graph.right_capacity))
    worth = _weights(graph, before)
    np.add.at(scores, before.pairs.right, worth)
    began = time.perf_counter()
    found = mk.match(graph, fair="right", rule="worst score", time_limit=seconds)
    taken = time.perf_counter() - began
    began = time.perf_counter()
    floors, value = found.floors, {goal.name: goal for goal in found.goals}
    worst, total = (proven(graph, one, least) for one in (floors.worst, floors.total))
    checked = time.perf_counter() - began
    if worst // 1 != floors.worst.bound or total // 1 != floors.total.bound:
        raise ValueError(f"reviewers: the prices of {name} prove another bound")
    if value["worst score"].value > worst or value["weight"].value > total:
        raise ValueError(f"reviewers: {name} has a value above its bound")
    return {
        "line": name,
        "reviewers": len(graph.left_capacity),
        "papers": len(graph.right_capacity),
        "seconds": taken,
        "check_seconds": checked,
        "worst_without": float(scores.min() * step),
        "sum_without": float(worth.sum() * step),
        "worst": value["worst score"].value * step,
        "worst_bound": value["worst score"].bound * step,
        "worst_by_prices": float(worst * Fraction(step)),
        "sum": float(found.value) * (1 if of_conference else step),
        "sum_bound": float(found.bound) * (1 if of_conference else step),
        "sum_by_prices": float(total * Fraction(step))
        + graph.scale.error * int(graph.right_capacity.sum()),
        "floors_priced": int((floors.total.price > 0).sum()),
        "proof": found.proof,
        "status": found.status,
        "peak_mb": peak_mb(),
    }


def _weights(graph: mk.BipartiteGraph, found: Any) -> Any:
    """The whole weights of the chosen pairs, in their order, times units."""
    block = graph.pairs.block(0, graph.pairs.left_count)
    if not hasattr(block, "rows"):
        cells = block.weight[found.pairs.left, found.pairs.right]
        return cells * found.pairs.quantity
    count = graph.pairs.right_count
    keys = block.rows().astype(np.int64) * count + block.right
    chosen = np.searchsorted(keys, found.pairs.left * count + found.pairs.right)
    return block.weight[chosen] * found.pairs.quantity


def run(quick: bool) -> Figures:
    """Every line in a process of its own; quick, one paper in fifty is drawn. Raises ValueError where midl
    does not reach what is asked, and SkippedError without its data.
    """
    folder("reviewer_assignment", "midl_scores.npy")  # skipped here, not in a process
    papers = PAPERS // 50 if quick else PAPERS
    names = ["midl", "even", "strong"] if quick else list(SECONDS)
    limits = {name: 5.0 if quick else SECONDS[name] for name in names}
    found = [in_process(line, name, papers, limits[name]) for name in names]
    first = found[0]
    reached = first["worst"] >= WORST and first["worst_bound"] == first["worst"]
    reached &= first["sum"] >= SUM and first["sum_by_prices"] <= MOST
    if not reached:
        raise ValueError(f"reviewers: {first} does not reach what is asked")
    for one in found:
        del one["process_seconds"]
    return {"time_limit": limits, "lines": found}


PUBLISHED = (
    ("TPMS", 0.90, 201.88, 0.10),
    ("PR4A", 0.92, 197.32, 293.83),
    ("FairIR", 0.93, 201.83, 1.60),
    ("FairFlow", 0.94, 197.67, 1.15),
)
"""Worst paper, sum and seconds on midl, as Kobren, Saha and McCallum (2019) print them for their machine."""


NAMES = {
    "midl": "midl, 177 x 118",
    "midl, at least 2": "midl, at least 2 a reviewer",
    "even": "10,000 x 10,000, even",
    "strong": "10,000 x 10,000, strong",
}


def _rows(figures: Figures) -> str:
    head = (
        "scores",
        "worst, best sum alone",
        "worst",
        "no worst above",
        "sum",
        "no sum above",
        "by prices alone",
        "s",
        "check in plain Python, s",
    )
    return table(
        head,
        [
            (
                NAMES[one["line"]],
                f"{one['worst_without']:.4f}",
                f"{one['worst']:.4f}",
                f"{one['worst_bound']:.4f}",
                f"{one['sum']:,.4f}",
                f"{one['sum_bound']:,.4f}",
                f"{one['sum_by_prices']:,.4f}",
                one["seconds"],
                one["check_seconds"],
            )
            for one in figures["lines"]
        ],
    )


def _published(figures: Figures) -> str:
    head = ("method", "worst paper", "no worst above", "sum", "no sum above", "s")
    rows = [
        (name, f"{worst:.2f}", None, f"{total:,.2f}", None, seconds)
        for name, worst, total, seconds in PUBLISHED
    ]
    one = figures["lines"][0]
    names = ("worst", "worst_bound", "sum", "sum_bound")
    mine = [f"{one[name]:,.4f}" for name in names]
    return table(head, [*rows, ("matchkit", *mine, one["seconds"])])


register(
    Benchmark(
        name="reviewers",
        claim=(
            "Reviewers for papers: the greatest worst score of a paper with its proof, and the best sum there"
        ),
        peers=(),
        seeds={"scores": SEED},
        run=run,
        tables={"reviewers": _rows, "reviewers published": _published},
    )
)
