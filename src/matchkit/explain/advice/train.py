"""Whom to train, one skill by one level each, so that the plan gains the most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.advice import Choice, ChoiceStep
from matchkit.answers.changes import Train
from matchkit.answers.effects import effect
from matchkit.arrays import Int64, Intp
from matchkit.compile.ragged import spread
from matchkit.explain.advice.price_systems import PriceSystem, best_of, systems
from matchkit.explain.advice.rarity import Rarity
from matchkit.explain.advice.training_options import TrainingOptions
from matchkit.explain.advice.trial import (
    AdviceTrials,
    Trial,
    checked,
    greedy,
    no_more_sets,
    sets_of,
)
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.flow import ResidualFlow
from matchkit.explain.vectors import falling, minus, plus, positives, signs
from matchkit.graph.network import GoalValues
from matchkit.model import Problem
from matchkit.plan import Plan

SMALL = 20_000
"""Pairs up to which a problem is small enough to solve for every set."""
WIDTH = 3
"""So many of the most promising are solved at each step."""


def train(
    problem: Problem,
    plan: Plan,
    k: int,
    *,
    tries: int = 60,
    time_limit: float | None = None,
) -> Choice:
    """Up to ``k`` people to train, one skill by one level each, that together add the most to the plan.

    Those are looked at whom the training makes eligible for a requirement that they could not serve; stocks
    and venues learn nothing. Where there are no more than ``tries`` sets, each is solved. Else they are
    chosen one after another, of the most promising by prices the one that a solve finds best; ``bound`` is
    then what prices prove that no ``k`` of them exceed, and ``proven`` says that it is reached.
    ``time_limit`` is in seconds (None: no limit).

    Raises InputError for wrong arguments, and where the plan is none of this problem; UnsupportedError where
    coverage or loads are goals.
    """
    checked(problem, plan, k=k, tries=tries, time_limit=time_limit)
    trials = AdviceTrials(problem, plan, time_limit)
    training = TrainingOptions(trials.given, k)
    if no_more_sets(len(training.options), k, tries) and (
        trials.residual is None or len(trials.residual.pairs) <= SMALL
    ):
        return _exhausted(trials, training, k)
    if trials.residual is None:
        return greedy(trials, training.by_shortage(), k)
    return _by_prices(trials, trials.residual, training, k)


def _exhausted(trials: AdviceTrials, training: TrainingOptions, k: int) -> Choice:
    """Every set solved."""
    best: tuple[GoalValues, tuple[Train, ...]] = (0,) * len(trials.names), ()
    whole = True
    for chosen in sets_of(training.options, k):
        trial = trials.of(chosen)
        whole = whole and trial is not None and trial.proven
        if trial is not None and trial.gain > best[0]:
            best = trial.gain, chosen
    steps, before = list[ChoiceStep](), (0,) * len(trials.names)
    for number, option in enumerate(best[1], 1):
        trial = trials.of(best[1][:number])
        reached = best[0] if number == len(best[1]) or trial is None else trial.gain
        steps.append(
            ChoiceStep(
                change=option, goals=effect(trials.names, minus(reached, before))
            )
        )
        before = reached
    gain = effect(trials.names, best[0])
    return Choice(
        k=k,
        steps=tuple(steps),
        goals=gain,
        bound=gain if whole else None,
        proven=whole,
        solved=trials.solved,
    )


class PricedStage(NamedTuple):
    """A system of prices at some stage: what every option could add at most by it, and what the plan of that
    stage is worth beyond ours.
    """

    base: GoalValues
    gain: Int64

    def bound(self, training: TrainingOptions, k: int, shift: int) -> GoalValues:
        """What no ``k`` people can add: their largest gains, each person's best; weights shift only where a
        rare skill is learnt anew.
        """
        unmoved = self._most(training, np.flatnonzero(~training.moving), k)
        if not shift:
            return plus(
                self.base,
                max(unmoved, self._most(training, np.arange(len(self.gain)), k)),
            )
        moving = plus(
            self._most(training, np.flatnonzero(training.moving), 1),
            self._most(training, np.arange(len(self.gain)), k - 1),
        )
        return plus(self.base, max(unmoved, (*moving[:-1], moving[-1] + shift)))

    def _most(self, training: TrainingOptions, options: Intp, k: int) -> GoalValues:
        gain = positives(self.gain[options])
        order = falling(gain)
        _, first = np.unique(training.row[options][order], return_index=True)
        return tuple(gain[order[np.sort(first)[:k]]].sum(axis=0).tolist())


def _by_prices(
    trials: AdviceTrials, residual: ResidualFlow, training: TrainingOptions, k: int
) -> Choice:
    chosen, steps = list[Train](), list[ChoiceStep]()
    reached: GoalValues = (0,) * len(trials.names)
    views = _views(residual, training, reached)
    bound = min(
        view.bound(
            training,
            k,
            training.shift(training.rarity, system.shift(training.rarity, residual), k),
        )
        for view, system in zip(views, systems(residual), strict=True)
    )
    # Greedy by prices: of the most promising options one is solved after another until no other can beat it.
    while len(chosen) < k and not trials.deadline.over():
        best: tuple[Trial, int] | None = None
        for place, potential in _promising(
            views, training, {option.resource for option in chosen}
        ):
            if best is not None and minus(best[0].gain, reached) >= potential:
                break
            trial = trials.of([*chosen, training.options[place]])
            if trial is not None and (best is None or trial.gain > best[0].gain):
                best = trial, place
        if best is None or best[0].gain <= reached:
            break
        trial, place = best
        chosen.append(training.options[place])
        steps.append(
            ChoiceStep(
                change=chosen[-1],
                goals=effect(trials.names, minus(trial.gain, reached)),
            )
        )
        reached = trial.gain
        if not trial.proven or (len(chosen) == k and reached == bound):
            break
        views, also = _later(trial, training, chosen, k)
        bound = min(bound, also)
    gain = effect(trials.names, reached)
    return Choice(
        k=k,
        steps=tuple(steps),
        goals=gain,
        bound=effect(trials.names, bound),
        proven=reached == bound,
        solved=trials.solved,
    )


def _promising(
    views: Sequence[PricedStage], training: TrainingOptions, busy: set[str]
) -> list[tuple[int, GoalValues]]:
    """The options that may add the most by the sharper of the prices, best first, with what they may add."""
    one, other = (view.gain for view in views)
    least = np.where((signs(one - other) <= 0)[:, None], one, other)
    order = falling(least)
    order = order[signs(least[order]) > 0]
    free = [
        place
        for place in order.tolist()
        if training.options[place].resource not in busy
    ]
    return [(place, tuple(least[place].tolist())) for place in free[:WIDTH]]


def _later(
    trial: Trial, training: TrainingOptions, chosen: Sequence[Train], k: int
) -> tuple[list[PricedStage], GoalValues]:
    """The views after some were trained, and the bound that the prices there give for all sets."""
    residual = ResidualFlow(PlanState(trial.problem, trial.plan))
    rarity = Rarity(trial.problem, training.state.lists.lexicon)
    views = _views(residual, training, trial.gain)
    rows = np.array(
        sorted(residual.state.left_of[option.resource] for option in chosen), np.intp
    )
    bounds = []
    for view, system in zip(views, systems(residual), strict=True):
        less = system.earned[rows] - _untrained(
            residual, training, system, rows
        )  # what they would earn less, untrained
        lowered = np.zeros_like(system.earned)
        lowered[rows] = less
        base = minus(view.base, tuple(less.sum(axis=0).tolist()))
        shift = training.shift(
            rarity, system.shift(rarity, residual), k
        ) + training.shift_of(rows.tolist())
        bounds.append(
            PricedStage(base, view.gain + lowered[training.row]).bound(
                training, k, shift
            )
        )
    return views, min(bounds)


def _views(
    residual: ResidualFlow, training: TrainingOptions, base: GoalValues
) -> list[PricedStage]:
    """Every option's gain by the lowest and by the highest prices of a plan."""
    learnt, found = training.learnt, []
    capacity = residual.network.left_capacity[training.row]
    for system in systems(residual):
        worth = best_of(
            residual,
            system,
            (learnt.left, learnt.right, learnt.weight),
            training.option,
            len(training.options),
        )
        found.append(
            PricedStage(base, capacity[:, None] * worth - system.earned[training.row])
        )
    return found


def _untrained(
    residual: ResidualFlow, training: TrainingOptions, system: PriceSystem, rows: Intp
) -> Int64:
    """What resources that were trained would earn at most by these prices as they were."""
    state = training.state
    group, pairs = spread(state.first, rows)
    worth = best_of(
        residual,
        system,
        (state.left[pairs], state.right[pairs], state.weight[pairs]),
        group,
        len(rows),
    )
    return residual.network.left_capacity[rows][:, None] * worth
