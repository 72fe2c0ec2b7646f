"""Thousands of small problems whose plans are to be fair, each compared with every plan there is:

python tests/solving/fair_campaign.py 0 2000        (flows)
python tests/solving/fair_campaign.py 0 2000 tied   (with times and rules that no flow can express)
"""

from __future__ import annotations

import sys
from collections import Counter

from fair_forms import drawn, every, reached, tied
from histories import with_history

import matchkit as mk
from matchkit.errors import ContradictionError


def campaign(first: int, last: int, *, rules: bool, past: bool) -> Counter[str]:
    """How many problems of these seeds were solved, by what they ask for. Raises AssertionError for the first
    plan that is not the fairest, or not proved.
    """
    seen = Counter[str]()
    for seed in range(first, last):
        problem = tied(seed) if rules else drawn(seed)
        if past:
            problem = with_history(problem, seed)
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            assert not any(True for _ in every(problem)), seed
            seen["contradictions"] += 1
            continue
        got = {
            (one.resource, one.requirement): one.quantity for one in plan.assignments
        }
        best = max(reached(problem, one) for one in every(problem))
        assert reached(problem, got) == best, seed
        assert plan.outcome.status == "optimal", seed
        assert mk.verify(problem, plan).ok, seed
        if plan.outcome.proof == "prices":
            assert mk.check_certificate(problem, plan).ok, seed
        asked = problem.objective
        parts = [part for aim in asked.aims for part in aim.parts]
        seen["solved"] += 1
        seen[str(plan.outcome.proof)] += 1
        seen["levels"] += any(" at " in goal.name for goal in plan.outcome.goals)
        depth = any(part.depth is not None for part in parts)
        seen["depth"] += depth or "depth" in str(asked.fair)
        seen["kind"] += any(part.kind is not None for part in parts)
        seen["rate"] += any(part.by == "rate" for part in parts)
        seen["both sides"] += bool(asked.fair and asked.even) or (
            {"coverage", "loads"} <= {part.measure for part in parts}
        )
        seen.update({rule.rule for rule in problem.rules})
    return seen


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    words = sys.argv[3:]
    found = campaign(*numbers, rules="tied" in words, past="history" in words)
    sys.stdout.write(f"{dict(found)}\n")
