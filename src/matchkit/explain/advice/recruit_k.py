"""Whom to recruit, if there is room for k: the best choice of all, in a flow proven by one solve."""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.answers.changes import MOST_CHANGES, AddResource, Change
from matchkit.answers.choice import Choice, ChoiceStep
from matchkit.answers.effects import effect
from matchkit.compile.lexicon import Lexicon
from matchkit.explain.advice.bound_shift import BoundShift, of_any
from matchkit.explain.advice.candidates import Profile, candidates
from matchkit.explain.advice.enlarged import best_recruits, repeated
from matchkit.explain.advice.greedy import greedy
from matchkit.explain.advice.profiles import imagined
from matchkit.explain.advice.rarity import Rarity
from matchkit.explain.advice.trial import AdviceTrials, checked
from matchkit.explain.advice.vectors import minus
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.graph.network import GoalValues
from matchkit.model import Problem
from matchkit.plan import Plan

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

    Raises InputError for wrong arguments, and where the plan is none of this problem.
    """
    checked(problem, plan, k=k, time_limit=time_limit)
    trials = AdviceTrials(problem, plan, time_limit)
    if trials.residual is None:
        short = {
            entry.requirement: (-entry.below_minimum, entry.tier, -entry.missing)
            for entry in plan.shortfalls
        }
        profiles = sorted(
            candidates(problem, short), key=lambda profile: (short[profile.like], profile.like)
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
    shifts = BoundShift(trials.problem, rarity, residual, chosen.prices, chosen.flow)
    held = sorted(
        {tuple(lexicon.held(lexicon.declared(profile.change.resource))) for profile in profiles}
    )
    shift = of_any(shifts, rarity, held, k, k)
    bound = (*chosen.gain[:-1], chosen.gain[-1] + shift)
    changes = [
        _numbered(profiles[place], number)
        for number, place in enumerate(repeated(chosen.taken))
    ]
    return _told(trials, k, changes, bound)


def _told(trials: AdviceTrials, k: int, changes: Sequence[Change], bound: GoalValues) -> Choice:
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


def _numbered(profile: Profile, number: int) -> AddResource:
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
        update={"resource": change.resource.model_copy(update={"id": f"{change.resource.id}+"})}
    )
