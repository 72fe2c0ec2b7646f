"""Why one who shares stands below others: the causes of what it lacks, where of two units of one goal that
comes later whose key does.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from matchkit.answers.causes import Blocked, HallSet
from matchkit.answers.fairness import Covered
from matchkit.answers.shortages import Shortages
from matchkit.answers.why_below import TierCoverage, WhyBelow
from matchkit.arrays import Int64
from matchkit.compile.history import shares_before
from matchkit.compile.shares import FlowShares, coverage_of, coverage_part
from matchkit.explain.residual.reach import Reach
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.explain.shortages import Causes
from matchkit.model.objective import FairBetween


def why_below(network: ResidualNetwork, of: FairBetween, name: str) -> WhyBelow:
    """The answer for one of the problem; without tiers where it wants nothing. Raises what ``Causes`` raises,
    and BudgetError where there are too many units.
    """
    tiers = sorted(set(network.state.tier[network.state.wanted > 0].tolist()))
    found = [_in_tier(network, of, name, tier) for tier in tiers]
    return WhyBelow(
        of=of, id=name, tiers=tuple(one for one in found if one is not None)
    )


def _in_tier(
    network: ResidualNetwork, of: FairBetween, name: str, tier: int
) -> TierCoverage | None:
    state = network.state
    part = coverage_part(state.aims, of, tier)
    shares = coverage_of(state.lists, part)
    if name not in shares.ids:
        return None
    number = shares.ids.index(name)
    wanted, filled = shares.sums(state.wanted), shares.sums(state.taken)
    most = dict(zip(shares.ids, wanted.tolist(), strict=True))
    start = shares_before(state.problem, part, most)
    coverage = [
        Fraction(start[one].had + has, start[one].share)
        for one, has in zip(shares.ids, filled.tolist(), strict=True)
    ]
    lacks = (shares.of == number) & (state.taken < state.wanted)
    causes = Causes(state, network, Reach(state, state.units, *_order(network, shares)))
    shortages = causes.all(np.flatnonzero(lacks).tolist())
    holders = _holders(shortages, shares, state.right_of) - {number}
    return TierCoverage(
        tier=tier,
        wanted=int(wanted[number]),
        filled=int(filled[number]),
        higher=sum(one > coverage[number] for one in coverage),
        lower=sum(one < coverage[number] for one in coverage),
        shortages=shortages,
        holders=tuple(
            Covered(
                id=shares.ids[one], wanted=int(wanted[one]), filled=int(filled[one])
            )
            for one in sorted(holders, key=lambda one: (coverage[one], one))
        ),
        past=sum(one.is_past for one in start.values()),
    )


def _holders(
    shortages: Shortages, shares: FlowShares, right_of: dict[str, int]
) -> set[int]:
    """The sharers whose requirements are members of the Hall sets that are witnesses, or part of one."""
    witnesses = [shortage.witness for shortage in shortages.whole()]
    found = [one.hall_set if isinstance(one, Blocked) else one for one in witnesses]
    held = (
        right_of[claim.id]
        for one in found
        if isinstance(one, HallSet)
        for claim in one.requirements
    )
    return {int(shares.of[right]) for right in held} - {-1}


def _order(network: ResidualNetwork, shares: FlowShares) -> tuple[Int64, Int64]:
    """Where the next unit of every requirement comes, and its last: by goal, then by the key that it has for
    its sharer; of those that share nothing here last.
    """
    node, gain = shares.steps.node, shares.steps.gain[:, 0]
    keys = int(gain.max(initial=0))
    place = np.append(keys - gain, keys)
    first, end = (
        np.searchsorted(node, np.arange(len(shares.ids)), side)
        for side in ("left", "right")
    )
    at = first + shares.sums(network.state.taken)
    mine = shares.of >= 0
    both = []
    for goal, key in (
        (network.next_goal, place[np.minimum(at, end)]),
        (network.last_goal, place[np.maximum(at - 1, 0)]),
    ):
        own = np.full(len(goal), keys + 1, np.int64)
        own[mine] = key[shares.of[mine]]
        both.append(goal * (keys + 2) + own)
    return both[0], both[1]
