"""The pairs that block either of two plans, beside what else they differ in."""

from __future__ import annotations

from typing import get_args

from matchkit.answers.comparison import BlockingFigure, figure
from matchkit.model import Problem
from matchkit.model.objective import Stability
from matchkit.plan import BlockingPair, Plan
from matchkit.plan.outcome import LISTED_PAIRS
from matchkit.verification.stability import blocking_pairs


def blocking_figure(*sides: tuple[Problem, Plan]) -> BlockingFigure:
    """The pairs that block either plan, in the sense in which one of them is stable, or else the problem
    asks; weakly where nothing says so.
    """
    chosen = (plan.outcome.chosen for _, plan in sides)
    asked = [None if one is None else one.rule for one in chosen]
    asked += [problem.objective.stable for problem, _ in sides]
    known: tuple[Stability, ...] = get_args(Stability)
    stated = (one for word in asked for one in known if one == word)
    rule: Stability = next(stated, "weak")
    both = [blocking_pairs(problem, plan, rule) for problem, plan in sides]
    listed = (
        [BlockingPair(resource=a, requirement=b) for a, b in pairs[:LISTED_PAIRS]]
        for pairs in both
    )
    names = ("pairs_before", "pairs_after")
    return BlockingFigure.model_validate(
        {
            **dict(figure(len(both[0]), len(both[1]))),
            "rule": rule,
            **dict(zip(names, listed, strict=True)),
        }
    )
