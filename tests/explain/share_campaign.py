"""Random problems that are to be shared fairly: chains of Hall sets against every plan there is, altered chains,
why one stands below others, and the price of fairness.

    python tests/explain/share_campaign.py FIRST COUNT
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

if __name__ == "__main__":
    tests = Path(__file__).resolve().parents[1]
    sys.path[:0] = [str(tests / "solving"), str(tests / "explain")]

from test_fairness_price import best_weights
from test_fairness_price import drawn as uncapped
from test_hall_chains import check_against_every_plan, solved

import matchkit as mk


def campaign(first: int, count: int) -> Counter[str]:
    """What was seen; the first disagreement raises AssertionError."""
    seen = Counter[str]()
    for problem, plan in solved(range(first, first + count)):
        seen["plans"] += 1
        check_against_every_plan(problem, plan, seen)
        explainer = mk.Explainer(problem, plan)
        for one in problem.communities:
            found = explainer.why_below(one.id)
            assert mk.check_witness(problem, plan, found).ok, one.id
            seen["why"] += 1
    for seed in range(first, first + count):
        problem = uncapped(seed)
        expected = best_weights(problem)
        curve = mk.fairness_price(problem, points=len(expected) + 1)
        assert curve.complete, seed
        for point in curve.points:
            assert point.weight == expected[point.steps], seed
        seen["curves"] += 1
        seen["points"] += len(curve.points)
    return seen


if __name__ == "__main__":
    seen_in_all = campaign(int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(f"{dict(seen_in_all)}\n")
