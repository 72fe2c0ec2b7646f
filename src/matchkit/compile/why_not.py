"""Every reason why a pair is not eligible."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from matchkit.answers.reasons import Reason
from matchkit.compile.eligibility import against
from matchkit.compile.numbering import Numbering
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.fault import A_PROBLEM, AN_ID, of_another_type

SEARCHED = 20_000
"""Among more ids than this, none that is near is looked for: it would take seconds."""


def unknown(what: str, wanted: str, ids: Iterable[str]) -> Complaint:
    """What is wrong with an id that is not among those of the problem, with the ids that come near."""
    known = sorted(ids)
    near = (
        get_close_matches(wanted, known, 3)
        if len(known) <= SEARCHED and len(wanted) <= 200
        else []
    )
    shown = wanted.isprintable() and 0 < len(wanted) <= 200
    where = Message.of(f"where.{what}", id=wanted) if shown else Message(f"unknown.{what}")
    advice = Message("unknown.none.do")
    if near:
        advice = Message.of("unknown.near.do", near=tuple(near))
    elif known:
        advice = Message.of("unknown.do", known=(*known[:5], *["..."][: len(known) > 5]))
    return Complaint(where, Message("unknown"), advice)


def not_in_problem(what: str, name: str) -> Complaint:
    """What is wrong with a plan that names an id which its problem does not have."""
    where = Message.of(f"where.{what}", id=name)
    return Complaint(where, Message("plan.not_in_problem"), Message("plan.not_in_problem.do"))


def why_ineligible(problem: Problem, resource: str, requirement: str) -> tuple[Reason, ...]:
    """Every rule that the pair of these ids fails, with the values compared; empty where the pair is
    eligible.

    Raises InputError where an id is unknown, with the ids that come near, and where an argument is of another
    type.
    """
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM)
    for name, given in (("resource", resource), ("requirement", requirement)):
        wrong += of_another_type(name, given, str, AN_ID)
    if wrong:
        raise InputError(wrong)
    lists = Numbering(problem)
    strange = [
        unknown(what, wanted, known)
        for what, wanted, known in (
            ("resource", resource, lists.left),
            ("requirement", requirement, lists.right),
        )
        if wanted not in known
    ]
    if strange:
        raise InputError(strange)
    return against(lists, lists.resources[lists.left[resource]], requirement)
