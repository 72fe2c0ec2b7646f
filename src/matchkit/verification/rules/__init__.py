"""The rule records: by how much a plan breaks each one, and what follows from that.

docs/rules.md defines every amount. A new kind of rule is one function in one of these modules, named as the
kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matchkit.model import Rule
from matchkit.model.rules import KINDS
from matchkit.verification.report import Amount, fact
from matchkit.verification.rules import groups, pairs, rosters, set_asides, teams, times
from matchkit.verification.served import Served
from matchkit.verification.windows import UncountedError

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: function
    for module in (groups, pairs, rosters, set_asides, teams, times)
    for name, function in vars(module).items()
    if getattr(function, "__module__", None) == module.__name__
}

AMOUNTS: dict[str, Callable[[Served, Any], Amount]] = {
    kind: _FUNCTIONS[kind] for kind in KINDS
}
"""For every kind of rule, by how much chosen pairs break one record of it."""


def amount_of(served: Served, rule: Rule) -> Amount:
    """By how much the rule is broken; -1 where it is so much that counting would take too long."""
    try:
        return AMOUNTS[rule.rule](served, rule)
    except UncountedError as error:
        return Amount(-1, (), fact("uncounted", demands=error.demands))
