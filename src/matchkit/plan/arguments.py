"""Arguments of several functions: problems, plans, ids, whole numbers and seconds."""

from __future__ import annotations

from matchkit.arguments import is_number, is_whole
from matchkit.errors import Complaint
from matchkit.model import Problem
from matchkit.model.fault import A_PLAN, A_PROBLEM, AN_ID, of_another_type
from matchkit.plan.plan import Plan


def no_problem(given: object, name: str = "problem") -> list[Complaint]:
    """One complaint where the argument is no problem, else none."""
    return of_another_type(name, given, Problem, A_PROBLEM)


def no_plan(given: object, name: str = "plan") -> list[Complaint]:
    """One complaint where the argument is no plan, else none."""
    return of_another_type(name, given, Plan, A_PLAN)


def no_id(name: str, given: object) -> list[Complaint]:
    """One complaint where the argument of this name is no text, else none."""
    return of_another_type(name, given, str, AN_ID)


def no_whole(name: str, given: object, least: int, most: int) -> list[Complaint]:
    """One complaint, of the option of this name, where the argument is no whole number from ``least`` to
    ``most``, else none.
    """
    if is_whole(given, least, most):
        return []
    return [
        Complaint.of(name, "argument.whole", f"option.{name}", least=least, most=most)
    ]


def no_seconds(given: object, do: str = "option.seconds") -> list[Complaint]:
    """One complaint where ``time_limit`` is neither None nor seconds above 0 and up to 1e9, else none."""
    if given is None or (is_number(given, 0, 10**9) and given > 0):
        return []
    return [Complaint.of("time_limit", "option.seconds", do)]
