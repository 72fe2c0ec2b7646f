"""Questions about single pairs of one problem and plan, and the hard locks that rule a forced pair out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from matchkit.answers.pairs import GoalLoss, Obstacle, Why, WhyNot
from matchkit.compile.eligibility import against
from matchkit.compile.why_not import unknown_id
from matchkit.errors import EngineError, InputError
from matchkit.explain.pairs.chain import after, moves_by_id, steps
from matchkit.explain.pairs.resolve import forced
from matchkit.explain.pairs.why import PairPrices, left_over, why
from matchkit.explain.plan_state import PlanState
from matchkit.explain.residual.network import FlowNetwork
from matchkit.explain.residual.paths import Paths, TooLongError
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.explain.vectors import minus
from matchkit.messages.message import Message


def obstacles(
    network: FlowNetwork, left: int, right: int, needed: int
) -> Iterator[Obstacle]:
    """Everything on the pair's way of which other locks leave less than ``needed`` units; capped nodes from
    below upwards.
    """
    state = network.state
    own = state.locks.get((left, right), 0)
    ends = (
        (
            "resource",
            state.resource_ids[left],
            state.capacity[left],
            network.lock_given[left],
        ),
        (
            "requirement",
            state.requirement_ids[right],
            state.wanted[right],
            network.lock_taken[right],
        ),
    )
    hubs = (
        (kind, caps.ids[node], caps.most[node], locked[node])
        for kind, caps, leaf, locked in (
            ("unit", network.units, left, network.units_locked),
            ("community", network.communities, right, network.communities_locked),
        )
        for node in caps.over(leaf)
    )
    for kind, name, limit, locked in (*ends, *hubs):
        held = int(locked) - own
        if held + needed > limit:
            yield Obstacle.model_validate(
                {
                    "kind": kind,
                    "id": name,
                    "limit": int(limit),
                    "held": held,
                    "needed": needed,
                }
            )


class PairExplanations:
    """Why pairs are in a plan and why not. What all questions share is made when first asked for, or by
    ``prepare``.
    """

    def __init__(
        self, state: PlanState, network: ResidualNetwork | None = None
    ) -> None:
        """``network`` is that of the plan, where there is one already."""
        self.state, self.network = state, network or ResidualNetwork(state)

    def prepare(self) -> None:
        """Make everything that questions share: of a proven flow, the residual network over all eligible
        pairs.
        """
        _ = self._priced, self.network.paths

    def why(self, resource: str, requirement: str) -> Why:
        """Why a pair is in the plan: its weight by term, its prices, and who would be next.

        Raises InputError for ids that are not in the problem, for a pair that is not in the plan, and for a
        certificate of another problem.
        """
        left, right = self._numbers(resource, requirement)
        at = self.state.position(left, right)
        if at is None or not self.state.carried[at]:
            ids = {"resource": resource, "requirement": requirement}
            where = Message.of("where.pair", **ids)
            raise InputError.of(where, "pair.not_in_plan", **ids)
        return why(self.state, at, self.network, self._priced)

    def why_not(
        self, resource: str, requirement: str, *, time_limit: float | None = None
    ) -> WhyNot:
        """Why a pair is not in the plan, or not with more, and what forcing one unit (more) would cost.

        In a flow that is proven optimal the loss is exact and ``moves`` are the fewest changes that reach it
        along one chain. Else the problem is solved again with a hard lock, for at most ``time_limit`` seconds
        (None: until it is done).

        Raises InputError for ids that are not in the problem and for a certificate of another problem, and
        BrokenPlanError for a plan that breaks its problem.
        """
        left, right = self._numbers(resource, requirement)
        state = self.state
        at = state.position(left, right)
        ids: dict[str, Any] = {"resource": resource, "requirement": requirement}
        if at is None:
            reasons = against(state.lists, state.lists.resources[left], requirement)
            return WhyNot(**ids, quantity=0, verdict="not_eligible", reasons=reasons)
        ids["quantity"] = carried = int(state.carried[at])
        if carried >= state.own_capacity(np.array([at], np.intp))[0]:
            return WhyNot(**ids, verdict="at_capacity")
        ruled_out = tuple(obstacles(self.network, left, right, carried + 1))
        if ruled_out:
            return WhyNot(**ids, verdict="ruled_out", obstacles=ruled_out)
        if self.network.paths is None:
            state.check_rules()
            return WhyNot(
                **ids, **forced(state, resource, requirement, carried + 1, time_limit)
            )
        return WhyNot(**ids, **self._chained(self.network.paths, at))

    def _chained(self, paths: Paths, at: int) -> dict[str, Any]:
        """Loss and moves by the cheapest path from the requirement back to the resource, counted anew from
        the records.
        """
        state, network = self.state, self.network
        left, right = int(state.left[at]), int(state.right[at])
        start, there = network.rights[right], bool(state.carried[at] > state.locked[at])
        try:
            found = paths.cheapest(start, left, there=there)
        except TooLongError:
            paths = self.network.large_paths
            found = paths.cheapest(start, left, there=there)
        if found is None:
            raise EngineError(Message("defect.no_chain"))
        cost, path = found
        moves = steps(network, left, right, path)
        goals_after, filled = after(network, moves)
        lost = minus(state.values, goals_after)
        if paths.fold.number(lost) + len(moves) != cost + paths.fold.number(
            self._short_of(at)
        ):
            raise EngineError(Message("defect.loss"))
        names = (aim.name for aim in state.aims)
        loss = tuple(
            GoalLoss(
                goal=name, before=one, after=other, least=one - other, most=one - other
            )
            for name, one, other in zip(names, state.values, goals_after, strict=True)
        )
        return {
            "verdict": "exact",
            "proof": "prices",
            "loss": loss,
            "moves": moves_by_id(state, moves),
            "filled": filled,
        }

    def _short_of(self, at: int) -> tuple[int, ...]:
        """What a pair's weight is short of its two prices."""
        state, priced = self.state, self._priced
        if priced is None:
            raise EngineError(Message("defect.no_prices"))
        return tuple(-part for part in left_over(state, priced, at))

    def _numbers(self, resource: str, requirement: str) -> tuple[int, int]:
        """The numbers of two ids; both are looked at before either is refused."""
        lefts, rights = self.state.left_of, self.state.right_of
        wrong = unknown_id("resource", resource, lefts)
        InputError.raise_if(wrong + unknown_id("requirement", requirement, rights))
        return lefts[resource], rights[requirement]

    @cached_property
    def _priced(self) -> PairPrices | None:
        potential = self.network.potential
        return (
            None
            if potential is None
            else PairPrices(
                self.network, potential, proven=self.network.paths is not None
            )
        )
