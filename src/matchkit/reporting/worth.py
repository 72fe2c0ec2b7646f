"""What prices say: whom to recruit, one by one and by skill."""

from __future__ import annotations

from dataclasses import dataclass

from matchkit.answers.advice import Recruits
from matchkit.answers.effects import GoalChange
from matchkit.deadline import Deadline
from matchkit.explain.advice.recruit import recruit
from matchkit.model import Resource
from matchkit.plan import Certificate
from matchkit.reporting.facts import Facts

SHOWN, WEIGHED, TRIED = 5, 1_000_000, 3
"""So many are told one by one; so many counted by skill; so many tried by solving, where prices do not weigh
them.
"""
LEAST = 0.5
"""Seconds that are spent on solving, however late it is."""

Asked = tuple[str, tuple[tuple[str, int], ...]]
"""A kind, and skills at their levels."""


@dataclass(frozen=True, slots=True)
class SkillWorth:
    """What a kind with these skills is worth: how many requirements that ask for it one more would help, and
    the most it adds.
    """

    asked: Asked
    helped: int
    most: tuple[GoalChange, ...]


@dataclass(frozen=True, slots=True)
class Worth:
    """Whom to recruit: None where the plan has no prices. ``exact`` where prices weigh every profile."""

    recruits: Recruits | None
    by_skill: list[SkillWorth]
    exact: bool


def worth(facts: Facts, deadline: Deadline, *, searched: bool) -> Worth:
    """What the prices of the plan say; in problems that no flow expresses, some profiles are solved instead,
    until ``deadline``, if they are to be ``searched``.
    """
    certificate = facts.plan.certificate
    exact = isinstance(certificate, Certificate)
    if certificate is None or not (exact or searched):
        return Worth(None, [], exact=False)
    left = deadline.left()
    found = recruit(
        facts.problem,
        facts.plan,
        top=WEIGHED if exact else TRIED,
        verified=0 if exact else TRIED,
        time_limit=None if left is None else max(left, LEAST),
    )
    helped: dict[Asked, list[tuple[GoalChange, ...]]] = {}
    for entry in found.recruits if exact else ():
        helped.setdefault(_asked(entry.change.resource), []).append(entry.goals)
    return Worth(
        found,
        [SkillWorth(asked, len(gains), gains[0]) for asked, gains in helped.items()],
        exact,
    )


def _asked(resource: Resource) -> Asked:
    return resource.kind, tuple((held.skill, held.level) for held in resource.skills)
