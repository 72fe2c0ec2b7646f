"""Calls one by one, people scarce and of different skills: greedy answers and hold-backs beside hindsight."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.instances import Whole
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError
from matchkit.solvers.arrivals.bid_prices import NEVER, CallSequence
from matchkit.solvers.arrivals.replay import CallStream, HoldBack, replay

SEEDS = 20
PEOPLE, CALLS = 200, 330
HELD = np.array([0.9, 0.7, 0.5, 0.3, 0.2, 0.12])
"""The share of people who have each skill, which calls of that kind need."""
ASKED = np.array([1.0, 1.0, 0.8, 0.6, 0.5, 0.4])
"""How often calls are of each kind at the beginning, in proportion."""
SURGE = 2 * np.arange(6) / 6
"""What each becomes more frequent by towards the end."""
FUTURES, EVERY = 24, 16
MEAN, WORST, MICROSECONDS = 0.98, 0.97, 10


class Day:
    """A day's people: skills and homes on a square, by a seed."""

    def __init__(self, seed: int) -> None:
        self.seed, self._rng = seed, np.random.default_rng(seed)
        self._able = self._rng.random((PEOPLE, len(HELD))) < HELD
        self._home = self._rng.random((PEOPLE, 2))

    def calls(self, rng: np.random.Generator | None = None, after: int = -1) -> Whole:
        """What each person is worth to each call after one of a number: int64 (calls, people), NEVER where
        not eligible. Without ``rng``, the calls that come.
        """
        rng = self._rng if rng is None else rng
        often = ASKED * (1 + np.arange(CALLS)[:, None] / CALLS * SURGE)
        ends = np.cumsum(often / often.sum(1, keepdims=True), axis=1)
        ends /= ends[:, -1:]
        kind = (ends <= rng.random((CALLS, 1))).sum(1)
        place = rng.random((CALLS, 2))
        importance = 20 + 15 * kind + rng.integers(0, 20, CALLS)
        kind, place, importance = (
            one[after + 1 :] for one in (kind, place, importance)
        )
        apart = np.sqrt(((self._home - place[:, None]) ** 2).sum(-1))
        near = (100 * (1 - np.minimum(1, apart))).astype(np.int64)
        return np.where(self._able[:, kind].T, 10 * importance[:, None] + near, NEVER)

    def future(self, number: int, which: int) -> CallSequence:
        """A day like this after a call of a number, drawn from numbers of its own."""
        rng = np.random.default_rng([self.seed, 99, number, which])
        return sequence(self.calls(rng, number))


def sequence(weight: Whole) -> CallSequence:
    """Calls for one person each, every one of its own kind."""
    count, people = weight.shape
    ones = np.ones(count, np.int64)
    return CallSequence(np.arange(count), weight, ones, np.zeros(people, np.bool_))


def measured(seed: int) -> dict[str, Any]:
    """One day by both policies and in hindsight."""
    day = Day(seed)
    calls, capacity = sequence(day.calls()), np.ones(PEOPLE, np.int64)
    refused = np.zeros((CALLS, PEOPLE), np.bool_)
    stream = CallStream(calls, refused, np.full(PEOPLE, CALLS))
    best = stream.hindsight(capacity).value
    greedy = replay(stream, capacity)
    held = replay(stream, capacity, HoldBack(day.future, FUTURES, EVERY, 1.0))
    for run in (greedy, held):
        paid = int(calls.weight[run.call, run.person].sum())
        if (
            paid != run.value
            or run.value > best
            or len(set(run.person)) < len(run.person)
        ):
            raise UnequalError(f"seed {seed}: {run.value} of {best}")
    return {
        "seed": seed,
        "hindsight": best,
        "greedy": greedy.value / best,
        "hold_back": held.value / best,
        "unmet": [CALLS - len(run.call) for run in (greedy, held)],
        "renewals": held.renewals,
        "renewal_seconds": held.renewal_seconds,
        "microseconds": 1e6 * float(np.median(held.answer_seconds)),
    }


def run(quick: bool) -> Figures:
    """Every seed in turn. Raises UnequalError where a share or an answer's time misses what is claimed."""
    rows = [measured(seed) for seed in range(2 if quick else SEEDS)]
    shares = [row["hold_back"] for row in rows]
    answer = float(np.median([row["microseconds"] for row in rows]))
    if np.mean(shares) < MEAN or min(shares) < WORST or answer > MICROSECONDS:
        raise UnequalError(f"{np.mean(shares)}, {min(shares)}, {answer} microseconds")
    return {"rows": rows, "futures": FUTURES, "every": EVERY, "answer": answer}


def _shares(figures: Figures) -> str:
    rows = figures["rows"]
    lines = []
    for policy, name in (("greedy", "greedy"), ("hold_back", "hold-back")):
        shares = [row[policy] for row in rows]
        held = policy == "hold_back"
        unmet = np.mean([row["unmet"][held] for row in rows])
        lines.append(
            (
                name,
                len(rows),
                f"{np.mean(shares):.4f}",
                f"{min(shares):.4f}",
                f"{max(shares):.4f}",
                f"{unmet:.0f}",
                f"{figures['answer']:.1f}" if held else "",
                whole(sum(row["renewals"] for row in rows)) if held else "",
                f"{np.mean([row['renewal_seconds'] for row in rows]):.1f}"
                if held
                else "",
            )
        )
    head = (
        "policy", "streams", "share of hindsight, mean", "least", "greatest", "unmet calls, mean",
        "an answer, microseconds", "renewals in all", "renewals of a stream, s",
    )  # fmt: skip
    return table(head, lines)


register(
    Benchmark(
        name="arrivals",
        claim="Calls one by one: 98 % of hindsight on average, 97 % at worst, 10 microseconds an answer",
        peers=(),
        seeds={"first": 0, "last": SEEDS - 1},
        run=run,
        tables={"arrivals": _shares},
    )
)
