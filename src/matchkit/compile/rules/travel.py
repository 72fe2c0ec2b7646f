"""Rule ``travel``: the time of the way between two on-site demands of a resource."""

from __future__ import annotations

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.rest import too_close
from matchkit.model.rules import Travel


def rows(rule: Travel, scope: PairVariables, bend: Slack) -> None:
    """The amount is the number of pairs of demands between which the time is too short for the way."""
    facts = scope.facts
    too_close(scope, bend, facts.in_scope(rule), lambda: facts.out_of_reach(rule.kmh))
