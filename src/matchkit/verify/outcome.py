"""What a plan says about itself: goals, value, bound, gap and status.

The gap of a plan is 0.0 where its values equal the bound in every goal; otherwise it is
``(bound - value) / max(1, abs(bound))`` in the first goal where they differ (a number without unit, as Python divides
whole numbers: correctly rounded). Where no bound was proved it is None.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf, isclose

from matchkit.verify.case import Case, Finding
from matchkit.verify.goals import Vector
from matchkit.verify.report import number, vector

_SHOWN = 41
"""Most bounds that a message shows: two goals for each of 20 tiers and the weight. Plans come from outside."""


def gap_between(values: Vector, bound: Vector) -> float:
    """The gap as this module defines it; infinite where no float can hold it."""
    for value, most in zip(values, bound, strict=True):
        if value != most:
            try:
                return (most - value) / max(1, abs(most))
            except OverflowError:
                return inf
    return 0.0


def _bound(case: Case) -> Vector | None:
    """The certificate's bound, where there is one number a goal."""
    proof = case.plan.certificate
    return proof.bound if proof is not None and len(proof.bound) == len(case.values) else None


def goals(case: Case) -> Iterator[Finding]:
    """The outcome lists the goals of the problem in order, each with what the plan reaches."""
    stated, names = case.plan.outcome.goals, case.goals.names
    if len(stated) != len(names):
        yield (), f"{number(len(stated))} goals are listed, the problem has {len(names)}: {', '.join(names)}"
        return
    for place, (goal, name, value) in enumerate(zip(stated, names, case.values, strict=True), 1):
        if goal.name != name:  # the stated name is free text from outside: it is not repeated
            yield (), f"goal {place} has another name than {name}"
        if goal.value != value:
            yield (), f"goal {name} states {number(goal.value)}, the plan reaches {number(value)}"


def value(case: Case) -> Iterator[Finding]:
    """The value is the plan's weight."""
    stated, right = case.plan.outcome.value, case.values[-1]
    if stated != right:
        yield (), f"the value is stated as {number(stated)}, the assignments are worth {number(right)}"


def bound(case: Case) -> Iterator[Finding]:
    """Bounds are those of the certificate, and no plan's goals pass them (lexicographically).

    The certificate's bound is true as a vector, so a goal states its number only while every goal before it is at its
    bound: up to and including the first that differs. Later goals state none, nor does any without a certificate.
    """
    outcome, proof = case.plan.outcome, case.plan.certificate
    stated = tuple(goal.bound for goal in outcome.goals)
    if proof is None:
        if outcome.bound is not None or any(most is not None for most in stated):
            yield (), "a bound is stated without a certificate that proves it"
        return
    proved = _bound(case)
    if proved is None:
        return  # the check of the certificate reports it
    right: list[int | None] = []
    reached = True
    for value, most in zip(case.values, proved, strict=True):
        right.append(most if reached else None)
        reached = reached and value == most
    if stated != tuple(right):
        yield (), f"the goals state the bounds {_listed(stated)}, values and certificate give {_listed(right)}"
    if outcome.bound != right[-1]:
        yield (), f"the bound is stated as {_maybe(outcome.bound)}, values and certificate give {_maybe(right[-1])} for the last goal"
    if case.values > proved:
        yield (), f"the plan reaches {vector(case.values)}, more than the bound {vector(proved)}"


def gap(case: Case) -> Iterator[Finding]:
    """The gap follows from values and bound; there is none without a certificate."""
    stated = case.plan.outcome.gap
    if case.plan.certificate is None:
        if stated is not None:
            yield (), f"the gap is stated as {stated}, but there is no certificate to prove a bound"
        return
    proved = _bound(case)
    if proved is None or case.values > proved:
        return  # the checks of certificate and bound report it
    right = gap_between(case.values, proved)
    if stated is None or not isclose(stated, right, rel_tol=1e-12):
        yield (), f"the gap is stated as {stated}, values and bound give {right}"


def status(case: Case) -> Iterator[Finding]:
    """A plan is called optimal, and solving is said to have proved it, exactly where a certificate's bound equals its goals."""
    outcome, proved = case.plan.outcome, _bound(case)
    optimal = proved is not None and proved == case.values
    if outcome.status == "optimal" and not optimal:
        why = "there is no certificate" if case.plan.certificate is None else "the certificate's bound is not what the plan reaches"
        yield (), f"the plan is called optimal, but {why}"
    elif outcome.status == "feasible" and optimal:
        yield (), "the plan is called feasible only, but it reaches the bound of its certificate"
    if (outcome.stopped == "proved") != (outcome.status == "optimal"):
        yield (), f"the status {outcome.status} contradicts that solving stopped with {outcome.stopped}"


def _listed(amounts: Sequence[int | None]) -> str:
    shown = ", ".join(_maybe(amount) for amount in amounts[:_SHOWN])
    return f"({shown}{', ...' if len(amounts) > _SHOWN else ''})"


def _maybe(amount: int | None) -> str:
    return "absent" if amount is None else number(amount)
