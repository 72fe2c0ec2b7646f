"""Rule ``trainees``: at most so many without a skill for each one who has it."""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import Trainees


def rows(rule: Trainees, scope: PairVariables, bend: Slack) -> None:
    """Members without the skill are at most ``most`` times those with it."""
    members = scope.members(scope.facts.demand_number[rule.demand])
    senior = scope.facts.has_skill(rule.senior.skill, rule.senior.level)
    juniors, seniors = members.among(~senior), members.among(senior)
    if len(juniors) == 0:
        return
    columns = np.concatenate([juniors, seniors])
    coefficients = np.concatenate(
        [np.ones(len(juniors), np.int64), np.full(len(seniors), -rule.most)]
    )
    bend.at_most(
        1, np.zeros(len(columns), np.intp), columns, coefficients, 0, len(members.left)
    )
