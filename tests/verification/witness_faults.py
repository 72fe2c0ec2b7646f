"""What the check of causes finds wrong, by the keys of its messages."""

from __future__ import annotations

from typing import Any

from lacking import Lacking

import matchkit.model as m
from matchkit.answers.shortages import Shortage
from matchkit.plan import Plan
from matchkit.verification.witness import check_witness


def faults(problem: m.Problem, plan: Plan, shortage: Shortage) -> list[str]:
    """The keys of everything that is wrong."""
    return [
        violation.message.key
        for violation in check_witness(problem, plan, shortage).violations
    ]


def edited(given: Lacking, **fields: Any) -> list[str]:
    """What is wrong with the case's shortage with fields of its witness changed."""
    witness = given.shortage.witness.model_copy(update=fields)
    return faults(
        given.problem,
        given.plan,
        given.shortage.model_copy(update={"witness": witness}),
    )
