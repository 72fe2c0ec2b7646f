"""The rule records: by how much a plan breaks each one, and what follows from that.

docs/rules.md defines every amount. A new kind of rule is one function here, named as the kind, and its line
in AMOUNTS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matchkit.model import Rule
from matchkit.verification.closeness import UncountedError
from matchkit.verification.rules import groups, pairs, teams, times
from matchkit.verification.rules.amount import KEPT, Amount
from matchkit.verification.served import Served

AMOUNTS: dict[str, Callable[[Served, Any], Amount]] = {
    function.__name__: function
    for function in (
        pairs.forbid,
        pairs.lock,
        pairs.max_distance,
        pairs.unit_cap,
        pairs.community_cap,
        pairs.reserve_share,
        times.hours_budget,
        times.count_budget,
        times.longest_run,
        times.rest,
        times.travel,
        teams.team,
        teams.cover,
        teams.trainees,
        teams.units_represented,
        teams.local_member,
        teams.all_or_nothing,
        groups.unit_share,
        groups.keep_together,
        groups.keep_apart,
        groups.choose_at_most,
    )
}
"""For every kind of rule, by how much chosen pairs break one record of it."""


def amount_of(served: Served, rule: Rule) -> Amount:
    """By how much the rule is broken. Raises UncountedError where counting would take too long."""
    return AMOUNTS[rule.rule](served, rule)


__all__ = ["AMOUNTS", "KEPT", "Amount", "UncountedError", "amount_of"]
