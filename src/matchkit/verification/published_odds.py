"""Whether a published lottery is one of its problem: entries, pairs, what they reach, and the bound.

Written from docs/draws.md and docs/rules.md: it shares nothing with the code that makes lotteries.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from matchkit.answers.lottery import PublishedLottery
from matchkit.model import Problem
from matchkit.verification.eligibility import EligibleIds
from matchkit.verification.lottery_bound import lottery_bound
from matchkit.verification.lottery_entries import entry_faults
from matchkit.verification.lottery_odds import LotteryOdds, OddsFinding
from matchkit.verification.report import fact
from matchkit.verification.world import World


def odds_faults(problem: Problem, lottery: PublishedLottery) -> Iterator[OddsFinding]:
    """Everything that is wrong; the bound is looked at where nothing else is."""
    odds = LotteryOdds(World(problem), lottery)
    found = [*chain(entry_faults(odds), _pairs(odds), _values(odds))]
    yield from found or _bound(odds)


def _pairs(odds: LotteryOdds) -> Iterator[OddsFinding]:
    """Odds are those of eligible pairs, by ids, at most their cap, and all of what is locked."""
    if [*odds.odds] != sorted(odds.odds):
        yield (), fact("odds_order")
    eligible = EligibleIds(odds.world)
    for one in odds.lottery.pairs:
        pair = one.resource, one.requirement
        if not _known(odds, *pair):
            yield pair, fact("odds_unknown")
        elif one.resource not in eligible[one.requirement]:
            yield pair, fact("odds_not_eligible")
        elif one.most != odds.most(pair):
            yield pair, fact("odds_cap", stated=one.most, right=odds.most(pair))
    for pair, least in odds.locked.items():
        if (has := odds.odds.get(pair, 0)) < least:
            yield pair, fact("odds_locked", odds=has, least=least)


def _known(odds: LotteryOdds, resource: str, requirement: str) -> bool:
    return resource in odds.world.resources and requirement in odds.world.roles


def _values(odds: LotteryOdds) -> Iterator[OddsFinding]:
    """Goals by name with what the odds reach on average, in parts."""
    stated, names = odds.lottery.goals, odds.goals.names
    if tuple(goal.name for goal in stated) != names:
        yield (), fact("certificate_goals", names=", ".join(names))
    elif all(_known(odds, *pair) for pair in odds.odds):
        for goal, right in zip(stated, odds.reached(odds.odds), strict=True):
            if goal.value != right:
                wrong = fact(
                    "goal_value", name=goal.name, stated=goal.value, right=right
                )
                yield (), wrong


def _bound(odds: LotteryOdds) -> Iterator[OddsFinding]:
    """The bounds that are stated, up to the first goal that is not reached, follow from the prices."""
    stated = odds.lottery.goals
    if all(goal.bound is None for goal in stated):
        return
    entries = (*odds.lottery.left, *odds.lottery.right)
    if any(len(one.price) != len(stated) for one in entries):
        yield (), fact("odds_price")
        return
    reached = True
    for goal, most in zip(stated, lottery_bound(odds), strict=True):
        right = most if reached else None
        if goal.bound != right:
            yield (), fact("odds_bound", name=goal.name, stated=goal.bound, right=right)
            return
        reached = reached and goal.value == most
