"""Looking for repairs: on a small problem the cheapest of all, on a large one some around the demand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from matchkit.answers.changes import AddRule
from matchkit.answers.repairs import Repair, RepairCosts
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import BrokenPlanError, InputError
from matchkit.explain.plan_state import PlanState
from matchkit.explain.repairs.change_options import (
    MOST_STEPS,
    ChangeOption,
    ChangeOptions,
    Levels,
)
from matchkit.explain.repairs.people import Near
from matchkit.explain.repairs.priced import PricedSets
from matchkit.explain.repairs.problem_options import (
    added,
    asked_less,
    others_of_kind,
    relaxed,
)
from matchkit.explain.repairs.set_search import HittingSetSearch, heuristic_repairs
from matchkit.explain.repairs.supply import Supply
from matchkit.explain.repairs.surroundings import Ground, around, the_whole
from matchkit.explain.repairs.target import RepairTarget
from matchkit.explain.repairs.trial import Confirmation, RepairTrials
from matchkit.explain.residual.residual_network import ResidualNetwork
from matchkit.model import Lock, Problem
from matchkit.plan import Plan

WHOLE = 250
"""With more candidate changes than this, only those around the demand are weighed."""
MANY_PAIRS = 500_000
"""With more eligible pairs than this, a solve from nothing takes seconds: then repairs are confirmed from the
plan.
"""
LOOKING = 0.25
"""The share of the time in which people are looked at; the rest is for trying."""
WORK, MOST_TRIALS, TRIALS_AROUND = 2_000_000, 2_000, 60
"""Sets tried before the search for the cheapest gives up: fewer where pairs are many, so that it ends without
a time limit too.
"""


class _TimeIsOverError(Exception):
    """No more sets are tried."""


class FoundRepairs(NamedTuple):
    """Repairs, cheapest first; how many changes were weighed; whether every set up to them was."""

    repairs: tuple[Repair, ...]
    candidates: int
    all: bool


@dataclass(frozen=True)
class Seeking:
    """Repairs of one demand of a plan, ``most`` of them."""

    problem: Problem
    plan: Plan
    target: RepairTarget
    prices: RepairCosts
    most: int
    deadline: Deadline
    network: ResidualNetwork | None = None
    """That of the plan, where it was made for other questions already."""

    @cached_property
    def shares(self) -> dict[float, Deadline]:
        """The ends of parts of the time, from when this is first asked for."""
        return {
            share: self.deadline.share(share) for share in (LOOKING, 0.5, 0.75, 1.0)
        }

    def found(self) -> FoundRepairs:
        """The cheapest of the whole problem, or some of the demand's surroundings where that is too large."""
        _ = self.shares  # time is counted from here
        instance = (
            Instance(self.problem) if self.network is None else self.network.state
        )
        near = Near(instance, self.target.demand, self.prices)
        if not near.partial and not near.many(WHOLE):  # to list all of many takes long
            near.look()
            if (
                sum(1 for option in islice(near.options(), WHOLE + 1) if option.steps)
                <= WHOLE
            ):
                options = all_options(self.problem, near, self.target.lacking)
                if options.candidates <= WHOLE:
                    return self._searched(
                        options,
                        the_whole(self.problem, self.plan),
                        self._trials_allowed(),
                        1.0,
                    )
        found = self._priced(near)
        if found is not None and found.repairs:
            return found
        near.look(over=lambda: self.shares[LOOKING].over())
        return self._around(near)

    def _priced(self, near: Near) -> FoundRepairs | None:
        """Repairs by longest paths in the residual network; None where prices do not prove the plan."""
        if sum(self.target.lacking.values()) > MOST_STEPS:
            return None
        try:
            network = self.network or ResidualNetwork(
                PlanState(self.problem, self.plan)
            )
            paths = network.paths
        except (
            InputError,
            BrokenPlanError,
        ):  # then nothing is known of the plan but what trying says
            return None
        if paths is None:
            return None
        supply = Supply(network, paths, near, self.target)
        near.look(supply.closest)
        options = all_options(self.problem, near, self.target.lacking)
        start = self.plan if len(network.state.right) > MANY_PAIRS else None
        confirmation = Confirmation(
            self.problem, self.plan, self.target, self.deadline, start
        )
        repairs: list[Repair] = []
        for filling in PricedSets(supply, options).cheapest():
            if len(repairs) == self.most or self.deadline.over():
                break
            repair = confirmation.repair(
                options.price(filling.levels),
                options.changes(filling.levels),
                self._expected(network.state, filling.given),
            )
            if repair is not None:
                repairs.append(repair)
        return FoundRepairs(_distinct(repairs), options.candidates, all=False)

    def _expected(
        self, state: PlanState, given: Counter[tuple[int, int]]
    ) -> list[tuple[str, str, int]]:
        """What the demand has once it is given these units: resource, requirement and quantity."""
        own = {need.id for need in self.target.demand.requirements}
        found = Counter(
            {
                (entry.resource, entry.requirement): entry.quantity
                for entry in self.plan.assignments
                if entry.requirement in own
            }
        )
        for (right, left), units in given.items():
            if left >= 0:
                found[state.resource_ids[left], state.requirement_ids[right]] += units
        return [(*pair, units) for pair, units in sorted(found.items())]

    def _trials_allowed(self) -> int:
        needs = sum(len(demand.requirements) for demand in self.problem.demands)
        return max(
            200, min(MOST_TRIALS, WORK // max(1, len(self.problem.resources) * needs))
        )

    def _around(self, near: Near) -> FoundRepairs:
        """First without dropping any rule: a cap that is gone draws in far more than the demand needs."""
        ground = around(self.problem, self.plan, near)
        inside = Instance(ground.problem)
        gentle = self.prices.model_copy(update={"drop_rule": None})
        repairs: list[Repair] = []
        candidates = 0
        for prices, share in ((gentle, 0.5), (self.prices, 1.0)):
            near = Near(inside, self.target.demand, prices)
            near.look()
            options = all_options(
                self.problem, near, self.target.lacking, ground.capacities
            )
            repairs += self._searched(options, ground, TRIALS_AROUND, share).repairs
            candidates = max(candidates, options.candidates)
            if prices == self.prices:
                break
        return FoundRepairs(_distinct(repairs)[: self.most], candidates, all=False)

    def _searched(
        self, options: ChangeOptions, ground: Ground, allowed: int, share: float
    ) -> FoundRepairs:
        trials = RepairTrials(
            self.problem, self.plan, self.target, options, self.deadline, ground
        )
        search = HittingSetSearch(
            options.top,
            options.price,
            trials.enough,
            lambda: self.shares[share - LOOKING].over() or trials.count > allowed,
        )
        found: dict[Levels, Repair] = {}

        def does(levels: Levels) -> bool:
            repair = trials.repair(levels)
            if repair is not None:
                found[levels] = repair
            return repair is not None

        for _ in search.cheapest(does):
            if len(found) == self.most:
                break
        if not search.complete:
            with suppress(
                _TimeIsOverError
            ):  # a set that is not yet without anything superfluous is not offered
                for levels in heuristic_repairs(options, self._in_time(trials)):
                    if len(found) == self.most or self.shares[share].over():
                        break
                    if not any(
                        _contains(levels, other) or _contains(other, levels)
                        for other in found
                    ):
                        does(levels)
        offered = sorted(
            found, key=lambda levels: (found[levels].price, sum(levels), levels)
        )
        return FoundRepairs(
            tuple(found[levels] for levels in offered),
            options.candidates,
            search.complete and trials.decided,
        )

    def _in_time(self, trials: RepairTrials) -> Callable[[Levels], bool]:
        def enough(levels: Levels) -> bool:
            if self.deadline.over():
                raise _TimeIsOverError
            return trials.enough(levels)

        return enough


def all_options(
    problem: Problem,
    near: Near,
    lacking: dict[str, int],
    capacity: Mapping[str, int] | None = None,
) -> ChangeOptions:
    """Every change that is weighed, in a fixed order: of whom ``near`` has looked at, and of the rules that
    are about those. ``capacity`` by unit is that of the whole problem, where ``near`` knows a part only.
    """
    demand, prices = near.demand, near.prices
    found: list[ChangeOption] = (
        []
        if prices.add_resource is None
        else list(added(problem, demand, lacking, prices.add_resource))
    )
    found += near.options()
    capacity = near.instance.unit_capacity if capacity is None else capacity
    missing = sum(lacking.values())
    found += relaxed(problem, near.lists.problem, capacity, missing, near.far, prices)
    found += asked_less(demand, lacking, prices)
    return ChangeOptions(
        demand,
        [option for option in found if option.steps],
        others_of_kind(near.lists.problem, demand),
    )


def _contains(one: Levels, other: Levels) -> bool:
    return all(a >= b for a, b in zip(one, other, strict=True))


def _distinct(repairs: list[Repair]) -> tuple[Repair, ...]:
    """The repairs by price, without those that make all the changes of a cheaper one and more."""
    kept: list[tuple[frozenset[str], Repair]] = []
    for repair in sorted(
        repairs,
        key=lambda repair: (repair.price, len(repair.changes), repair.to_json()),
    ):
        made = frozenset(
            change.to_json()
            for change in repair.changes
            if not (isinstance(change, AddRule) and isinstance(change.rule, Lock))
        )
        if not any(other <= made for other, _ in kept):
            kept.append((made, repair))
    return tuple(repair for _, repair in kept)
