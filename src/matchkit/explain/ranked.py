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
        where, fact = Message("where.objective"), Message("ranks.explained")
        found = [Complaint(where, fact, Message("ranks.explained.do"))]
        raise UnsupportedError(found, Message("fault.ranks"))
