"""A problem and its plan with tokens in place of resources' ids, and without what may identify a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from matchkit.errors import InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.model.personal import without_personal
from matchkit.model.rules import Rule
from matchkit.model.rules.base import LISTS
from matchkit.plan import Assignment, BlockPrice, Payment, Plan, Price, StoredMessage
from matchkit.solving.digest import digest
from matchkit.tables.export.pseudonyms import Pseudonyms, no_pseudonyms
from matchkit.verification.checks import Tallies, TallyEntry, verify

Tokens = Mapping[str, str]
AnyPrice = TypeVar("AnyPrice", Price, BlockPrice)


@collector_at_rest()
def pseudonymize(problem: Problem, plan: Plan, pseudonyms: Pseudonyms) -> tuple[Problem, Plan]:
    """A copy of both to show to others: the plan keeps its problem, and its proof holds, as before.

    *Covered.* Every id of a resource gets its token wherever it stands: resources, rules, locks, the previous
    plan, scores, assignments, prices, payments. Rules' own ids get tokens too, as they are free text.
    Personal fields are gone, and the order of all lists is that of the tokens. The digest is that of the new
    problem, and the reason for the engine, which may name records, is left out.

    *Not covered.* Ids and names of units, communities, demands and requirements, names of skills, kinds,
    categories and aims, and ``Problem.note``: write no person's name there. And what makes a resource one of
    a kind (its place, its times, a rare skill) stays, as the plan rests on it: whoever knows that of a person
    still finds the person. A pseudonymous copy is no anonymous one.

    Raises BrokenPlanError where the plan breaks its problem (no personal field is shown), InputError for what
    is no Problem, Plan or Pseudonyms.
    """
    if wrong := no_pseudonyms(pseudonyms):
        raise InputError(wrong)
    verify(problem, plan).raise_if_broken()
    tokens = pseudonyms.tokens("resource", (resource.id for resource in problem.resources))
    hidden = _problem(problem, tokens, pseudonyms)
    shown = _plan(plan, hidden, tokens)
    verify(hidden, shown).raise_if_broken()  # a defect here must never pass for an answer
    return hidden, shown


def _problem(problem: Problem, tokens: Tokens, pseudonyms: Pseudonyms) -> Problem:
    bare = without_personal(problem)
    resources = [
        record.model_copy(update={"id": tokens[record.id]}) for record in bare.resources
    ]
    pairs = [
        pair.model_copy(update={"resource": tokens[pair.resource]}) for pair in bare.previous
    ]
    scores = [
        record.model_copy(update={"resource": tokens[record.resource]})
        for record in bare.scores
    ]
    rules = [_rule(rule, tokens, pseudonyms) for rule in bare.rules]
    return bare.model_copy(
        update={
            "resources": tuple(sorted(resources, key=lambda record: record.id)),
            "previous": tuple(
                sorted(pairs, key=lambda pair: (pair.resource, pair.requirement))
            ),
            "scores": tuple(sorted(scores, key=lambda record: record.resource)),
            "rules": tuple(sorted(rules, key=lambda rule: rule.model_dump_json())),
        }
    )


def _rule(rule: Rule, tokens: Tokens, pseudonyms: Pseudonyms) -> Rule:
    moved: dict[str, object] = {}
    if rule.id is not None:
        moved["id"] = pseudonyms.token("rule", rule.id)
    one: str | None = getattr(rule, "resource", None)
    if one is not None:
        moved["resource"] = tokens[one]
    for field in rule.lists():
        if LISTS[field] == "resource":
            moved[field] = tuple(sorted(tokens[name] for name in getattr(rule, field)))
    return rule.model_copy(update=moved)


def _plan(plan: Plan, hidden: Problem, tokens: Tokens) -> Plan:
    assignments = sorted(
        (
            entry.model_copy(update={"resource": tokens[entry.resource]})
            for entry in plan.assignments
        ),
        key=lambda entry: (entry.resource, entry.requirement),
    )
    proof = plan.certificate
    if proof is not None:
        proof = proof.model_copy(update={"resources": _prices(proof.resources, tokens)})
    left_out = Message.of("engine.reason.left_out", engine=plan.outcome.engine)
    reason = StoredMessage.of(left_out)
    outcome = plan.outcome.model_copy(update={"digest": digest(hidden), "reason": reason})
    return plan.model_copy(
        update={
            "assignments": tuple(assignments),
            "payments": _payments(plan, hidden, assignments),
            "outcome": outcome,
            "certificate": proof,
        }
    )


def _prices(prices: tuple[AnyPrice, ...], tokens: Tokens) -> tuple[AnyPrice, ...]:
    return tuple(
        sorted(
            (price.model_copy(update={"id": tokens[price.id]}) for price in prices),
            key=lambda price: price.id,
        )
    )


def _payments(
    plan: Plan, hidden: Problem, assignments: list[Assignment]
) -> tuple[Payment, ...]:
    """Reckoned anew by what checks plans: a label may stand for several rules, and tells only some of the
    resources it names.
    """
    if not plan.payments:
        return ()
    entries = (
        TallyEntry(entry.resource, entry.requirement, entry.quantity, entry.start)
        for entry in assignments
    )
    return Tallies(hidden).of(entries).payments
