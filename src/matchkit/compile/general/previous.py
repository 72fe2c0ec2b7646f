"""How much the previous plan breaks rules that may be broken no worse than that."""

from __future__ import annotations

import numpy as np

from matchkit.compile.general.builder import Bend
from matchkit.compile.general.case import RULES, Case
from matchkit.compile.general.scope import Scope
from matchkit.engines.cpsat import solve_program
from matchkit.engines.program import Program
from matchkit.errors import EngineError
from matchkit.model import CountBudget
from matchkit.model.rules import OfResources, RuleRecord


def allowed_amounts(case: Case) -> dict[int, int]:
    """By place in the case's rules, the amount that the pairs of ``previous`` break it by, each pair carrying 1."""
    return {place: _amount(case, rule) for place, rule in enumerate(case.rules) if rule.soft is not None and rule.soft.no_worse}


def _amount(case: Case, rule: RuleRecord) -> int:
    lists = case.lists
    pairs = sorted({(lists.left[pair.resource], lists.right[pair.requirement]) for pair in lists.problem.previous})
    if isinstance(rule, OfResources) and not (isinstance(rule, CountBudget) and rule.per == "all"):
        pairs = [(left, right) for left, right in pairs if lists.slots[right].fixed]  # no time, so nothing to count
    left, right = (np.array([pair[side] for pair in pairs], np.intp) for side in (0, 1))
    ones = np.ones(len(pairs), np.int64)
    scope = Scope(case.facts, left, right, ones, ones, apart=False)
    bend = Bend(rule, scope.builder)
    RULES[str(getattr(rule, "rule", ""))](rule, scope, bend)
    return least_sum(scope.builder.program(), bend.all())


def least_sum(program: Program, columns: np.ndarray[tuple[int], np.dtype[np.intp]]) -> int:
    """The least that some variables of a program can add up to."""
    if len(columns) == 0:
        return 0
    program.gain[columns] = -1
    found = solve_program(program)
    if found.status != "optimal" or found.objective is None:
        raise EngineError("What the previous plan breaks of a rule could not be counted. Report this problem.")
    return -found.objective
