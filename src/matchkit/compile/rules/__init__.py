"""Rules over many pairs, and the rows of each kind over the pairs' quantities.

docs/rules.md defines every amount. A new kind of rule is one function in one of these modules, named as the
kind.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matchkit.compile.rules import groups, least, pairs, teams, times
from matchkit.compile.rules.pair_variables import PairVariables, Slack
from matchkit.model.rules import KINDS


def _functions(prefix: str) -> dict[str, Callable[..., Any]]:
    """By kind of rule, the function of that name after a prefix, of the kinds that have one."""
    return {
        kind: vars(module)[prefix + kind]
        for module in (groups, least, pairs, teams, times)
        for kind in KINDS
        if prefix + kind in vars(module)
    }


RULES: dict[str, Callable[[Any, PairVariables, Slack], None]] = _functions("")
"""By kind of rule, what makes its rows."""
EXCLUDED = _functions("excluded_")
"""By kind, of some kinds, what yields a complaint for each contradiction between one hard rule of it and what
the eligible pairs of a problem can give: called with the rule and the ``IntegerModel``.
"""
