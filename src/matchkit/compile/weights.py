"""Eligible pairs with their weights: what each term of the objective gives a pair."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from matchkit.compile.candidates import Amounts, ProblemCandidates, Spent, Weighted
from matchkit.compile.eligibility.forbid import SparsePairs
from matchkit.compile.eligible import Eligible
from matchkit.compile.numbering import Numbering
from matchkit.compile.terms.distance import Distance
from matchkit.compile.terms.familiarity import Familiarity
from matchkit.compile.terms.importance import Importance
from matchkit.compile.terms.preference import Preference
from matchkit.compile.terms.previous import Previous
from matchkit.compile.terms.score import Score
from matchkit.compile.terms.skill_fit import KnownFit
from matchkit.graph.candidates import Whole


def candidates_of(
    lists: Numbering,
    eligible: Eligible,
    taken: Mapping[tuple[int, int], int],
    capacity: Whole,
    wanted: Whole,
    left: Whole,
    right: Whole,
) -> ProblemCandidates:
    """Eligible pairs with their weights. ``capacity`` and ``wanted`` are before the locks ``taken``, ``left``
    and ``right`` after.
    """
    objective = lists.problem.objective
    preference, familiarity = Preference(lists), Familiarity(lists)
    terms = (
        Weighted("importance", objective.importance, Importance(lists)),
        Weighted("skill_fit", objective.skill_fit, KnownFit(eligible.meetings.fit_range())),
        Weighted("distance", objective.distance, Distance(eligible.distances)),
        Weighted("preference", objective.preference, preference),
        Weighted("familiarity", objective.familiarity, familiarity),
        Weighted("previous", objective.previous, Previous(lists)),
        Weighted("score", objective.score, Score(lists)),
    )
    left_over = {
        pair: lists.own_capacity(lists.resources[pair[0]], lists.slots[pair[1]]) - quantity
        for pair, quantity in taken.items()
    }
    amounts = Amounts(
        divisible=np.array([lists.lexicon.is_divisible(resource) for resource in lists.resources], np.bool_),
        capacity=capacity,
        wanted=wanted,
        reduced=SparsePairs(len(wanted), (pair for pair, rest in left_over.items() if rest > 0)),
        left_over=np.array([rest for rest in left_over.values() if rest > 0], np.int64),
    )
    used_up = SparsePairs(len(wanted), (pair for pair, rest in left_over.items() if rest == 0))
    return ProblemCandidates(
        eligible,
        terms,
        amounts,
        Spent(used_up, left == 0, right == 0),
        max(preference.labels, familiarity.labels),
    )
