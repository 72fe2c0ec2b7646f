"""Least change beside a plan made anew: after 280 people of 14,000 have dropped out and 50 slots are new,
and of the generated city after every fiftieth person in its plan has dropped out; proven over all pairs.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.instances import Pairs, Whole
from benchmarks.process import in_process
from benchmarks.registry import Benchmark, Figures, register
from benchmarks.suite.fair import (
    CITY_SEED,
    NEAREST,
    PEOPLE,
    PLACES,
    graph_of,
    near_pairs,
)
from benchmarks.suite.fair import SEED as FAIR_SEED
from benchmarks.table import table, whole
from benchmarks.turns import UnequalError, in_turns, spreads, times_faster
from matchkit.graph.network import Goals, Network, UnitSteps
from matchkit.solvers.flow.first_units import FirstUnits
from matchkit.solvers.flow.solution import NO_LIMITS, Solution
from matchkit.solvers.flow.start import StartPrices
from matchkit.solvers.graph_network import FairFills, network_of
from matchkit.solvers.match import solve_network

SEED = 1
LOST, NEW = 50, 56
"""One person in so many drops out, one place in so many wants one more (14,000 and 2,791: 280 and 50)."""
CITY = "city"
WORTH = 1_000
"""No pair is worth more."""
WAYS = ("anew", "least change")


def _network(graph: mk.BipartiteGraph) -> tuple[Network, Goals]:
    """The network of a graph with goals for the fill, what is kept, and the weight."""
    objective = "cardinality then weight"
    fills = FairFills.of(graph, objective, None, "leximin", None, None, "count")
    network, goals = network_of(graph, objective, fills, minimize=False)

    def wider(steps: UnitSteps) -> UnitSteps:
        return replace(steps, gain=np.insert(steps.gain, 1, 0, axis=1))

    names = (goals.names[0], "kept", *goals.names[1:])
    return network, replace(
        goals,
        names=names,
        left=wider(goals.left),
        right=wider(goals.right),
        left_caps=wider(goals.left_caps),
        right_caps=wider(goals.right_caps),
    )


def _start(before: Solution) -> StartPrices:
    """Its prices, with none for what is kept."""
    sides = (before.left_price, before.right_price)
    left, right = (np.insert(one, 1, 0, axis=1) for one in sides if one is not None)
    return StartPrices(left, right)


def _first_plan(pairs: Pairs) -> Whole:
    """Numbers of the pairs of the plan before: the most slots, then the greatest weight, of equals the one
    that OR-Tools' bare min-cost flow finds of all pairs as a circulation.
    """
    from ortools.graph.python import min_cost_flow

    people, places = len(pairs.left_capacity), len(pairs.right_capacity)
    source, sink = people + places, people + places + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    a_slot = 2 * WORTH * places + 1
    everybody, every_place = np.arange(people), np.arange(people, source)
    ones, whole_flow = np.ones(len(pairs.left)), np.array([10**7])
    for tail, head, capacity, cost in (
        (pairs.left, pairs.right + people, ones, -pairs.weight),
        (np.full(people, source), everybody, pairs.left_capacity, 0 * everybody),
        (every_place, 0 * every_place + sink, pairs.right_capacity, 0 * every_place - a_slot),
        (np.array([sink]), np.array([source]), whole_flow, np.array([0])),
    ):  # fmt: skip
        flow.add_arcs_with_capacity_and_unit_cost(
            tail.astype(np.int32),
            head.astype(np.int32),
            capacity.astype(np.int64),
            cost.astype(np.int64),
        )
    flow.set_nodes_supplies(
        np.arange(sink + 1, dtype=np.int32), np.zeros(sink + 1, np.int64)
    )
    if flow.solve() != flow.OPTIMAL:
        raise UnequalError("replan: OR-Tools found no optimum")
    return np.flatnonzero(flow.flows(np.arange(len(pairs.left), dtype=np.int32)))


def drawn(name: str, way: str, people: int, places: int) -> dict[str, Any]:
    """A graph planned, changed and planned again. Raises UnequalError where OR-Tools and matchkit find plans
    before that are worth other than each other.
    """
    pairs = near_pairs(NEAREST[name], people, places)
    # as the first measurements of this instance rounded distances: up
    pairs = replace(pairs, weight=np.maximum(1, pairs.weight - 1))
    graph, chosen = graph_of(pairs), _first_plan(pairs)
    network, goals = _network(graph)
    before = solve_network(network, goals, "auto")
    value = (len(chosen), int(pairs.weight[chosen].sum()))
    if value != (before.value[0], before.value[-1]):
        raise UnequalError(f"replan: {value} by OR-Tools, {before.value} by matchkit")
    at = np.lexsort((pairs.right[chosen], pairs.left[chosen]))
    left_of, right_of = (
        side[chosen][at].astype(np.intp) for side in (pairs.left, pairs.right)
    )
    rng = np.random.default_rng(SEED)
    lost = rng.choice(people, people // LOST, replace=False)
    left, right = graph.left_capacity.copy(), graph.right_capacity.copy()
    left[lost] = 0
    np.add.at(right, rng.choice(places, places // NEW + (places == PLACES)), 1)
    now, goals = _network(replace(graph, left_capacity=left, right_capacity=right))
    held = np.flatnonzero(left[left_of] > 0)
    gain = np.zeros((len(held), 3), np.int64)
    gain[:, 1] = 1
    first = FirstUnits(
        left_of[held],
        right_of[held],
        np.ones(len(held), np.int64),
        gain,
    )
    began = time.perf_counter()
    known = NO_LIMITS, None, _start(before), None, None if way == "anew" else first
    found = solve_network(now, goals, "auto", *known)
    seconds = time.perf_counter() - began
    was = set((left_of * places + right_of).tolist())
    has = set(found.pairs.keys(places).tolist())
    return {
        "seconds": seconds,
        "held": len(was),
        "new": len(has - was),
        "lost": len(was) - len(held),
        "gone": len(was - has) - len(was) + len(held),
        "filled": found.value[0],
        "weight": found.value[-1],
        "proven": found.bound == found.value,
    }


def city(way: str, scale: str) -> dict[str, Any]:
    """The generated city planned, changed and planned again, verified in either way."""
    problem = mk.datasets.city(scale, CITY_SEED)  # type: ignore[arg-type]
    before = mk.solve(problem)
    lost = {one.resource for one in before.assignments[::LOST]}
    left = [one for one in problem.resources if one.id not in lost]
    now = problem.model_copy(update={"resources": tuple(left)})
    began = time.perf_counter()
    plan = mk.solve(now) if way == "anew" else mk.replan(now, before)
    seconds = time.perf_counter() - began
    was, has = (
        {(entry.resource, entry.requirement) for entry in one.assignments}
        for one in (before, plan)
    )
    with_lost = sum(resource in lost for resource, _ in was)
    return {
        "seconds": seconds,
        "held": len(was),
        "new": len(has - was),
        "lost": with_lost,
        "gone": len(was - has) - with_lost,
        "filled": sum(one.quantity for one in plan.assignments),
        "weight": plan.outcome.value,
        "proven": plan.outcome.status == "optimal",
    }


def run(quick: bool) -> Figures:
    """Every instance planned again in either way, in turns. Raises UnequalError where a plan is not proven,
    or least change fills less or moves more than a plan made anew.
    """
    people, places, rounds = (1_400, 279, 1) if quick else (PEOPLE, PLACES, 3)
    scale, lines = "district" if quick else "city", {}
    for name in (*NEAREST, CITY):
        ways = {
            way: partial(in_process, city, way, scale)
            if name == CITY
            else partial(in_process, drawn, name, way, people, places)
            for way in WAYS
        }
        samples = in_turns(ways, rounds)
        anew, least = (samples[way][0] for way in WAYS)
        if not (anew["proven"] and least["proven"]):
            raise UnequalError(f"replan, {name}: not proven")
        if anew["filled"] != least["filled"] or anew["gone"] < least["gone"]:
            raise UnequalError(f"replan, {name}: {anew}, {least}")
        lines[name] = {
            "seconds": spreads(samples, "seconds"),
            "times": times_faster(samples, "anew"),
            "found": {"anew": anew, "least change": least},
        }
    return {"people": people, "places": places, "lines": lines}


TITLES = {
    "near_40": "near places, 0.56 million pairs",
    "near_230": "near places, 3.2 million pairs",
    "city": "generated city",
}
COUNTED = ("held", "lost", "filled", "new", "gone", "weight")


def _rows(figures: Figures) -> str:
    rows = [
        (
            TITLES[name],
            way,
            *(whole(found[field]) for field in COUNTED),
            line["seconds"][way],
            line["times"].get(way),
        )
        for name, line in figures["lines"].items()
        for way, found in line["found"].items()
    ]
    head = (
        "instance",
        "plan",
        "pairs before",
        "lost",
        "filled",
        "new",
        "gone",
        "weight",
        "s",
        "times anew",
    )
    return table(head, rows)


register(
    Benchmark(
        name="replan",
        claim="As many slots filled with the fewest changes of the plan before, proven over all pairs",
        peers=("ortools",),
        seeds={"places": FAIR_SEED, "changes": SEED, "city": CITY_SEED},
        run=run,
        tables={"replan": _rows},
    )
)
