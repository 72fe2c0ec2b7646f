"""Sections of the page that take explaining or solving: how slots are shared and what proves it, shortages
with causes and repairs, and whom to recruit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from matchkit.answers.advice import Recruits
from matchkit.answers.causes import CAUSES
from matchkit.answers.effects import GoalChange
from matchkit.answers.fairness import Fairness
from matchkit.answers.hall_chain import HallChain
from matchkit.answers.repairs import Repairs
from matchkit.answers.shortages import Shortage
from matchkit.answers.why_below import WhyBelow
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError
from matchkit.explain.advice.recruit import recruit
from matchkit.explain.explainer import Explainer
from matchkit.model import Resource
from matchkit.plan import Certificate
from matchkit.reporting.facts import Facts

SHORTEST = 0.1
"""Seconds below which no search for repairs is begun."""
LOWEST = 3
"""Communities of the lowest coverage of which the page says why."""
SHOWN = 5
"""Recruits that are listed one by one."""
PRICED, SOLVED = 1_000_000, 3
"""Most profiles that prices rate; profiles that are solved where there are no prices of pairs."""
LEAST = 0.5
"""Seconds given to these solves even after the deadline."""

KindAndSkills = tuple[str, tuple[tuple[str, int], ...]]
"""A kind of resource, and skills with their levels."""


@dataclass(frozen=True, slots=True)
class DemandRepairs:
    """Ways to fill one demand; None where no time was left to search."""

    demand: str
    found: Repairs | None


@dataclass(frozen=True, slots=True)
class ShortageSection:
    """Every shortage, missing slots by cause, and repairs of the first demands."""

    shortages: list[Shortage]
    by_cause: dict[str, int]
    repairs: list[DemandRepairs]


def shortage_section(
    facts: Facts, explainer: Explainer, repairs: int, deadline: Deadline
) -> ShortageSection:
    """All shortages of a plan, and repairs of ``repairs`` demands, each with an equal share of the time left:
    the first by tier, then by slots missing below a minimum, then by slots missing.
    """
    shortages = list(explainer.shortages().whole())
    counts = Counter[str]()
    for shortage in shortages:
        counts[shortage.cause] += shortage.missing
    worst = sorted(
        facts.plan.shortfalls,
        key=lambda entry: (
            entry.tier,
            -entry.below_minimum,
            -entry.missing,
            entry.requirement,
        ),
    )
    demands = list(dict.fromkeys(entry.demand for entry in worst))[:repairs]
    if facts.problem.objective.chooses:
        demands = []  # a repair is a change that makes the best plan better
    tried = []
    for number, demand in enumerate(demands):
        left = deadline.left()
        share = None if left is None else left / (len(demands) - number)
        late = share is not None and share < SHORTEST
        found = None if late else explainer.repairs(demand, most=2, time_limit=share)
        tried.append(DemandRepairs(demand, found))
    return ShortageSection(
        shortages, {cause: counts[cause] for cause in CAUSES if counts[cause]}, tried
    )


@dataclass(frozen=True, slots=True)
class FairnessSection:
    """How slots are shared between communities, what proves how fairly, and why those with the lowest
    coverage stand below the others; None and none where there are too many units for that.
    """

    fairness: Fairness | None
    chains: tuple[HallChain, ...] = ()
    lowest: tuple[WhyBelow, ...] = ()


def fairness_section(explainer: Explainer) -> FairnessSection:
    """The section, with those of the lowest coverage that lack anything, where nobody has less than all that
    is wanted.
    """
    fairness = explainer.fairness(top=LOWEST)
    if fairness.coverage is None:
        return FairnessSection(None)
    lacking = [one.id for one in fairness.lowest if one.filled < one.wanted]
    try:
        chains = explainer.hall_chains()
        lowest = tuple(map(explainer.why_below, lacking))
    except BudgetError:
        return FairnessSection(fairness)
    return FairnessSection(fairness, chains, lowest)


@dataclass(frozen=True, slots=True)
class SkillValue:
    """Worth of one more resource of a kind with skills: the number of requirements with these that it would
    help, and the most that it adds.
    """

    asked: KindAndSkills
    helped: int
    most: tuple[GoalChange, ...]


@dataclass(frozen=True, slots=True)
class RecruitSection:
    """Whom to recruit: None where the plan has no prices. ``exact`` where prices rate every profile."""

    recruits: Recruits | None
    by_skill: list[SkillValue]
    exact: bool
    shared: bool = False
    """Whether coverage, loads or what is kept are goals."""


def recruit_section(
    facts: Facts, deadline: Deadline, *, searched: bool
) -> RecruitSection:
    """Recruits by the prices of the plan; in problems that no flow expresses, some profiles are solved
    instead, until ``deadline``, if ``searched``. None where coverage, loads or what is kept are goals.
    """
    certificate, objective = facts.plan.certificate, facts.problem.objective
    exact = isinstance(certificate, Certificate)
    measures = {part.measure for aim in objective.aims for part in aim.parts}
    shared = not measures.isdisjoint(("coverage", "loads", "kept"))
    shared |= bool(facts.problem.reference) and not objective.aims
    shared |= objective.fair is not None or objective.even is not None
    if certificate is None or shared or not (exact or searched):
        return RecruitSection(None, [], exact=False, shared=shared)
    left = deadline.left()
    found = recruit(
        facts.problem,
        facts.plan,
        top=PRICED if exact else SOLVED,
        verified=0 if exact else SOLVED,
        time_limit=None if left is None else max(left, LEAST),
    )
    gains: dict[KindAndSkills, list[tuple[GoalChange, ...]]] = {}
    for entry in found.recruits if exact else ():
        gains.setdefault(_kind_and_skills(entry.change.resource), []).append(
            entry.goals
        )
    by_skill = [SkillValue(asked, len(each), each[0]) for asked, each in gains.items()]
    return RecruitSection(found, by_skill, exact)


def _kind_and_skills(resource: Resource) -> KindAndSkills:
    return resource.kind, tuple((held.skill, held.level) for held in resource.skills)
