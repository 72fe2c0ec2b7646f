"""Thousands of events on small networks, after each the value of a full solve and prices at every arc:

python tests/solvers/live_campaign.py 0 500 20      (cases of these seeds, with so many events each)
"""

from __future__ import annotations

import copy
import random
import sys
from collections import Counter

from live_cases import Kept, drawn, event, solved, value, wrong

from matchkit.errors import EngineError
from matchkit.solvers.live.network import NODES

PAIRS = ("units", "most", "least")


def state(kept: Kept) -> list[object]:
    """Everything that an undo has to give back."""
    net = kept.net
    arrays = [
        getattr(net, name).tolist()
        for name in NODES
        if name not in ("potential", "down", "upward")
    ]
    pairs = [getattr(net, name)[: net.pairs].tolist() for name in PAIRS]
    lists = [one.tolist() for one in net.at]
    return [
        arrays,
        pairs,
        lists,
        net.prices().tolist(),
        copy.deepcopy(net.held),
        {k: s[:2] for k, s in net.steps.items()},
    ]


def same_as_a_full_solve(kept: Kept, seen: Counter[str]) -> bool:
    """Whether the value is that of a solve from nothing. That gives no answer where nothing can flow below a
    cap whose units gain; there the prices alone are the proof.
    """
    try:
        return value(kept) == solved(kept.case)
    except EngineError:
        seen["by prices alone"] += 1
        return True


def campaign(first: int, last: int, events: int) -> Counter[str]:
    """How many events of each kind were made. Raises AssertionError for the first that is wrong."""
    seen = Counter[str]()
    for seed in range(first, last):
        rng = random.Random(seed)  # noqa: S311 - seeded tests, no secret
        kept = Kept(drawn(rng))
        for number in range(events + 1):
            where = seed, number
            assert wrong(kept) == "", (where, wrong(kept))
            assert same_as_a_full_solve(kept, seen), where
            if number == events:
                break
            before, described, places = (
                state(kept),
                copy.deepcopy(kept.case),
                (dict(kept.number), dict(kept.place)),
            )
            mark = kept.net.mark()
            kind, done = event(rng, kept)
            seen[kind] += done
            if not done or rng.random() < 0.2:
                if not done and kind in ("lock", "left", "cap", "pair", "wanted"):
                    seen[f"impossible {kind}"] += 1
                    if (
                        kept.case.pairs != described.pairs
                        or kept.case.kinds != described.kinds
                    ):
                        assert solved(kept.case) is None, where
                seen["undo"] += done
                kept.net.undo(mark)
                kept.case, (kept.number, kept.place) = described, places
                assert state(kept) == before, where
        seen["large"] += kept.net.fold.large
    return seen


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:4]]
    sys.stdout.write(f"{dict(campaign(*numbers))}\n")
