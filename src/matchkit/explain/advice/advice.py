"""What is asked most, in one answer: whom to recruit, who adds what, and who is idle for want of what."""

from __future__ import annotations

from matchkit.answers.advice import Advice
from matchkit.deadline import Deadline
from matchkit.explain.advice.contributions import contributed
from matchkit.explain.advice.idle import idle_of
from matchkit.explain.advice.recruit import recruited
from matchkit.explain.advice.trial import AdviceTrials, checked
from matchkit.model import Problem
from matchkit.plan import Plan


def advice(
    problem: Problem,
    plan: Plan,
    *,
    top: int = 10,
    verified: int = 3,
    time_limit: float | None = None,
) -> Advice:
    """What would help the plan, who helps it, and who could: ``recruit``, ``contributions`` and ``idle`` in
    one answer.

    ``top`` profiles are listed; ``verified`` of them, of the resources and of the units are solved, within
    ``time_limit`` seconds (None: no limit) for all solves together; what else there is to work out takes
    seconds.

    Raises InputError for wrong arguments, and where the plan is none of this problem; UnsupportedError where
    coverage or loads are goals.
    """
    checked(problem, plan, top=top, verified=verified, time_limit=time_limit)
    trials = AdviceTrials(problem, plan)
    idle = idle_of(trials.given)
    half = None if time_limit is None else time_limit / 2
    recruits = recruited(_within(trials, half), top, verified)
    return Advice(
        recruit=recruits,
        contributions=contributed(_within(trials, half), verified),
        idle=idle,
    )


def _within(trials: AdviceTrials, seconds: float | None) -> AdviceTrials:
    trials.deadline = Deadline.within(seconds)
    return trials
