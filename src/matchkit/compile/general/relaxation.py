"""A case with all that no flow can express left out: its optimum bounds the case's, and its plan is where the
search begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from matchkit.arrays import Int64, Intp, most_by, sums_by
from matchkit.compile.general.integer_model import IntegerModel
from matchkit.compile.general.network_parts import (
    RequirementPairs,
    cap_trees,
    carried,
)
from matchkit.compile.general.split_places import SplitFlow, split_flow
from matchkit.compile.goals import flow_goals, makes_trees, without_levels
from matchkit.compile.levels import caps_across
from matchkit.compile.share_trees import with_shares
from matchkit.compile.shares import shares_of
from matchkit.compile.trees import capped_nodes
from matchkit.deadline import Deadline
from matchkit.errors import BudgetError, EngineError
from matchkit.graph.candidates import PairList
from matchkit.graph.network import Goals, GoalValues, Network
from matchkit.messages.message import Message
from matchkit.model import Aim
from matchkit.solvers.flow.first_units import FirstUnits
from matchkit.solvers.flow.solution import Limits, Solution
from matchkit.solvers.match import solve_network
from matchkit.solvers.mip.state import Relaxed

MOST_LOSSES = 500_000
"""Up to so many pairs it is worth keeping what each would lose."""


def relaxed(case: IntegerModel, deadline: Deadline) -> Relaxed | None:
    """The flow relaxation's bound by goal and its plan; None where the goals are not those of a flow, or
    there are no pairs.
    """
    split = split_flow(case)
    found = None if split is None else _with_places(case, split, deadline)
    if found is not None:
        return found
    wanted, minimum, tier = case.needs
    aims, problem = case.aims, case.lists.problem
    goals = flow_goals(aims, tier, minimum, wanted, shared=True)
    parts = [aim.parts[0] for aim in aims if aim.name in goals.names]
    trees = makes_trees(parts, problem, tied=True)
    trees &= not any(
        caps_across(problem, part) for part in {one.whole for one in parts}
    )
    if not trees:
        goals = flow_goals(aims, tier, minimum, wanted)
    if not goals.names or len(case.left) == 0:
        return None
    pairs = RequirementPairs.of(case)
    unshared = _network_of(case, pairs)
    network, goals = _shared(case, unshared, goals, aims)
    plain = without_levels(aims)
    likely = None
    if trees and plain != aims:
        fewer = flow_goals(plain, tier, minimum, wanted, shared=True)
        likely = _shared(case, unshared, fewer, plain)[1]
    first = _first_units(case, goals, pairs)
    proven = _proven(network, goals, deadline, likely, first)
    if proven is None:
        return None
    solution, bound = proven
    return Relaxed(
        _by_aim(case, dict(zip(goals.names, bound, strict=True))),
        _quantity(case, solution, pairs.left, pairs.need, pairs.first),
        _losses(case, goals, solution, first),
    )


def _first_units(
    case: IntegerModel, goals: Goals, flow: RequirementPairs
) -> FirstUnits | None:
    """What is kept in terms of the flow, where it is a goal: of several starts of one pair the most."""
    if not case.keeps:
        return None
    at, where = case.facts.kept.found(case.left, case.right)
    pairs, place = np.unique(flow.which[at], return_inverse=True)
    units = most_by(place, case.facts.kept.units[where], len(pairs))
    gain = np.zeros((len(pairs), len(goals.names)), np.int64)
    counts = case.facts.kept.gaining(case.aims, goals.names)[where]
    np.maximum.at(gain, place, counts)
    return FirstUnits(flow.left[pairs], flow.need[pairs], units, gain)


def _with_places(
    case: IntegerModel, split: SplitFlow, deadline: Deadline
) -> Relaxed | None:
    """The same by a flow in which units stand at open and kept places; None where its numbers are too
    large.
    """
    proven = _proven(split.network, split.goals, deadline)
    if proven is None:
        return None
    solution, bound = proven
    quantity = _quantity(case, solution, split.left, split.node, split.pair)
    bounds = _by_aim(case, split.bounds(bound))
    return Relaxed(bounds, np.minimum(quantity, case.most))


def _proven(
    network: Network,
    goals: Goals,
    deadline: Deadline,
    likely: Goals | None = None,
    first: FirstUnits | None = None,
) -> tuple[Solution, GoalValues] | None:
    """The best flow and its bound, checked; None where numbers are too large for a flow: the search has its
    own bound.
    """
    limits = Limits(0.0, deadline)
    try:
        solution = solve_network(
            network, goals, "flow", limits, likely=likely, first=first
        )
    except BudgetError:
        return None
    if solution.bound is None:
        reason = Message("matching.wrong.no_prices")
        raise EngineError(Message.of("defect.relaxation", reason=reason))
    return solution, solution.bound


def _quantity(
    case: IntegerModel, solution: Solution, left: Intp, node: Intp, pair: Intp
) -> Int64:
    """What a flow carries as quantities of the case's pairs, int64 (pairs,): its pairs are ascending by
    ``left`` and ``node``, and each is part of ``pair``, intp (pairs of the flow,) each.
    """
    nodes = int(node.max(initial=0)) + 1
    chosen = np.searchsorted(left * nodes + node, solution.pairs.keys(nodes))
    return sums_by(pair[chosen], solution.quantity, len(case.left))


def _shared(
    case: IntegerModel, network: Network, goals: Goals, aims: Sequence[Aim]
) -> tuple[Network, Goals]:
    """The network and goals in which coverage and loads of these aims count."""
    shares = shares_of(aims, goals.names, case.lists)
    none = (
        np.zeros(len(network.left_capacity), np.int64),
        np.zeros(len(network.right_capacity), np.int64),
    )
    left, right, whole = with_shares(
        (network.left_tree, network.right_tree),
        goals,
        shares,
        none,
        capped_nodes(case.lists, "community"),
    )
    return replace(network, left_tree=left, right_tree=right), whole


def _network_of(case: IntegerModel, pairs: RequirementPairs) -> Network:
    """The network of a case, a node a requirement whatever its starts."""
    wanted = case.needs[0]
    sizes = len(case.lists.resources), len(wanted)
    units, communities = cap_trees(case)
    return Network(
        PairList.of(*sizes, pairs.left, pairs.need, pairs.weight, pairs.most),
        carried(case),
        wanted,
        units,
        communities,
    )


def _losses(
    case: IntegerModel, goals: Goals, solution: Solution, first: FirstUnits | None
) -> Int64 | None:
    """For every pair by how much its two prices exceed what it is worth, by aim; nothing where it is worth as
    much or more.

    A unit forced onto a pair takes so much off the bound: the same prices prove it (reduced costs; Dantzig,
    Fulkerson and Johnson 1954).
    """
    if (
        len(case.left) > MOST_LOSSES
        or solution.left_price is None
        or solution.right_price is None
    ):
        return None
    if solution.left_price.dtype != np.int64 or solution.right_price.dtype != np.int64:
        return None
    loss = (
        solution.left_price[case.left]
        + solution.right_price[case.facts.requirement[case.right]]
    )
    if goals.weight:
        loss[:, -1] -= case.weight
    if first is not None:
        at, where = case.facts.kept.found(case.left, case.right)
        loss[at] -= case.facts.kept.gaining(case.aims, goals.names)[where]
    positive, undecided = np.zeros(len(loss), np.bool_), np.ones(len(loss), np.bool_)
    for column in loss.T:
        positive |= undecided & (column > 0)
        undecided &= column == 0
    loss[~positive] = 0
    place = {name: number for number, name in enumerate(goals.names)}
    none = np.zeros(len(loss), np.int64)
    return np.stack(
        [loss[:, place[aim.name]] if aim.name in place else none for aim in case.aims],
        axis=1,
    )


def _by_aim(case: IntegerModel, known: Mapping[str, int]) -> GoalValues:
    """A flow's bound by aim: costs are 0 at most, and of aims that the flow leaves out only the upper bound
    is known.
    """
    return tuple(
        known.get(aim.name, upper_bound)
        for aim, upper_bound in zip(case.aims, case.upper_bounds, strict=True)
    )
