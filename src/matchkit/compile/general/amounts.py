"""By how much given quantities break rules, hard and soft alike, read off the rows that the search is
given.
"""

from __future__ import annotations

from collections.abc import Sequence

from matchkit.compile.general.builder import Slack
from matchkit.compile.general.constraint_data import ConstraintData
from matchkit.compile.general.integer_model import RULES
from matchkit.compile.general.pair_variables import PairVariables
from matchkit.compile.ragged import Place
from matchkit.engines.cpsat import Model
from matchkit.errors import EngineError
from matchkit.graph.candidates import Whole
from matchkit.messages.message import Message
from matchkit.model import Soft
from matchkit.model.rules import RuleRecord

_BENDS = Soft(price=0)


def amounts_of(
    facts: ConstraintData, rules: Sequence[RuleRecord], left: Place, right: Place, quantity: Whole
) -> list[int]:
    """The amount of every rule (docs/rules.md) for pairs of resources and slots, ascending by both, that
    carry at least 1 each.

    Nothing is asked of the pairs themselves: they may overlap, or be more than there is.
    """
    scope = PairVariables(facts, left, right, quantity, quantity, apart=False)
    columns = []
    for rule in rules:
        bend = Slack(rule.model_copy(update={"soft": _BENDS}), scope.builder)
        RULES[str(getattr(rule, "rule", ""))](rule, scope, bend)
        columns.append(bend.all())
    if not any(len(amount) for amount in columns):
        return [0] * len(columns)
    program = scope.builder.program()
    for amount in columns:
        program.gain[amount] = -1
    found = Model(program).solve()
    if found.status != "optimal" or found.value is None:
        raise EngineError(Message("defect.amounts"))
    return [int(found.value[amount].sum()) for amount in columns]
