"""Lotteries with capped odds on published instances of reviewer assignment, and draws of a city."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Whole
from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, in_turns, spread, spreads, timed

LIMITS = {"preflib1": (3, 6), "aamas2015": (3, 12)}
"""Reviewers of a paper, and papers of a reviewer at most."""
SCALE = 10_000
PARTS = 1024
PERTURBATION = 0.05
GAP = 1e-4
"""Relative gap of the perturbed value at which spreading odds stops."""
CLOSE = 1e-9
LONGER = 0.01
"""An L2 norm may be this part above the published one."""
PATIENCE = 5.0
DRAWS = 10_000
SEED = "2026-11-30, ten thousand draws"
CITY_SEED = 13
LEFTS, RIGHTS, PAIRS = 14_000, 2_791, 3_250_000


def instances() -> Path:
    """The folder of the instances. Raises SkippedError where it is in neither of the two places."""
    return folder("lottery", "published.csv")


@cache
def weights(name: str) -> Whole:
    """How well every paper (row) fits every reviewer, in 1 / SCALE."""
    lines = (instances() / f"{name}.in").read_text(encoding="utf-8").split("\n")
    papers, reviewers = map(int, lines[0].split())
    found = np.array([line.split() for line in lines[1 : papers + 1]], np.float64)
    if found.shape != (papers, reviewers):
        raise ValueError(f"{name}.in does not hold {papers} rows of {reviewers}")
    return np.rint(found * SCALE).astype(np.int64)


def graph(name: str) -> mk.BipartiteGraph:
    """The instance as a graph: papers on the left."""
    left, right = LIMITS[name]
    return mk.BipartiteGraph.from_matrix(
        weights(name), left_capacity=left, right_capacity=right
    )


def published(name: str, method: str) -> list[dict[str, float]]:
    """The published results of a method, one a cap."""
    return [
        {
            key: float(value)
            for key, value in row.items()
            if key not in ("instance", "method")
        }
        for row in records(instances() / "published.csv")
        if row["instance"] == name and row["method"] == method
    ]


def by_linear_program(name: str, cap: float) -> int:
    """The best quality by ``scipy.optimize.linprog`` (HiGHS), in 1 / (SCALE PARTS)."""
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    weight, (papers, reviewers) = weights(name), LIMITS[name]
    cells = np.arange(weight.size)
    row, column = np.divmod(cells, weight.shape[1])
    ones = np.ones(weight.size)
    shape = weight.shape[0], weight.size
    of_papers = coo_matrix((ones, (row, cells)), shape=shape)
    of_reviewers = coo_matrix((ones, (column, cells)), shape=(weight.shape[1], weight.size))  # fmt: skip
    found = linprog(
        -weight.ravel(), of_reviewers, np.full(weight.shape[1], reviewers),
        of_papers, np.full(weight.shape[0], papers), bounds=(0, cap), method="highs",
    )  # fmt: skip
    return round(-found.fun * PARTS)


def by_matchkit(name: str, cap: float) -> int:
    """The same by matchkit, proven."""
    found = mk.lottery(graph(name), cap=cap, parts=PARTS)
    if found.status != "optimal" or found.quality != found.bound:
        raise ValueError(f"{name}: {found}")
    return int(found.goals[-1].value)


def capped(name: str, rounds: int) -> dict[str, Any]:
    """Every published cap: the share of the best quality, by both solvers in turns."""
    best = mk.match(graph(name), "cardinality then weight").value
    rows = []
    for row in published(name, "PLRA"):
        cap = row["largest_probability"]
        solvers: dict[str, Callable[[], int]] = {
            "matchkit": partial(by_matchkit, name, cap),
            "scipy": partial(by_linear_program, name, cap),
        }
        samples = in_turns({s: timed(f) for s, f in solvers.items()}, rounds)
        values = {run["value"] for runs in samples.values() for run in runs}
        share = by_matchkit(name, cap) / PARTS / best
        apart = abs(share - row["quality_share_of_best"])
        if len(values) != 1 or apart > CLOSE:
            raise UnequalError(f"{name}, cap {cap}: {values}, {apart} from published")
        rows.append(
            {
                "name": name,
                "cap": round(cap * PARTS),
                "share": share,
                "published": row["quality_share_of_best"],
                "seconds": spreads(samples, "seconds"),
            }
        )
    return {"rows": rows}


def perturbed(name: str, rounds: int) -> dict[str, Any]:
    """Every published cap of perturbed maximisation: quality no less, L2 norm at most 1 % above."""
    best, given = mk.match(graph(name), "cardinality then weight").value, graph(name)
    rows = []
    for row in published(name, "PM-Q"):
        cap = round(row["largest_probability"] * PARTS)
        seconds = []
        for _ in range(rounds):
            began = time.perf_counter()
            found = mk.lottery(
                given, cap=cap / PARTS, parts=PARTS, perturbation=PERTURBATION, gap=GAP
            )
            seconds.append(time.perf_counter() - began)
        share, longer = found.quality / best, found.l2_norm / row["l2_norm"] - 1
        if share < row["quality_share_of_best"] or longer > LONGER:
            raise UnequalError(f"{name}, cap {cap}: quality {share}, L2 {longer:+}")
        rows.append(
            {
                "name": name,
                "cap": cap,
                "share": share,
                "published": row["quality_share_of_best"],
                "l2": found.l2_norm,
                "published_l2": row["l2_norm"],
                "longer": longer,
                "support": len(found.pairs),
                "gap": found.gap,
                "seconds": spread(seconds),
            }
        )
    return {"rows": rows}


def draws(name: str, count: int) -> dict[str, Any]:
    """All plans of a lottery against its odds and all limits, and the chi-square of many draws."""
    from scipy.stats import chi2

    found = mk.lottery(graph(name), cap=0.8046875, parts=PARTS)
    total = np.zeros(weights(name).shape, np.int64)
    chosen = np.zeros((PARTS, len(found.pairs)), np.bool_)
    pairs = zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True)
    place = {ends: k for k, ends in enumerate(pairs)}
    for number in range(PARTS):
        plan = found.plan(number)
        cells = np.zeros_like(total)
        cells[plan.left, plan.right] = plan.quantity
        left, right = LIMITS[name]
        if (
            (cells.sum(1) != left).any()
            or (cells.sum(0) > right).any()
            or cells.max() > 1
        ):
            raise UnequalError(f"{name}: plan {number} breaks a limit")
        total += cells
        ends = zip(plan.left.tolist(), plan.right.tolist(), strict=True)
        chosen[number, [place[pair] for pair in ends]] = True
    if (total[found.pairs.left, found.pairs.right] != found.pairs.odds).any():
        raise UnequalError(f"{name}: the plans do not add up to the odds")
    numbers = [found.draw(SEED, n).plan for n in range(count)]
    counts = np.bincount(numbers, minlength=PARTS)
    # What marginals are off, with what the plans say of how they hang together.
    odds = found.probability
    apart = counts @ chosen - count * odds
    spread_of = chosen.T.astype(np.float64) @ chosen / PARTS - np.outer(odds, odds)
    values, vectors = np.linalg.eigh(spread_of)
    real = values > 1e-9 * values.max()
    statistic = float(((apart @ vectors[:, real]) ** 2 / values[real]).sum() / count)
    most = float(chi2.ppf(0.99, int(real.sum())))
    if statistic > most:
        raise UnequalError(f"{name}: chi-square {statistic} above {most}")
    return {
        "name": name,
        "plans": PARTS,
        "pairs": len(found.pairs),
        "draws": count,
        "chi_square": statistic,
        "freedom": int(real.sum()),
        "most": most,
    }


def city(pairs: int, count: int) -> dict[str, Any]:
    """A drawn city: the odds of its pairs, and draws of whole plans."""
    rng = np.random.default_rng(CITY_SEED)
    keys = np.unique(rng.integers(0, LEFTS * RIGHTS, pairs))
    left, right = np.divmod(keys, RIGHTS)
    given = mk.BipartiteGraph.from_arrays(
        left,
        right,
        rng.integers(0, 1000, len(keys)),
        left_capacity=rng.integers(1, 4, LEFTS),
        right_capacity=rng.integers(1, 9, RIGHTS),
    )
    began = time.perf_counter()
    found = mk.lottery(given, cap=0.3, parts=PARTS)
    solved = time.perf_counter() - began
    seconds = []
    for number in range(count):
        began = time.perf_counter()
        drawn = found.draw(SEED, number)
        seconds.append(time.perf_counter() - began)
    began = time.perf_counter()
    rows = zip(drawn.pairs.left, drawn.pairs.right, drawn.pairs.quantity, strict=True)
    if not mk.check_draw(found.text, drawn.text, rows).ok:
        raise UnequalError("the checker draws another plan of the city")
    return {
        "pairs": len(keys),
        "status": found.status,
        "support": len(found.pairs),
        "drawn": len(drawn.pairs),
        "lottery": solved,
        "draw": spread(seconds),
        "check": time.perf_counter() - began,
    }


def run(quick: bool) -> Figures:
    """Every part in a process of its own. Raises SkippedError without the data."""
    instances()
    names = ("preflib1",) if quick else tuple(LIMITS)
    rounds = 1 if quick else 3
    figures: Figures = {"perturbation": PERTURBATION, "gap": GAP}
    for part, work in (("capped", capped), ("perturbed", perturbed)):
        figures[part] = [
            row for name in names for row in in_process(work, name, rounds)["rows"]
        ]
    slow = [row for row in figures["perturbed"] if row["seconds"]["median"] > PATIENCE]
    if slow:
        raise UnequalError(f"longer than {PATIENCE} s: {slow}")
    measured = [in_process(draws, name, 1_000 if quick else DRAWS) for name in names]
    measured.append(in_process(city, *((30_000, 2) if quick else (PAIRS, 11))))
    for one in measured:
        del one["process_seconds"], one["peak_mb"]
    return {**figures, "draws": measured[:-1], "city": measured[-1]}


def _capped(figures: Figures) -> str:
    head = (
        "instance",
        "cap",
        "share of the best quality",
        "published",
        "matchkit, s",
        "`scipy.optimize.linprog`, s",
    )
    return table(
        head,
        [
            (
                row["name"],
                f"{row['cap']} / {PARTS}",
                f"{row['share']:.10f}",
                f"{row['published']:.10f}",
                row["seconds"]["matchkit"],
                row["seconds"]["scipy"],
            )
            for row in figures["capped"]
        ],
    )


def _perturbed(figures: Figures) -> str:
    head = (
        "instance",
        "cap",
        "share of the best quality",
        "published",
        "L2 norm",
        "published",
        "above",
        "pairs with odds",
        "s",
    )
    return table(
        head,
        [
            (
                row["name"],
                f"{row['cap']} / {PARTS}",
                f"{row['share']:.7f}",
                f"{row['published']:.7f}",
                f"{row['l2']:.3f}",
                f"{row['published_l2']:.3f}",
                f"{100 * row['longer']:.2f} %",
                whole(row["support"]),
                row["seconds"],
            )
            for row in figures["perturbed"]
        ],
    )


def _draws(figures: Figures) -> str:
    town = figures["city"]
    rows = [
        (
            f"{one['name']}: chi-square of {whole(one['draws'])} draws, freedom {one['freedom']}",
            f"{one['chi_square']:.0f}, at 1 % below {one['most']:.0f}",
        )
        for one in figures["draws"]
    ]
    rows += [
        (
            f"city: odds of {whole(town['pairs'])} pairs, proven, s",
            f"{town['lottery']:.2g}",
        ),
        (
            f"city: a draw over {whole(town['support'])} pairs with odds, ms",
            f"{1000 * town['draw']['median']:.0f}",
        ),
        ("city: the checker draws it again, s", f"{town['check']:.2g}"),
    ]
    return table(("what", "measured"), rows)


register(
    Benchmark(
        name="lottery",
        claim="Published lotteries with capped odds, equal or better, and draws at the size of a city",
        peers=("scipy",),
        seeds={"city": CITY_SEED},
        run=run,
        tables={
            "lottery_capped": _capped,
            "lottery_perturbed": _perturbed,
            "lottery_draws": _draws,
        },
    )
)
