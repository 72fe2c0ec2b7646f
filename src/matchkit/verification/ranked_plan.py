"""What a plan says of how ranks chose it."""

from __future__ import annotations

from collections.abc import Iterator

from matchkit.plan.outcome import LISTED_PAIRS, ChosenBy
from matchkit.verification.case import Case, RuleFinding
from matchkit.verification.choice import chosen_units
from matchkit.verification.report import fact
from matchkit.verification.stability import Holdings

SHOWN = 100
"""So many blocking pairs of a plan that claims stability are reported."""


def chosen(case: Case) -> Iterator[RuleFinding]:
    """A plan that ranks are to choose says by which rule they did, takes nobody who is not wanted, keeps the
    places of channels, is what a rule of choice gives, and states the pairs that block it: those that a scan
    of all eligible pairs finds.
    """
    stated, objective = case.plan.outcome.chosen, case.world.problem.objective
    if not objective.chooses:
        if stated is not None:
            yield (), fact("chosen_stated")
        return
    asked = ChosenBy.asked(objective)
    if stated is None or asked != {name: getattr(stated, name) for name in asked}:
        yield (), fact("chosen_stated")
        return
    holdings = Holdings(case)
    for pair in holdings.unwanted:
        yield pair, fact("unwanted")
    for (requirement, channel), left in holdings.places.items():
        if left < 0 and holdings.ranks.places(case.world.roles[requirement]):
            over = fact("channel", amount=-left, over=-left, channel=channel or "none")
            yield (requirement,), over
    if objective.choice is not None:
        seed = case.plan.outcome.seed
        right = chosen_units(holdings, objective.choice, objective.proposing, seed)
        if right != holdings.own:
            yield (), fact("not_chosen", seed=str(seed))
    found = set(holdings.blocking(objective.stable or "weak"))
    listed = [(one.resource, one.requirement) for one in stated.pairs]
    if stated.blocking != len(found):
        yield (), fact("blocking_count", stated=stated.blocking, right=len(found))
    for pair in sorted(found - set(listed))[:SHOWN] if stated.blocking == 0 else ():
        yield pair, fact("blocking")
    known = listed == sorted(set(listed)) and found.issuperset(listed)
    if not known or len(listed) != min(LISTED_PAIRS, len(found)):
        yield (), fact("blocking_listed", count=len(found))
    if stated.fewest is not None and (
        stated.fewest > stated.blocking or objective.stable is None
    ):
        yield (), fact("fewest", stated=stated.fewest)
