"""Every shortage, of solved plans and of unfinished ones, has a cause with a witness that passes: the
definition leaves no hole.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from plain_finder import plain_shortages

import matchkit as mk
from matchkit.errors import ContradictionError
from matchkit.plan import Goal
from matchkit.verification.case import Assigned
from matchkit.verification.witness import check_witness
from matchkit.verification.world import World

sys.path += [
    str(Path(__file__).parents[1] / folder) for folder in ("solving", "compile")
]
from problem_campaign import case
from rule_problems import rule_problem


def unfinished(problem: mk.Problem, plan: mk.Plan) -> mk.Plan:
    """The plan without one assignment and without its proof, as a search that ended early leaves it."""
    kept = plan.assignments[:-1]
    case_of = Assigned(World(problem), kept)
    goals = tuple(
        Goal(name=name, value=value, bound=None)
        for name, value in zip(case_of.goals.names, case_of.values, strict=True)
    )
    said = {
        "goals": goals,
        "value": goals[-1].value,
        "bound": None,
        "gap": None,
        "proof": None,
        "status": "feasible",
        "stopped": "no_proof",
    }
    outcome = plan.outcome.model_copy(update=said)
    return plan.model_copy(
        update={"assignments": kept, "outcome": outcome, "certificate": None}
    )


@pytest.mark.parametrize("family", [case, rule_problem])
@pytest.mark.parametrize("first", [0, 20])
def test_a_plain_search_finds_a_right_cause_for_every_shortage(
    family: object, first: int
) -> None:
    seen: Counter[str] = Counter()
    ends = 0
    for seed in range(first, first + 20):
        problem = family(seed)  # type: ignore[operator]
        try:
            plan = mk.solve(problem)
        except ContradictionError:
            continue
        found = plain_shortages(problem, plan)
        wrong = [
            str(violation)
            for violation in check_witness(problem, plan, found).violations
        ]
        assert wrong == [], seed
        assert "search_limit" not in {shortage.cause for shortage in found.shortages}, (
            seed
        )
        less = unfinished(problem, plan)
        ended = plain_shortages(problem, less)
        wrong = [
            str(violation)
            for violation in check_witness(problem, less, ended).violations
        ]
        assert wrong == [], seed
        seen.update(shortage.cause for shortage in found.shortages)
        ends += sum(shortage.cause == "search_limit" for shortage in ended.shortages)
    assert len(seen) >= 3
    assert ends > 5
