"""Why a pair is in the plan: its terms, its prices, and who comes next on either side."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from matchkit.answers.pairs import RunnerUp, Why
from matchkit.arrays import Intp
from matchkit.errors import EngineError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.network import FlowNetwork, Vectors
from matchkit.messages.message import Message
from matchkit.plan import Terms


class PairPrices(NamedTuple):
    """A network with its potentials, and whether they prove the plan."""

    network: FlowNetwork
    potential: Vectors
    proven: bool


def why(
    state: PlanState, at: int, network: FlowNetwork, priced: PairPrices | None
) -> Why:
    """The answer for the pair at this position, which carries something. Without prices of both, others are
    compared by weight.
    """
    left, right = int(state.left[at]), int(state.right[at])
    terms = terms_of(state, left, right)
    weight = int(state.weight[at])
    if sum(points for _, points in terms) != weight:
        raise EngineError(Message("defect.terms"))
    prices: dict[str, Any] = dict.fromkeys(
        ("resource_price", "requirement_price", "left_over")
    )
    if network.spent_left[left] or network.spent_right[right]:
        priced = None
    if priced is not None:
        prices = {
            "resource_price": tuple(-int(part) for part in priced.potential[left]),
            "requirement_price": tuple(
                int(part) for part in priced.potential[network.rights[right]]
            ),
            "left_over": left_over(state, priced, at),
        }
    row = np.arange(state.first[left], state.first[left + 1])
    column = state.by_right[state.rfirst[right] : state.rfirst[right + 1]]
    return Why(
        resource=state.resource_ids[left],
        requirement=state.requirement_ids[right],
        quantity=int(state.carried[at]),
        locked=min(int(state.locked[at]), int(state.carried[at])),
        weight=weight,
        terms=terms,
        ranked_by="weight" if priced is None else "prices",
        proven=priced is not None and priced.proven,
        goals=("weight",) if priced is None else tuple(aim.name for aim in state.aims),
        other_resource=_runner_up(state, priced, network, at, column, right=False),
        other_requirement=_runner_up(state, priced, network, at, row, right=True),
        **prices,
    )


def terms_of(state: PlanState, left: int, right: int) -> Terms:
    """The weight of an eligible pair, term by term."""
    slot = state.lists.right[state.requirement_ids[right]]
    found = state.candidates.terms(np.array([left], np.intp), np.array([slot], np.intp))
    return Terms(**{name: int(points[0]) for name, points in found.items()})


def left_over(state: PlanState, priced: PairPrices, at: int) -> tuple[int, ...]:
    """What a pair's weight exceeds its two prices by: the reduced cost, a number a goal."""
    return tuple(
        int(part) for part in _beyond(state, priced, np.array([at], np.intp))[0]
    )


def _beyond(state: PlanState, priced: PairPrices | None, at: Intp) -> npt.NDArray[Any]:
    """What pairs are worth beyond their prices, a row a pair; without prices, their weights."""
    if priced is None:
        return state.weight[at].reshape(-1, 1)
    found = (
        priced.potential[state.left[at]]
        - priced.potential[state.right[at] + priced.network.rights.start]
    )
    found[:, -1] += state.weight[at]
    return found


def _runner_up(
    state: PlanState,
    priced: PairPrices | None,
    network: FlowNetwork,
    at: int,
    among: Intp,
    *,
    right: bool,
) -> RunnerUp | None:
    """The best of the other pairs that could carry one unit more, the first by id of several; None where
    there is none.
    """
    among = among[(among != at) & (state.carried[among] < state.own_capacity(among))]
    # Locks may hold all that a resource has, or all that a requirement wants.
    among = among[
        ~network.spent_left[state.left[among]]
        & ~network.spent_right[state.right[among]]
    ]
    if not len(among):
        return None
    worth = _beyond(state, priced, among)
    best = np.arange(len(among))
    for goal in range(worth.shape[1]):
        column = worth[best, goal]
        best = best[column == column.max()]
    place = int(best[0])
    chosen = int(among[place])
    ahead = _beyond(state, priced, np.array([at], np.intp))[0]
    return RunnerUp(
        id=state.requirement_ids[state.right[chosen]]
        if right
        else state.resource_ids[state.left[chosen]],
        weight=int(state.weight[chosen]),
        behind=tuple(
            int(one) - int(other)
            for one, other in zip(ahead, worth[place], strict=True)
        ),
    )
