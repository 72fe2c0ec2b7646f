"""What the flow relaxation says of a pair is true of every plan that has it: the best one of each, solved with
a lock, is worth no more than the bound less what the pair loses.
"""

from __future__ import annotations

from random_problems import random_problem, seeded

import matchkit as mk
from matchkit.compile.general.compiler import compile_case
from matchkit.compile.general.relaxation import relaxed
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import ContradictionError
from matchkit.model import Lock


def values_of(plan: mk.Plan) -> list[int]:
    return [goal.value for goal in plan.outcome.goals]


def test_no_plan_with_a_pair_is_worth_more_than_the_bound_less_what_the_pair_loses() -> (
    None
):
    compared = tight = 0
    for seed in range(60):
        problem = random_problem(seeded(seed), 6, 4, flow_only=True)
        try:
            best = mk.solve(problem)
        except ContradictionError:
            continue
        case = compile_case(Instance(problem), 10_000)
        found = relaxed(case, Deadline())
        if found is None or found.losses is None:
            continue
        assert [aim.name for aim in case.aims] == [
            goal.name for goal in best.outcome.goals
        ]
        bounds = list(found.bounds)
        assert values_of(best) <= bounds
        chosen = {(entry.resource, entry.requirement) for entry in best.assignments}
        for left, right, losses in zip(
            case.left.tolist(), case.right.tolist(), found.losses.tolist(), strict=True
        ):
            pair = (
                case.lists.resources[left].id,
                case.facts.requirement_ids[int(case.facts.requirement[right])],
            )
            if pair in chosen and values_of(best) == bounds:
                assert not any(losses), (seed, pair)
                tight += 1
            lock = Lock(resource=pair[0], requirement=pair[1])
            try:
                forced = mk.solve(
                    problem.model_copy(update={"rules": (*problem.rules, lock)})
                )
            except ContradictionError:  # no plan has the pair
                continue
            left_over = [
                bound - loss for bound, loss in zip(bounds, losses, strict=True)
            ]
            assert values_of(forced) <= left_over, (seed, pair)
            compared += 1
    assert compared > 80 and tight > 20, (compared, tight)
