"""What answers about best plans say of a plan that ranks choose: nothing."""

from __future__ import annotations

from matchkit.errors import Complaint, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Problem


def refuse_ranked(problem: Problem) -> None:
    """Raises UnsupportedError where ranks choose the plan: what a change would bring, or why a pair is in the
    plan, does not follow from the goals then.
    """
    if problem.objective.chooses:
        where = Message("where.objective")
        found = [Complaint.of(where, "ranks.explained")]
        raise UnsupportedError(found, headline=Message("fault.ranks"))
