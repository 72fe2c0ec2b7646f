"""Whom to recruit, if there is room for k: in a flow the best of all choices, proven by one solve of a
network with every profile in it and one cap of k above them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.advice import Choice, ChoiceStep
from matchkit.answers.changes import MOST_CHANGES, AddResource, Change
from matchkit.answers.effects import effect
from matchkit.arrays import Int64
from matchkit.compile.numbering import Lexicon
from matchkit.compile.ragged import found_in
from matchkit.errors import EngineError
from matchkit.explain.advice.profiles import (
    Imagined,
    RecruitProfile,
    candidates,
    imagined,
)
from matchkit.explain.advice.rarity import BoundShift, Rarity, of_any
from matchkit.explain.advice.trial import AdviceTrials, checked, greedy
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import minus
from matchkit.graph.candidates import PairList
from matchkit.graph.network import CapTree, GoalValues, Network
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.plan import Plan
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.match import solve_network


class Chosen(NamedTuple):
    """What the best plan of the enlarged network adds, how many of every profile it takes, and its prices.

    ``prices`` are those of the problem's own resources, of what is above each, and of requirements; ``flow``
    is on the problem's own pairs.
    """

    gain: GoalValues
    taken: list[int]
    prices: tuple[Int64, Int64, Int64]
    flow: Int64


def best_recruits(
    residual: ResidualFlow, pairs: Imagined, profiles: int, k: int
) -> Chosen:
    """The greatest gain that at most ``k`` recruits can bring at the weights given.

    A profile is a stock of k alike resources, and k is the cap of the unit that they all belong to: a flow
    problem again, so its optimum is that of the best choice. Its value can only fall where the plan of the
    residual is not the best.
    """
    network, old = residual.network, residual.pairs
    count, rights = len(network.left_capacity), len(network.right_capacity)
    open_ = network.right_capacity[pairs.right] > 0
    owner, right, weight = pairs.owner[open_], pairs.right[open_], pairs.weight[open_]
    extra = np.minimum(k, network.right_capacity[right])
    left = np.concatenate([old.left.astype(np.int64), owner + count])
    pair_list = PairList.of(
        count + profiles,
        rights,
        left,
        np.concatenate([old.right, right.astype(np.int32)]),
        np.concatenate([old.weight, weight]),
        np.concatenate([old.capacity, extra]),
    )
    tree = network.left_tree
    enlarged = Network(
        pairs=pair_list,
        left_capacity=np.concatenate(
            [network.left_capacity, np.full(profiles, k, np.int64)]
        ),
        right_capacity=network.right_capacity,
        left_tree=CapTree(
            np.concatenate([tree.of, np.full(profiles, tree.size, np.int32)]),
            np.concatenate([tree.parent, np.full(1, -1, np.int32)]),
            np.concatenate([tree.capacity, np.full(1, k, np.int64)]),
        ),
        right_tree=network.right_tree,
    )
    # One solve compares all choices: the cap over the profiles is what makes it k of them.
    solution = solve_network(enlarged, residual.goals, "auto")
    taken = np.zeros(profiles, np.int64)
    new = solution.pairs.left >= count
    np.add.at(taken, solution.pairs.left[new] - count, solution.quantity[new])
    return Chosen(
        minus(tuple(solution.value), residual.value_beyond_locks),
        taken.tolist(),
        _prices(residual, solution),
        _flow(residual, solution),
    )


def _prices(residual: ResidualFlow, solution: Solution) -> tuple[Int64, Int64, Int64]:
    left, right, caps = (
        solution.left_price,
        solution.right_price,
        solution.left_cap_price,
    )
    if left is None or right is None or caps is None:
        raise EngineError(Message("defect.engine_prices"))
    of = residual.network.left_tree.of
    above = np.where((of >= 0)[:, None], caps[np.maximum(of, 0)], 0)
    return left[: len(of)], above, right


def _flow(residual: ResidualFlow, solution: Solution) -> Int64:
    """What the solution has on the problem's own pairs."""
    columns, own = (
        residual.links.right_count,
        solution.pairs.left < residual.links.left_count,
    )
    at, _ = found_in(
        residual.pairs.keys(columns).astype(np.intp),
        solution.pairs.keys(columns)[own].astype(np.intp),
    )
    flow = np.zeros(len(residual.pairs), np.int64)
    flow[at] = solution.quantity[own]
    return flow


def repeated(taken: Sequence[int]) -> list[int]:
    """The numbers of the profiles, each as often as it is taken."""
    return [place for place, times in enumerate(taken) for _ in range(times)]


STEPS = 12
"""Up to so many recruits are solved one after another as well."""


def recruit_k(
    problem: Problem, plan: Plan, k: int, *, time_limit: float | None = None
) -> Choice:
    """Up to ``k`` resources to recruit, of the profiles that requirements ask for, that together add the most
    to the plan.

    In a flow all choices are compared in one solve, so ``bound`` is what no k of them exceed, and ``proven``
    holds where the solve of the chosen ones reaches it: always, unless more holders make a skill less rare
    (then weights move, and only goals before the weight are sure to be reached). In other problems the
    profiles that short requirements ask for are added one by one, each time the best of those solved within
    ``time_limit`` seconds (None: no limit); ``bound`` is None.

    Raises InputError for wrong arguments, and where the plan is none of this problem; UnsupportedError where
    coverage or loads are goals.
    """
    checked(problem, plan, k=k, time_limit=time_limit)
    trials = AdviceTrials(problem, plan, time_limit)
    if trials.residual is None:
        short = {
            entry.requirement: (-entry.below_minimum, entry.tier, -entry.missing)
            for entry in plan.shortfalls
        }
        profiles = sorted(
            candidates(problem, short),
            key=lambda profile: (short[profile.like], profile.like),
        )
        return greedy(trials, [profile.change for profile in profiles], k, _another)
    return _best(trials, trials.residual, k)


def _best(trials: AdviceTrials, residual: ResidualFlow, k: int) -> Choice:
    profiles = candidates(trials.problem)
    lexicon = Lexicon(trials.problem)
    rarity = Rarity(trials.problem, lexicon)
    # No k recruits make a skill less rare than k holders more do; what they leave idle costs them at least so
    # little.
    pairs = imagined(
        trials.problem,
        [profile.change.resource for profile in profiles],
        lambda _place, word: rarity.of(word, k),
    )
    chosen = best_recruits(residual, pairs, len(profiles), k)
    shifts = BoundShift(rarity, residual, chosen.prices, chosen.flow)
    held = sorted(
        {
            tuple(lexicon.held(lexicon.declared(profile.change.resource)))
            for profile in profiles
        }
    )
    shift = of_any(shifts, rarity, held, k, k)
    bound = (*chosen.gain[:-1], chosen.gain[-1] + shift)
    changes = [
        _numbered(profiles[place], number)
        for number, place in enumerate(repeated(chosen.taken))
    ]
    return _choice(trials, k, changes, bound)


def _choice(
    trials: AdviceTrials, k: int, changes: Sequence[Change], bound: GoalValues
) -> Choice:
    """The choice of these changes, solved together and, where they are few, each after those before it."""
    whole = trials.of(changes, among=2) if 0 < len(changes) <= MOST_CHANGES else None
    reached = (0,) * len(trials.names) if whole is None else whole.gain
    steps, before = list[ChoiceStep](), (0,) * len(trials.names)
    for number, change in enumerate(changes if whole is not None else (), 1):
        last = number == len(changes)
        trial = (
            whole
            if last
            else trials.of(changes[:number], among=len(changes) - number)
            if len(changes) <= STEPS
            else None
        )
        by = (
            None
            if trial is None or (steps and steps[-1].goals is None)
            else effect(trials.names, minus(trial.gain, before))
        )
        steps.append(ChoiceStep(change=change, goals=by))
        before = before if trial is None else trial.gain
    return Choice(
        k=k,
        steps=tuple(steps),
        goals=effect(trials.names, reached),
        bound=effect(trials.names, bound),
        proven=reached == bound,
        solved=trials.solved,
    )


def _numbered(profile: RecruitProfile, number: int) -> AddResource:
    """The profile as a resource of its own, also where one like it is recruited already; the unit comes with
    the first.
    """
    resource = profile.change.resource
    return AddResource(
        resource=resource.model_copy(update={"id": f"{resource.id}.{number + 1}"}),
        unit=profile.change.unit if number == 0 else None,
    )


def _another(change: Change) -> Change:
    """One more resource like the one added."""
    if not isinstance(change, AddResource):
        return change
    return change.model_copy(
        update={
            "resource": change.resource.model_copy(
                update={"id": f"{change.resource.id}+"}
            )
        }
    )
