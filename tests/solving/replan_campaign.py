"""Thousands of small problems that changed after they were planned, each compared with every plan there is:

python tests/solving/replan_campaign.py 0 2000        (flows)
python tests/solving/replan_campaign.py 0 2000 tied   (with times and rules that no flow can express)
"""

from __future__ import annotations

import sys
from collections import Counter

import fair_forms
import repairs
from every_plan import TooManyError, every_plan

import matchkit as mk
import matchkit.model as m
from matchkit.errors import ContradictionError
from matchkit.verification.checks import Tallies, TallyEntry


def campaign(first: int, last: int, *, tied: bool) -> Counter[str]:
    """How many problems of these seeds were solved, by what they ask for. Raises AssertionError for the first
    plan that is not best, or not proved.
    """
    seen = Counter[str]()
    for seed in range(first, last):
        repair = repairs.drawn(seed, tied=tied)
        if not repair.before.assignments:
            continue
        asked = repair.asked
        try:
            problem = repair.problem.keeping(repair.before, **asked)
            plan = mk.replan(repair.problem, repair.before, **asked)
        except ContradictionError:
            seen["contradictions"] += 1
            continue
        assert mk.verify(problem, plan).ok, seed
        assert plan.outcome.status == "optimal", seed
        if plan.outcome.proof == "prices":
            assert mk.check_certificate(problem, plan).ok, seed
        if tied:
            seen["listed"] += tied_best(problem, plan, seed)
        else:
            assert flow_best(repair, problem, plan), seed
        again = mk.replan(problem, plan)
        # A new reference allows moves anew, which may fill more.
        mosts = any(isinstance(rule, m.MostMoves) for rule in problem.rules)
        if not mosts and not any(rule.soft for rule in problem.rules):
            assert again.assignments == plan.assignments, seed
        kept = plan.outcome.kept
        assert kept is not None
        seen["solved"] += 1
        seen[str(plan.outcome.proof)] += 1
        seen["moves"] += kept.moves
        seen["gone"] += kept.gone
        seen["flexible"] += any(one.minutes for one in problem.demands)
        seen.update(list(asked))
        seen.update({rule.rule for rule in problem.rules})
        seen["fair"] += bool(problem.objective.fair or problem.objective.aims)
    return seen


def flow_best(repair: repairs.Repair, problem: m.Problem, plan: mk.Plan) -> bool:
    """Whether a plan is the best of all, goal by goal from the definitions and by weight."""
    rules = [rule for rule in problem.rules if not isinstance(rule, m.MostMoves)]
    tallies = Tallies(problem.model_copy(update={"rules": tuple(rules)}))

    def reached(units: repairs.Units) -> tuple[object, ...]:
        entries = [TallyEntry(*pair, n) for pair, n in units.items()]
        found = repairs.reached(repair, problem, units)
        return found, tallies.of(entries).values[-1]

    def allowed(units: repairs.Units) -> bool:
        entries = [TallyEntry(*pair, n) for pair, n in units.items()]
        return repairs.has_few_moves(repair, units) and not tallies.violations(entries)

    every = (units for units in fair_forms.every(problem) if allowed(units))
    return reached(repairs.units_of(plan)) == max(map(reached, every))


def tied_best(problem: m.Problem, plan: mk.Plan, seed: int) -> bool:
    """Whether there were few enough plans to list them all; then this one has to be the best by the checker's
    count, and of levels by all goals before them.
    """
    try:
        every = every_plan(problem)
    except TooManyError:
        return False
    got = [goal.value for goal in plan.outcome.goals]
    names = [goal.name for goal in plan.outcome.goals]
    levels = any(" at " in name for name in names)
    most = names.index("kept") + 1 if levels else len(names)
    assert tuple(got[:most]) == max(every.values)[:most], seed
    return True


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    found = campaign(*numbers, tied="tied" in sys.argv)
    sys.stdout.write(f"{dict(found)}\n")
