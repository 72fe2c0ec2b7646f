"""One change after another, each time the best of those tried: what remains where no prices compare them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from math import comb

from matchkit.answers.changes import AddResource, Change, Train
from matchkit.answers.choice import Choice, ChoiceStep
from matchkit.answers.effects import effect
from matchkit.explain.advice.trial import AdviceTrials
from matchkit.explain.advice.vectors import minus
from matchkit.graph.network import GoalValues

WIDTH = 5
"""So many changes are tried at each step."""


Again = Callable[[Change], Change]


def greedy(
    trials: AdviceTrials, options: Sequence[Change], k: int, again: Again | None = None
) -> Choice:
    """Up to ``k`` of the options, one after another, each the best of the first ``WIDTH`` that are left;
    nothing is proven.

    ``again`` makes of an option that was chosen the same once more, where it may be chosen more than once.
    """
    chosen: list[Change] = []
    gained: list[GoalValues] = []
    reached: GoalValues = (0,) * len(trials.names)
    left = list(options)
    while len(chosen) < k and left and not trials.deadline.over():
        parts = WIDTH * (k - len(chosen))
        tried = [
            (trials.of(together([*chosen, option]), among=parts - place), option)
            for place, option in enumerate(left[:WIDTH])
        ]
        gains = [
            (trial.gain, -place, option)
            for place, (trial, option) in enumerate(tried)
            if trial is not None
        ]
        if not gains:
            break
        gain, _, option = max(gains, key=lambda entry: entry[:2])
        if gain <= reached:
            left = left[WIDTH:]
            continue
        chosen.append(option)
        gained.append(minus(gain, reached))
        reached = gain
        here = next(place for place, other in enumerate(left) if other is option)
        left[here : here + 1] = [again(option)] if again is not None else []
    steps = [
        ChoiceStep(change=change, goals=effect(trials.names, by))
        for change, by in zip(together(chosen), gained, strict=True)
    ]
    return Choice(
        k=k,
        steps=tuple(steps),
        goals=effect(trials.names, reached),
        bound=None,
        proven=False,
        solved=trials.solved,
    )


def together(changes: Sequence[Change]) -> list[Change]:
    """The changes as one list: a unit that several bring is new once."""
    found: list[Change] = []
    units: set[str] = set()
    for change in changes:
        unit = change.unit if isinstance(change, AddResource) else None
        if unit is not None and unit.id in units:
            found.append(change.model_copy(update={"unit": None}))
            continue
        if unit is not None:
            units.add(unit.id)
        found.append(change)
    return found


def sets_of(options: Sequence[Train], k: int) -> Iterator[tuple[Train, ...]]:
    """Every set of one to ``k`` options that trains nobody twice."""
    for size in range(1, min(k, len(options)) + 1):
        for chosen in combinations(options, size):
            if len({option.resource for option in chosen}) == size:
                yield chosen


def no_more_sets(options: int, k: int, most: int) -> bool:
    """Whether ``sets_of`` yields no more than so many; numbers beyond that are not worked out."""
    count = 0
    for size in range(1, min(k, options) + 1):
        count += comb(options, size)
        if count > most:
            return False
    return True
