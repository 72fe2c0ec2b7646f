"""Rule ``all_or_nothing``: a demand is served by nobody, or each of its requirements gets at least its
minimum.
"""

from __future__ import annotations

import numpy as np

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.team import at_least_if_served
from matchkit.model.rules import AllOrNothing


def rows(rule: AllOrNothing, scope: PairVariables, bend: Slack) -> None:
    """Each requirement has its minimum where the demand is served; the amount is what they lack."""
    facts, demand = scope.facts, scope.facts.demand_number[rule.demand]
    pairs = scope.of_demand(demand)
    if len(pairs) == 0:
        return
    for number, name in enumerate(facts.requirement_ids):
        place = facts.lists.right[name]
        if facts.demand[place] == demand:
            mine = pairs[facts.requirement[scope.right[pairs]] == number]
            least = facts.lists.slots[place].requirement.minimum
            at_least_if_served(scope, bend, demand, mine, np.ones(len(mine), np.int64), least)
