"""Rules over many pairs, and the rows of each kind over the pairs' quantities.

docs/rules.md defines every amount. A new kind of rule is one function in one of these modules, named as the
kind; the rows of ``least`` have one of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matchkit.compile.rules import (
    groups,
    least,
    pairs,
    rosters,
    set_asides,
    teams,
    times,
)
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import KINDS

_FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: function
    for module in (groups, least, pairs, rosters, set_asides, teams, times)
    for name, function in vars(module).items()
    if getattr(function, "__module__", None) == module.__name__
}

RULES: dict[str, Callable[[Any, PairVariables, Slack], None]] = {
    kind: _FUNCTIONS[kind] for kind in KINDS
}
"""By kind of rule, what makes its rows."""
EXCLUDED = {
    kind: _FUNCTIONS[f"excluded_{kind}"]
    for kind in KINDS
    if f"excluded_{kind}" in _FUNCTIONS
}
"""By kind, of some kinds, what yields a complaint for each contradiction between one hard rule of it and what
the eligible pairs of a problem can give: called with the rule and the ``IntegerModel``.
"""
