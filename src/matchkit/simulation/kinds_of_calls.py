"""The kinds of calls of a problem in arrays: one a requirement, with the weights of all people for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matchkit.answers.named import ChangeFaults
from matchkit.arrays import Int64, Intp, Mask
from matchkit.compile.compiler import flow_obstacles
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import flat, spread
from matchkit.errors import BudgetError, Complaint, InputError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Arrivals, Problem
from matchkit.solvers.arrivals.bid_prices import MOST_CELLS, NEVER, CallSequence

DO = Message("simulation.do")


class KindsOfCalls(NamedTuple):
    """Demands and requirements by number, ascending by id; the requirements of demand d are
    ``needs[first[d]:first[d + 1]]`` (intp). ``weight``, int64 (requirements, people), is that of the pair,
    NEVER where it is not eligible; ``wanted``, int64 (requirements,); ``capacity``, int64 (people,);
    ``divisible``, bool (people,).
    """

    demands: tuple[str, ...]
    first: Intp
    needs: Intp
    weight: Int64
    wanted: Int64
    capacity: Int64
    divisible: Mask

    def with_worth(self, worth: Int64) -> KindsOfCalls:
        """The same with ``worth``, int64 (demands,), added to the weights of a demand's requirements."""
        added = np.zeros(len(self.wanted), np.int64)
        added[self.needs] = np.repeat(worth, np.diff(self.first))
        weight = np.where(self.weight == NEVER, NEVER, self.weight + added[:, None])
        return self._replace(weight=weight)

    def sequence(self, demand: Intp) -> tuple[CallSequence, Intp]:
        """The calls of demands in their order, one for each requirement, and which demand's call each is part
        of, intp (calls,).
        """
        owner, at = spread(self.first, demand)
        kind = self.needs[at]
        return CallSequence(kind, self.weight, self.wanted[kind], self.divisible), owner


def kinds_of(problem: Problem) -> KindsOfCalls:
    """The kinds of calls of a problem.

    Raises UnsupportedError where anything but capacities ties pairs together, by name, and BudgetError where
    people times requirements are too many.
    """
    cells = len(problem.resources) * sum(
        len(one.requirements) for one in problem.demands
    )
    if cells > MOST_CELLS:
        raise BudgetError(Message.of("arrivals.cells", cells=cells, most=MOST_CELLS))
    instance = Instance(problem)
    refused = list(_untied(problem)) or [
        Complaint(one.parts[0], one.parts[1], DO) for one in flow_obstacles(instance)
    ]
    refused = refused or list(_at_one_time(instance))
    if refused:
        raise UnsupportedError(refused)
    ids, of = tuple(sorted(one.id for one in problem.demands)), dict[str, list[int]]()
    for number, demand in enumerate(instance.demands):
        of.setdefault(demand.id, []).append(number)
    first, needs = flat(of[name] for name in ids)
    weight = np.full((len(instance.wanted), len(instance.capacity)), NEVER, np.int64)
    weight[instance.right, instance.left] = instance.weight
    return KindsOfCalls(
        ids, first, needs, weight, instance.wanted, instance.capacity, instance.divisible
    )  # fmt: skip


def _untied(problem: Problem) -> Iterator[Complaint]:
    """What a call that is answered by itself cannot see."""
    for rule in problem.rules:
        if not rule.in_eligibility or rule.soft is not None:
            where = Message.of("where.rule", id=rule.label)
            yield Complaint(where, Message("simulation.rule"), DO)
    objective = problem.objective
    if objective.aims or objective.fair or objective.even or objective.chooses:
        yield Complaint(Message("where.objective"), Message("simulation.goals"), DO)


def _at_one_time(instance: Instance) -> Iterator[Complaint]:
    """People who could be sent to two calls of one demand, and so to two places at one time."""
    timed = np.array([bool(demand.windows) for demand in instance.demands], np.bool_)
    several = ~instance.divisible & (instance.capacity > 1)
    pairs = np.flatnonzero(timed[instance.right] & several[instance.left])
    lefts, at = np.unique(instance.left[pairs], return_index=True)
    for left, pair in zip(lefts.tolist(), pairs[at].tolist(), strict=True):
        where = Message.of("where.resource", id=instance.resource_ids[left])
        name = instance.requirement_ids[instance.right[pair]]
        values = {"capacity": int(instance.capacity[left]), "requirement": name}
        fact = Message.of("simulation.windows", **values)
        yield Complaint(where, fact, Message("coupling.overlap.do"))


def check_demands(kinds: KindsOfCalls, rounds: Sequence[Arrivals]) -> None:
    """Raise InputError for demands that are not in the problem."""
    faults, known = ChangeFaults(), frozenset(kinds.demands)
    for number, one in enumerate(rounds):
        for place, rate in enumerate(one.rates):
            where = f"arrivals[{number}].rates[{place}]"
            faults.known(where, "demand", rate.demand, known)
    if faults.found:
        raise InputError(faults.found)
