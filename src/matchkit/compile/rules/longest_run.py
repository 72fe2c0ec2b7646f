"""Rule ``longest_run``: a resource serves on at most so many calendar days in a row."""

from __future__ import annotations

import numpy as np

from matchkit.compile.ragged import joint
from matchkit.compile.rules.hours_budget import concerned, within_entries
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import LongestRun


def rows(rule: LongestRun, scope: PairVariables, bend: Slack) -> None:
    """A variable a resource and day says that there is work; of any ``days`` + 1 days in a row one has
    none.
    """
    facts, pairs = (
        scope.facts,
        np.flatnonzero(scope.timed & concerned(rule, scope, bend)[scope.left]),
    )
    touched = {
        slot: [day for day, _ in facts.days(slot, rule.zone)]
        for slot in np.unique(scope.right[pairs]).tolist()
    }
    slots = scope.right[pairs].tolist()
    within_entries(rule, sum(len(touched[slot]) for slot in slots), rule.days)
    pair = np.repeat(pairs, [len(touched[slot]) for slot in slots])
    day = np.array([day for slot in slots for day in touched[slot]], np.int64)
    lefts, days, owner = joint(scope.left[pair], day)
    number = {
        (left, when): place
        for place, (left, when) in enumerate(zip(lefts.tolist(), days.tolist(), strict=True))
    }
    stretches = [
        [number[left, when + step] for step in range(rule.days + 1)]
        for left, when in number
        if all((left, when + step) in number for step in range(rule.days + 1))
    ]
    if not stretches:
        return
    work = scope.builder.variables(len(lefts), 1)
    count = len(pair)
    column = np.concatenate([pair, work[owner]])
    scope.builder.rows(
        count,
        np.tile(np.arange(count), 2),
        column,
        np.concatenate([np.ones(count, np.int64), -scope.most[pair]]),
        high=0,
    )
    members = np.array(stretches, np.intp)
    owners = np.repeat(np.arange(len(stretches)), rule.days + 1)
    bend.at_most(len(stretches), owners, work[members.reshape(-1)], 1, rule.days, 1)
