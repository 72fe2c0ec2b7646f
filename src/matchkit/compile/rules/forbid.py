"""Rule ``forbid``, where it is soft: quantity on the pair. (A hard one leaves the pair out:
eligibility/forbid.py.)
"""

from __future__ import annotations

from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.compile.rules.unit_cap import beyond
from matchkit.model.rules import Forbid


def rows(rule: Forbid, scope: PairVariables, bend: Slack) -> None:
    """The pair carries nothing, or the amount is what it carries."""
    beyond(scope.named(rule.resource, rule.requirement), 0, scope, bend)
