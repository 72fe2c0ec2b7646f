"""Flows with priced floors (a Lagrangian relaxation; Geoffrion 1974): whatever the prices of the floors are,
one flow bounds the worst score, or the sum of weights of all matchings that keep the floors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from matchkit.arrays import Int64
from matchkit.engines.problem import FlowEngine
from matchkit.graph.candidates import PairList
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.flow.loop import price_and_prove
from matchkit.solvers.flow.solution import Limits, Solution
from matchkit.solvers.flow.start import StartPrices


@dataclass(frozen=True, slots=True, eq=False)
class FloorPrices:
    """Prices that bound the sum of weights, or the worst score, of the matchings that reach as much in the
    goals before.

    ``scale`` parts make one: a pair counts its weight times ``scale + price[c]`` parts, c being the group of
    its right node; ``price`` is int64 (groups,), at least 0. With these weights ``left_price`` and
    ``right_price``, int64 (nodes, goals), bound the flow. Of what they allow, floors of ``least`` take
    ``price * least`` away, and what is left is ``scale`` times a sum of weights: no more than ``bound``.
    With a ``scale`` of 0 it bounds the worst score: ``bound`` times the sum of all prices is no more than
    what the flow can count.
    """

    scale: int
    price: Int64
    least: int
    left_price: Int64
    right_price: Int64
    bound: int


@dataclass(frozen=True, slots=True)
class PricedFlow:
    """The best flow of a problem with priced floors, its units int64 (pairs,), and what it proves (None: it
    ended before the goals that come first were proven).
    """

    flow: Int64
    solution: Solution
    proof: FloorPrices | None


def priced_network(problem: FloorProblem, scale: int, price: Int64) -> PairList:
    """The pairs with their weights times ``scale`` plus their group's price, int64 (groups,)."""
    pairs, network = problem.pairs, problem.network
    weight = pairs.weight * (scale + price)[problem.pair_group]
    sizes = len(network.left_capacity), len(network.right_capacity)
    return PairList.of(*sizes, pairs.left, pairs.right, weight, pairs.capacity)


def priced_flow(
    problem: FloorProblem,
    scale: int,
    price: Int64,
    least: int,
    reached: tuple[int, ...],
    engine: FlowEngine,
    limits: Limits,
    start: Solution | None = None,
) -> PricedFlow:
    """The best flow where a pair counts its weight times ``scale`` plus its group's price, int64 (groups,).

    ``least`` is the floor, ``reached`` what the goals before are proven to reach, ``start`` an earlier
    solution with prices near by. Raises BudgetError for numbers too large to be exact with.
    """
    network = replace(problem.network, pairs=priced_network(problem, scale, price))
    near = (
        None
        if start is None or start.left_price is None or start.right_price is None
        else StartPrices(start.left_price, start.right_price)
    )
    solution = price_and_prove(network, problem.goals, engine, limits, None, near)
    flow = problem.flow_of(solution.pairs, solution.quantity)
    proof = None
    if (
        solution.bound is not None
        and solution.bound[:-1] == reached
        and solution.left_price is not None
        and solution.right_price is not None
    ):
        total = sum(price.tolist())
        most = (
            (solution.bound[-1] - total * least) // scale
            if scale
            else solution.bound[-1] // total
        )
        proof = FloorPrices(
            scale, price, least, solution.left_price, solution.right_price, most
        )
    return PricedFlow(flow, solution, proof)


def flow_wrong(problem: FloorProblem, priced: PricedFlow) -> object:
    """What is wrong with the flow by the checker of flows, or None."""
    proof = priced.proof
    if proof is None:
        return None
    pairs = priced_network(problem, proof.scale, proof.price)
    network = replace(problem.network, pairs=pairs)
    return check_solution(network, problem.goals, priced.solution)
