"""Tokens in place of ids: the same for the same key, without a trace of the id for anybody who does not hold
it; and a problem with its plan under tokens, without what may identify a person.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any, Literal, NoReturn, TypeVar, get_args

from matchkit.errors import Complaint, InputError, UnsupportedError
from matchkit.messages.message import Lang, Message, text_of
from matchkit.model import History, Problem
from matchkit.model.base import Record, collector_at_rest
from matchkit.model.fault import AN_ID, not_among, of_another_type
from matchkit.model.personal import AnyRecord, without_personal
from matchkit.model.rules import Rule
from matchkit.model.rules.base import LISTS
from matchkit.plan import (
    BlockCertificate,
    BlockCut,
    Certificate,
    FloorCertificate,
    FloorProof,
    Payment,
    Plan,
    StoredMessage,
)
from matchkit.plan.arguments import no_problem
from matchkit.solving.digest import digest
from matchkit.tables.formats.grid import Grid
from matchkit.verification.checks import Tallies, TallyEntry, verify

NumberedSide = Literal["resource", "unit", "community", "demand", "requirement", "rule"]
"""What an id is of. One text as the id of a resource and of a unit gives two tokens that nobody can link."""

Tokens = Mapping[str, str]

SHORTEST_KEY = 16
"""Fewest bytes of a key."""
BYTES = 10
"""Bytes of the digest that a token shows: 80 bits, so that among a million ids two meet once in a trillion
exports.
"""
_DOMAIN = b"matchkit pseudonym 1"
_LETTER: dict[NumberedSide, str] = {
    "resource": "R",
    "unit": "U",
    "community": "C",
    "demand": "D",
    "requirement": "Q",
    "rule": "L",
}


class Pseudonyms:
    """Tokens for ids by HMAC-SHA-256 under a key that the host keeps (RFC 2104, FIPS 198-1).

    A plain hash of an id or a telephone number is no pseudonym: all numbers of a country are tried within
    hours. Without the key there is nothing to try. The same key gives the same tokens in every run, so that
    exports can be compared; another key gives tokens that nobody can link with them. Draw it once
    (``secrets.token_bytes(32)``), keep it away from what is exported.

    Raises InputError for a key that is no bytes or has fewer than 16. The key is never shown, and never
    pickled.
    """

    __slots__ = ("__key",)

    def __init__(self, key: bytes) -> None:
        faults = of_another_type("key", key, bytes, Message("pseudonyms.key.do"))
        if not faults and len(key) < SHORTEST_KEY:
            faults = [
                Complaint.of(
                    "key", "pseudonyms.short", count=len(key), least=SHORTEST_KEY
                )
            ]
        InputError.raise_if(faults)
        self.__key = key

    def __repr__(self) -> str:
        return "Pseudonyms(key hidden)"

    def __reduce__(self) -> NoReturn:
        raise TypeError(
            "Pseudonyms hold a secret key and are not pickled; hand the key over by a safe way and "
            "make them again"
        )

    def token(self, side: NumberedSide, name: str) -> str:
        """The token of an id: a letter for its side, a hyphen and 16 letters and digits, such as
        ``R-AB2C...``.
        """
        if side not in get_args(NumberedSide):
            raise InputError(not_among("side", side, get_args(NumberedSide)))
        if not isinstance(name, str):
            raise InputError(of_another_type(side, name, str, AN_ID))
        # Lengths are fixed or fenced off by a zero byte, which no id can hold: no two questions give one
        # message.
        sealed = b"\0".join((_DOMAIN, side.encode(), name.encode()))
        digest = hmac.new(self.__key, sealed, hashlib.sha256).digest()
        return f"{_LETTER[side]}-{base64.b32encode(digest[:BYTES]).decode()}"

    def tokens(self, side: NumberedSide, names: Iterable[str]) -> dict[str, str]:
        """The token of every id. Raises InputError where two ids would get one token: then take another
        key.
        """
        found = {name: self.token(side, name) for name in names}
        if len(set(found.values())) < len(found):
            where = Message.of("pseudonyms.where", side=side)
            raise InputError.of(where, "pseudonyms.twice")
        return found

    def table(self, problem: Problem, lang: Lang = "en") -> Grid:
        """The way back, for those who hold the key: every resource's token beside its id, by token. Keep it
        as safe as the key.
        """
        if not isinstance(problem, Problem):
            raise InputError(no_problem(problem))
        found = self.tokens("resource", (resource.id for resource in problem.resources))
        rows: list[list[Any]] = [
            [text_of(f"ledger.column.{name}", lang) for name in ("token", "resource")]
        ]
        rows += sorted([token, name] for name, token in found.items())
        return Grid(text_of("ledger.sheet.tokens", lang), rows)


def no_pseudonyms(given: object) -> list[Complaint]:
    """One complaint where the argument is no Pseudonyms, else none."""
    return of_another_type("pseudonyms", given, Pseudonyms, Message("pseudonyms.do"))


@collector_at_rest()
def pseudonymize(
    problem: Problem, plan: Plan, pseudonyms: Pseudonyms
) -> tuple[Problem, Plan]:
    """A copy of both to show to others: the plan keeps its problem, and its proof holds, as before.

    *Covered.* Every id of a resource gets its token wherever it stands: resources, rules, locks, the previous
    plan, scores, rankings, nominations, history, assignments, prices, payments. Rules' own ids and the names
    that residents nominate by get tokens too, as they are free text. Personal fields are gone, and the order
    of all lists is that of the tokens. The digest is that of the new problem, and the reason for the engine,
    which may name records, is left out.

    *Not covered.* Ids and names of units, communities, demands and requirements, names of skills, kinds,
    categories and aims, and ``Problem.note``: write no person's name there. And what makes a resource one of
    a kind (its place, its times, a rare skill) stays, as the plan rests on it: whoever knows that of a person
    still finds the person. A pseudonymous copy is no anonymous one.

    Raises BrokenPlanError where the plan breaks its problem (no personal field is shown), InputError for what
    is no Problem, Plan or Pseudonyms, and UnsupportedError where a rule of choice made the plan: its turns
    follow from the ids.
    """
    InputError.raise_if(no_pseudonyms(pseudonyms))
    verify(problem, plan).raise_if_broken()
    if problem.objective.choice is not None:
        where = Message("where.objective")
        renamed = Complaint.of(where, "ranks.renamed")
        raise UnsupportedError([renamed], headline=Message("fault.ranks"))
    tokens = pseudonyms.tokens("resource", _named(problem))
    hidden = _problem(problem, tokens, pseudonyms)
    shown = _plan(plan, hidden, tokens)
    verify(
        hidden, shown
    ).raise_if_broken()  # a defect here must never pass for an answer
    return hidden, shown


Priced = TypeVar("Priced", Certificate, BlockCut, FloorProof)


def _renamed(
    records: Iterable[AnyRecord], tokens: Tokens, field: str, *then: str
) -> tuple[AnyRecord, ...]:
    """The records with tokens of the resources that a field names, in the order of that field and others."""
    copies = (
        record.model_copy(update={field: tokens[getattr(record, field)]})
        for record in records
    )
    return tuple(sorted(copies, key=attrgetter(field, *then)))


def _problem(problem: Problem, tokens: Tokens, pseudonyms: Pseudonyms) -> Problem:
    bare = without_personal(problem)
    rules = [_rule(rule, tokens, pseudonyms) for rule in bare.rules]
    history = [_past(tokens, one) for one in bare.history]
    return bare.model_copy(
        update={
            "resources": _renamed(bare.resources, tokens, "id"),
            "previous": _renamed(bare.previous, tokens, "resource", "requirement"),
            "reference": _renamed(bare.reference, tokens, "resource", "requirement"),
            "scores": _renamed(bare.scores, tokens, "resource"),
            "history": tuple(sorted(history, key=lambda one: one.model_dump_json())),
            "rules": tuple(sorted(rules, key=lambda rule: rule.model_dump_json())),
            **_ranks(bare, tokens, pseudonyms),
        }
    )


def _ranks(
    bare: Problem, tokens: Tokens, pseudonyms: Pseudonyms
) -> dict[str, tuple[Record, ...]]:
    """Rankings and nominations with tokens of resources, and of whatever name residents signed by."""
    rankings = []
    for one in bare.rankings:
        moved: dict[str, object] = {}
        if one.by == "resource":
            moved["id"] = tokens[one.id]
        if one.of == "resources":
            pairs = zip((tokens[name] for name in one.ids), one.ranks, strict=True)
            both = sorted(pairs)
            moved |= {
                "ids": tuple(name for name, _ in both),
                "ranks": tuple(rank for _, rank in both),
            }
        rankings.append(one.model_copy(update=moved))
    nominations = []
    for nomination in bare.nominations:
        moved = {"person": tokens[nomination.person]}
        if nomination.channel == "self" and nomination.by is not None:
            moved["by"] = tokens[nomination.by]
        elif nomination.channel == "residents" and nomination.by is not None:
            moved["by"] = pseudonyms.token("resource", nomination.by)
        nominations.append(nomination.model_copy(update=moved))
    return {
        "rankings": tuple(sorted(rankings, key=lambda one: (one.by, one.id, one.of))),
        "nominations": tuple(
            sorted(nominations, key=lambda one: one.model_dump_json())
        ),
    }


def _named(problem: Problem) -> set[str]:
    """The ids of resources, also of those who are in the history or the reference plan alone."""
    past = {one.resource for one in problem.history if one.resource is not None}
    past |= {one.resource for one in problem.reference}
    return {resource.id for resource in problem.resources} | past


def _past(tokens: Tokens, one: History) -> History:
    if one.resource is None:
        return one
    return one.model_copy(update={"resource": tokens[one.resource]})


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


def _without_ids(priced: Priced, tokens: Tokens) -> Priced:
    resources: tuple[Record, ...] = _renamed(priced.resources, tokens, "id")
    return priced.model_copy(update={"resources": resources})


def _of_pairs(proof: FloorProof, tokens: Tokens) -> FloorProof:
    pairs = _renamed(proof.pairs, tokens, "resource", "requirement")
    return proof.model_copy(update={"pairs": pairs})


def _plan(plan: Plan, hidden: Problem, tokens: Tokens) -> Plan:
    assignments = _renamed(plan.assignments, tokens, "resource", "requirement")
    proof = plan.certificate
    if isinstance(proof, BlockCertificate):
        cuts = tuple(_without_ids(cut, tokens) for cut in proof.cuts)
        proof = proof.model_copy(update={"cuts": cuts})
    elif isinstance(proof, FloorCertificate):
        floors = {
            name: _of_pairs(_without_ids(one, tokens), tokens)
            for name in ("worst", "total")
            if (one := getattr(proof, name)) is not None
        }
        proof = proof.model_copy(update=floors)
    elif proof is not None:
        proof = _without_ids(proof, tokens)
    left_out = Message.of("engine.reason.left_out", engine=plan.outcome.engine)
    reason = StoredMessage.of(left_out)
    payments: tuple[Payment, ...] = ()
    if plan.payments:
        # Reckoned anew by what checks plans: a label may stand for several rules, and tells only some of the
        # resources it names.
        entries = (
            TallyEntry(a.resource, a.requirement, a.quantity, a.start)
            for a in assignments
        )
        payments = Tallies(hidden).of(entries).payments
    update: dict[str, object] = {"digest": digest(hidden), "reason": reason}
    if plan.outcome.chosen is not None:
        pairs = plan.outcome.chosen.pairs
        blocking = _renamed(pairs, tokens, "resource", "requirement")
        update["chosen"] = plan.outcome.chosen.model_copy(update={"pairs": blocking})
    return plan.model_copy(
        update={
            "assignments": assignments,
            "payments": payments,
            "outcome": plan.outcome.model_copy(update=update),
            "certificate": proof,
        }
    )
