"""A plan that ranks choose: stable as the objective asks, or by a rule of choice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matchkit.arrays import Int64
from matchkit.compile.compiler import Compiled
from matchkit.compile.decode import decode, goal_values
from matchkit.compile.goals import of_tier
from matchkit.compile.instance import Instance
from matchkit.compile.ranked import RankedInstance, ranked_instance, undefined
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP, MIP_ENGINES
from matchkit.errors import BudgetError, Complaint, UnsupportedError, in_order
from matchkit.graph.network import GoalValues
from matchkit.messages.message import Message
from matchkit.model import Aim, Objective
from matchkit.plan import Plan, StoredMessage
from matchkit.plan.outcome import LISTED_PAIRS, BlockingPair, ChosenBy
from matchkit.solvers.choice import search_engine
from matchkit.solvers.flow.solution import Listener, Progress
from matchkit.solvers.stable.chosen import ChosenUnits
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.preferences import Preferences
from matchkit.solvers.stable.scan import blocking
from matchkit.solvers.stable.solve import RankedProblem, choose
from matchkit.solving.digest import digest
from matchkit.solving.outcome import outcome_of
from matchkit.solving.request import Request, SolveContext, Tell

SIDES = {"resources": "left", "requirements": "right"}


def check_choice(instance: Instance, obstacles: Sequence[Complaint]) -> None:
    """Raises UnsupportedError where a choice by ranks is not defined: for rules other than locks, forbids and
    limits of distance, and for what no flow expresses.
    """
    found = list(undefined(instance))
    named = {complaint.where for complaint in found}
    do = Message("ranks.obstacle.do")
    found += [
        Complaint(*one.parts[:2], do) for one in obstacles if one.where not in named
    ]
    UnsupportedError.raise_if(in_order(found), Message("fault.ranks"))


def plan_by_ranks(
    instance: Instance,
    compiled: Compiled,
    request: Request,
    context: SolveContext,
    tell: Tell,
    progress: Listener | None,
) -> Plan:
    """The plan that ranks choose, not verified yet.

    Raises UnsupportedError for what the rule is not defined for, BudgetError for more pairs than may be held,
    ContradictionError where locks contradict channels, StoppedError where time is over before any plan.
    """
    pairs = int(instance.eligible.reach.sum())
    if pairs > request.budget.pairs:
        most = request.budget.pairs
        raise BudgetError(Message.of("ranks.pairs", pairs=pairs, most=most))
    objective = instance.problem.objective
    auto = MIP_ENGINES["highs"] if objective.among == "goals" else DEFAULT_MIP
    engine = search_engine(request.engine, "preferences.engine", auto)
    ranked = ranked_instance(instance)
    tell("search")
    until = context.deadline if request.limited else None

    def step(number: int) -> None:
        if progress is not None:
            count, elapsed = len(ranked.pairs), context.elapsed()
            progress(Progress("search", number, count, None, None, elapsed))

    chosen = choose(
        RankedProblem(
            instance.resource_ids,
            ranked.right_ids,
            ranked.right_minimum,
            None,
            ranked.pairs,
            _preferences(objective),
            JointChoices.none(),
            _worth(instance, ranked),
            engine,
            request.seed,
            Deadline(until, context.stop),
            step,
        )
    )
    tell("decode")
    return _plan(instance, compiled, ranked, chosen, request, context)


def _preferences(objective: Objective) -> Preferences:
    """What the objective asks for, in the words of the arrays."""
    return Preferences(
        by=objective.choice or "stable",
        proposing="left" if objective.proposing == "resources" else "right",
        stability=objective.stable or "weak",
    )


def _worth(instance: Instance, ranked: RankedInstance) -> tuple[tuple[str, Int64], ...]:
    """What a unit of every pair counts in the goals, by their number, once all minimums are full; nothing
    where the goals have no say.
    """
    if instance.problem.objective.among != "goals":
        return ()
    weight = instance.weight[ranked.position]
    tier = instance.tier[ranked.requirement[ranked.pairs.right]]

    def counted(aim: Aim) -> Int64:
        total = np.zeros(len(weight), np.int64)
        for part in aim.parts:
            if part.measure == "weight":
                total += part.factor * weight
            elif part.measure == "filled":
                total += part.factor * of_tier(tier, part)
        return total

    found = [(str(k), counted(aim)) for k, aim in enumerate(instance.aims)]
    return tuple((name, worth) for name, worth in found if worth.any())


def _plan(
    instance: Instance,
    compiled: Compiled,
    ranked: RankedInstance,
    chosen: ChosenUnits,
    request: Request,
    context: SolveContext,
) -> Plan:
    """The plan in the user's ids, with what is proved of it."""
    problem, objective = instance.problem, instance.problem.objective
    used = np.flatnonzero(chosen.units)
    left = ranked.pairs.left[used]
    right = ranked.requirement[ranked.pairs.right[used]]
    assignments, shortfalls = decode(compiled, left, right, chosen.units[used])
    values = goal_values(compiled, left, right, chosen.units[used])
    bounds = _bounds(instance, ranked, values, chosen)
    stopped = "no_proof" if chosen.stopped == "proved" else "time_limit"
    outcome = outcome_of(
        [aim.name for aim in instance.aims],
        values,
        bounds,
        request,
        tolerances=[aim.tolerance for aim in instance.aims],
        stopped="interrupted" if context.stop() else stopped,
        proof=None if bounds is None else "search",
        engine=chosen.engine,
        reason=StoredMessage.of(Message(f"engine.reason.{chosen.proof}")),
        digest=digest(problem),
        chosen=_chosen_by(objective, instance, ranked, chosen),
    )
    return Plan(
        assignments=assignments,
        shortfalls=shortfalls,
        outcome=outcome,
        certificate=None,
    )


def _bounds(
    instance: Instance, ranked: RankedInstance, values: GoalValues, chosen: ChosenUnits
) -> GoalValues | None:
    """The most that stable plans reach in every goal, as the search has proved it; None where it has proved
    nothing of the first goal, or too little.
    """
    goals = {goal.name: goal for goal in chosen.goals}
    fewest = goals.get("blocking")
    if instance.problem.objective.among != "goals" or fewest is None:
        return None
    met = goals.get("minimum")
    if fewest.value != fewest.bound or (met and met.value < ranked.right_minimum.sum()):
        return None
    found = []
    for number, value in enumerate(values):
        goal = goals.get(str(number))
        beyond = None if goal is None or goal.bound is None else goal.bound - goal.value
        if goal is not None and beyond is None:
            return None
        found.append(value + (beyond or 0))
    return tuple(found)


def _chosen_by(
    objective: Objective,
    instance: Instance,
    ranked: RankedInstance,
    chosen: ChosenUnits,
) -> ChosenBy:
    """The rule with the pairs that block the plan."""
    mask = chosen.blocking
    if mask is None:
        mask = blocking(ranked.pairs, chosen.units, "weak")
    which = np.flatnonzero(mask)
    bound = next((one.bound for one in chosen.goals if one.name == "blocking"), None)
    right = ranked.requirement[ranked.pairs.right[which]].tolist()
    found = zip(ranked.pairs.left[which].tolist(), right, strict=True)
    ids = instance.resource_ids, instance.requirement_ids
    return ChosenBy.model_validate(
        {
            **ChosenBy.asked(objective),
            "blocking": len(which),
            "fewest": bound,
            "pairs": [
                BlockingPair(resource=ids[0][one], requirement=ids[1][other])
                for one, other in sorted(found)[:LISTED_PAIRS]
            ],
        }
    )
