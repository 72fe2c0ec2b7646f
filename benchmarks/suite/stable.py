"""Stable matchings: 3.2 million ranked pairs, a public set of residents, random games beside the package
``matching``, couples with the fewest blocking pairs, ties with the greatest size.
"""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Whole
from benchmarks.process import in_process
from benchmarks.public_data import folder, records
from benchmarks.registry import Benchmark, Figures, SkippedError, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, in_turns, spreads

SEED = 1
LARGE = (14_000, 2_791, 230)
"""Left nodes, right nodes, length of a left node's list."""
GAMES = 500
MOST = (400, 20)
"""Left and right nodes of the largest random game."""
SETS = ("Small", "4000")
TIME_LIMIT = 60.0
"""Seconds for an instance with couples or ties."""
COUPLES = (300, 15, 20, 5, 20)
"""Residents, couples, hospitals, length of lists, instances."""
TIED = ((300, 20, 5), (750, 50, 6))
"""Residents, hospitals, length of lists, where hospitals know only five classes of residents."""
CLASSES = 5


@dataclass(frozen=True, slots=True)
class Ranked:
    """Pairs, the rank that either side gives, and the places of right nodes."""

    left: Whole
    right: Whole
    left_rank: Whole
    right_rank: Whole
    places: Whole
    lefts: int

    def solved(self, side: Any) -> mk.results.Matching:
        """The stable matching that this side likes best."""
        graph = mk.BipartiteGraph.from_arrays(
            self.left,
            self.right,
            left_capacity=np.ones(self.lefts, np.int64),
            right_capacity=self.places,
        )
        ranks = mk.Preferences(self.left_rank, self.right_rank, proposing=side)
        return mk.match(graph, preferences=ranks)


def drawn(lefts: int, rights: int, length: int, seed: int) -> Ranked:
    """Every left node ranks so many right nodes at random, every right node those that rank it; 1 to 8
    places each.
    """
    rng = np.random.default_rng(seed)
    right = np.argsort(rng.random((lefts, rights)), axis=1)[:, :length]
    rank = np.tile(np.arange(1, length + 1), (lefts, 1)).ravel()
    left = np.repeat(np.arange(lefts), length)
    right = right.ravel()
    order = np.lexsort((rng.random(len(right)), right))
    begin = np.searchsorted(right[order], np.arange(rights))
    back = np.empty(len(right), np.int64)
    back[order] = np.arange(len(right)) - begin[right[order]] + 1
    return Ranked(left, right, rank, back, rng.integers(1, 9, rights), lefts)


def large(side: str, lefts: int, rights: int, length: int) -> dict[str, Any]:
    """Seconds of plan and scan, after the graph is built, and units and rank sum of the plan."""
    game = drawn(lefts, rights, length, SEED)
    graph = mk.BipartiteGraph.from_arrays(
        game.left, game.right, left_capacity=1, right_capacity=game.places
    )
    ranks: Any = mk.Preferences(game.left_rank, game.right_rank, proposing=side)
    match = mk.match  # its first use loads it
    began = time.perf_counter()
    found = match(graph, preferences=ranks)
    seconds = time.perf_counter() - began
    if found.proof != "scan" or len(found.blocking):
        raise UnequalError(f"stable: a plan with {len(found.blocking)} blocking pairs")
    return {
        "seconds": seconds,
        "value": len(found.pairs),
        "own_rank": float(game.left_rank[found.flow > 0].mean()),
        "other_rank": float(game.right_rank[found.flow > 0].mean()),
    }


def heaviest(lefts: int, rights: int, length: int) -> dict[str, Any]:
    """The stable plan of greatest weight on the same pairs: weights of either side's plan and of this one,
    its bound, and seconds.
    """
    game = drawn(lefts, rights, length, SEED)
    weight = np.random.default_rng(SEED).integers(0, 100, len(game.left))
    graph = mk.BipartiteGraph.from_arrays(
        game.left, game.right, weight, left_capacity=1, right_capacity=game.places
    )
    sides: Any = ("left", "right")
    plain = [
        mk.match(
            graph,
            preferences=mk.Preferences(game.left_rank, game.right_rank, proposing=side),
        ).value
        for side in sides
    ]
    began = time.perf_counter()
    found = mk.match(
        graph, "weight", preferences=mk.Preferences(game.left_rank, game.right_rank)
    )
    seconds = time.perf_counter() - began
    best = mk.match(graph, "weight")
    return {
        "plain": plain,
        "value": found.value,
        "bound": found.bound,
        "seconds": seconds,
        "unstable": best.value,
    }


def residents(name: str) -> tuple[Ranked, int, int]:
    """A public set of residents and programmes, and its known figures: residents without a place, free
    places.
    """
    here = folder("hospital_residents", "known.csv")
    people, programmes = (
        records(here / f"{kind}{name}.csv")
        for kind in (
            ("resident", "program") if name == "Small" else ("residents", "programs")
        )
    )
    number = {row["id"]: place for place, row in enumerate(people)}
    places = {row["id"]: place for place, row in enumerate(programmes)}
    back = {
        (resident, places[row["id"]]): rank
        for row in programmes
        for rank, resident in enumerate(_listed(row["rol"]), 1)
    }
    pairs = [
        (number[row["id"]], places[programme], rank, back[row["id"], places[programme]])
        for row in people
        for rank, programme in enumerate(_listed(row["rol"]), 1)
        if programme in places and (row["id"], places[programme]) in back
    ]
    columns = [np.array(column, np.int64) for column in zip(*pairs, strict=True)]
    free = np.array([int(row["numberOfPos"]) for row in programmes])
    known = next(row for row in records(here / "known.csv") if row["set"] == name)
    ranked = Ranked(*columns, free, len(people))
    return ranked, int(known["unmatched_residents"]), int(known["free_places"])


def _listed(text: str) -> list[str]:
    return [one for one in text.strip("[]").split(",") if one]


def public(name: str) -> dict[str, Any]:
    """Residents without a place and free places by matchkit. Raises UnequalError where others are known."""
    game, without, free = residents(name)
    found = game.solved("left")
    mine = game.lefts - len(found.pairs), int(game.places.sum()) - len(found.pairs)
    if mine != (without, free):
        raise UnequalError(f"stable: {name} leaves {mine}, known are {without, free}")
    return {
        "set": name,
        "residents": game.lefts,
        "programmes": len(game.places),
        "pairs": len(game.left),
        "without": without,
        "free": free,
    }


def by_peer(game: Ranked, side: str) -> list[tuple[int, int]]:
    """Pairs of the package ``matching``. Raises SkippedError where it is missing."""
    try:
        from matching.games import HospitalResident
    except ImportError as missing:
        raise SkippedError("needs the package matching (extra bench)") from missing
    lists: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for one, node, other, rank in (
        (lists[0], game.left, game.right, game.left_rank),
        (lists[1], game.right, game.left, game.right_rank),
    ):
        for place in np.lexsort((rank, node)).tolist():
            one.setdefault(int(node[place]), []).append(int(other[place]))
    places = {node: int(game.places[node]) for node in lists[1]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        solved = HospitalResident.create_from_dictionaries(*lists, places).solve(
            optimal="resident" if side == "left" else "hospital"
        )
    return sorted(
        (resident.name, hospital.name)
        for hospital, residents in solved.items()
        for resident in residents
    )


def games(count: int) -> dict[str, Any]:
    """Random games solved by both from either side. Raises UnequalError at the first that differs."""
    rng = np.random.default_rng(SEED)
    seconds = {"matchkit": 0.0, "matching": 0.0}
    pairs = 0
    for number in range(count):
        lefts = MOST[0] if number == 0 else int(rng.integers(1, MOST[0] + 1))
        rights = MOST[1] if number == 0 else int(rng.integers(1, MOST[1] + 1))
        game = drawn(lefts, rights, int(rng.integers(1, rights + 1)), number)
        side = ("left", "right")[number % 2]
        began = time.perf_counter()
        found = game.solved(side)
        between = time.perf_counter()
        theirs = by_peer(game, side)
        seconds["matchkit"] += between - began
        seconds["matching"] += time.perf_counter() - between
        mine = list(
            zip(found.pairs.left.tolist(), found.pairs.right.tolist(), strict=True)
        )
        if mine != theirs:
            raise UnequalError(f"stable: game {number} differs from the peer's")
        pairs += len(mine)
    return {"games": count, "pairs": pairs, "seconds": seconds}


def skewed(residents: int, hospitals: int, length: int, rng: Any) -> list[Whole]:
    """Lists drawn by popularity, the most popular hospital five times as popular as the least."""
    popular = np.linspace(1, 5, hospitals)
    popular /= popular.sum()
    return [
        rng.choice(hospitals, length, replace=False, p=popular)
        for _ in range(residents)
    ]


def couples(seed: int) -> dict[str, Any]:
    """Residents of whom some are couples, as many places as residents: blocking pairs, what is proven, and
    seconds. A couple likes a pair of places the better the smaller the sum of ranks.
    """
    residents, pairs, hospitals, length, _ = COUPLES
    rng = np.random.default_rng(seed)
    lists = skewed(residents, hospitals, length, rng)
    left, right = np.repeat(np.arange(residents), length), np.concatenate(lists)
    theirs = np.array([rng.permutation(residents) + 1 for _ in range(hospitals)])
    joint = []
    for number in range(pairs):
        one, other = 2 * number, 2 * number + 1
        choices = sorted(
            (i + j, rng.random(), int(lists[one][i]), int(lists[other][j]))
            for i in range(length)
            for j in range(length)
        )
        joint.append((one, other, [choice[2:] for choice in choices]))
    places = [
        residents // hospitals + (node < residents % hospitals)
        for node in range(hospitals)
    ]
    graph = mk.BipartiteGraph.from_arrays(left, right, right_capacity=places)
    ranks = mk.Preferences(
        np.tile(np.arange(1, length + 1), residents),
        theirs[right, left],
        couples=joint,
    )
    began = time.perf_counter()
    found = mk.match(graph, preferences=ranks, time_limit=TIME_LIMIT)
    goal = found.goals[-1]
    return {
        "seconds": time.perf_counter() - began,
        "value": goal.value,
        "bound": goal.bound,
    }


def tied(residents: int, hospitals: int, length: int, seconds: float) -> dict[str, Any]:
    """Residents whom hospitals know by class only: pairs by broken ties, most pairs, and what is proven."""
    rng = np.random.default_rng(SEED)
    lists = skewed(residents, hospitals, length, rng)
    left, right = np.repeat(np.arange(residents), length), np.concatenate(lists)
    graph = mk.BipartiteGraph.from_arrays(
        left, right, right_capacity=residents // hospitals
    )
    ranks = mk.Preferences(
        np.tile(np.arange(1, length + 1), residents),
        rng.integers(1, CLASSES + 1, residents)[left],
    )
    broken = mk.match(graph, preferences=ranks)
    began = time.perf_counter()
    found = mk.match(graph, "cardinality", preferences=ranks, time_limit=seconds)
    return {
        "residents": residents,
        "hospitals": hospitals,
        "broken": len(broken.pairs),
        "value": found.value,
        "bound": found.bound,
        "seconds": time.perf_counter() - began,
    }


def run(quick: bool) -> Figures:
    """All parts. Raises UnequalError where an answer is another than the known one or the peer's."""
    size, rounds, count = ((1_400, 279, 23), 1, 10) if quick else (LARGE, 3, GAMES)
    samples = in_turns(
        {side: partial(in_process, large, side, *size) for side in ("left", "right")},
        rounds,
    )
    return {
        "lefts": size[0],
        "rights": size[1],
        "pairs": size[0] * size[2],
        "units": samples["left"][0]["value"],
        "ranks": {
            side: [runs[0]["own_rank"], runs[0]["other_rank"]]
            for side, runs in samples.items()
        },
        "seconds": spreads(samples, "seconds"),
        "heaviest": in_process(heaviest, *size),
        "sets": [public(name) for name in SETS],
        "games": games(count),
        "couples": [
            in_process(couples, seed) for seed in range(2 if quick else COUPLES[-1])
        ],
        "ties": [
            in_process(tied, *one, TIME_LIMIT) for one in TIED[: 1 if quick else 2]
        ],
    }


def _large(figures: Figures) -> str:
    head = "proposing", "pairs matched", "mean rank, left", "mean rank, right", "s"
    return table(
        head,
        [
            (
                side,
                whole(figures["units"]),
                f"{figures['ranks'][side][0]:.1f}",
                f"{figures['ranks'][side][1]:.1f}",
                figures["seconds"][side],
            )
            for side in ("left", "right")
        ],
    )


def _heaviest(figures: Figures) -> str:
    one = figures["heaviest"]
    head = "plan", "weight", "bound", "s"
    seconds = f"{one['seconds']:.1f}"
    return table(
        head,
        [
            ("stable, best for the left", whole(one["plain"][0]), "–", "–"),
            ("stable, best for the right", whole(one["plain"][1]), "–", "–"),
            (
                "stable, greatest weight",
                whole(one["value"]),
                whole(one["bound"]),
                seconds,
            ),
            ("greatest weight", whole(one["unstable"]), whole(one["unstable"]), "–"),
        ],
    )


def _sets(figures: Figures) -> str:
    head = "set", "residents", "programmes", "pairs", "without a place", "free places"
    return table(
        head,
        [
            (
                one["set"],
                *(
                    whole(one[name])
                    for name in ("residents", "programmes", "pairs", "without", "free")
                ),
            )
            for one in figures["sets"]
        ],
    )


def _games(figures: Figures) -> str:
    one = figures["games"]
    head = "games", "pairs matched", "matchkit, s in all", "matching, s in all"
    seconds = (f"{one['seconds'][name]:.2f}" for name in ("matchkit", "matching"))
    return table(head, [(whole(one["games"]), whole(one["pairs"]), *seconds)])


def _couples(figures: Figures) -> str:
    head = "blocking pairs, proven fewest", "instances", "s, median", "s, most"
    proven = [one for one in figures["couples"] if one["value"] == one["bound"]]
    rows = []
    for count in sorted({one["value"] for one in proven}):
        seconds = sorted(one["seconds"] for one in proven if one["value"] == count)
        middle = seconds[len(seconds) // 2]
        rows.append(
            (
                whole(count),
                whole(len(seconds)),
                f"{middle:.2f}",
                f"{seconds[-1]:.2f}",
            )
        )
    left = len(figures["couples"]) - len(proven)
    return table(head, [*rows, ("not proven", whole(left), "–", "–")] if left else rows)


def _ties(figures: Figures) -> str:
    head = (
        "residents x hospitals",
        "ties broken, pairs",
        "greatest size, pairs",
        "bound",
        "s",
    )
    return table(
        head,
        [
            (
                f"{one['residents']} x {one['hospitals']}",
                whole(one["broken"]),
                whole(one["value"]),
                whole(one["bound"]),
                f"{one['seconds']:.1f}",
            )
            for one in figures["ties"]
        ],
    )


register(
    Benchmark(
        name="stable",
        claim=(
            "Stable plans of millions of ranked pairs with the scan that proves them; known figures of "
            "public residents; games equal to the package matching; fewest blocking pairs of couples, proven"
        ),
        peers=("matching",),
        seeds={"instances": SEED},
        run=run,
        tables={
            "stable": _large,
            "stable_weight": _heaviest,
            "stable_sets": _sets,
            "stable_games": _games,
            "stable_couples": _couples,
            "stable_ties": _ties,
        },
    )
)
