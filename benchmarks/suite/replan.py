"""Least change beside a plan made anew: after 280 people of 14,000 have dropped out and 50 slots are new,
and of the generated city after every fiftieth person in its plan has dropped out; proven over all pairs.

``python -m benchmarks.suite.replan`` prints the figures.
"""

from __future__ import annotations

import json
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np

import matchkit as mk
from benchmarks.suite.fair import CITY_SEED, NEAREST, PEOPLE, PLACES, near
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


def drawn(name: str, people: int, places: int, way: str) -> dict[str, Any]:
    """A graph planned, changed and planned again."""
    graph = near(NEAREST[name], people, places)
    network, goals = _network(graph)
    before = solve_network(network, goals, "auto")
    rng = np.random.default_rng(SEED)
    lost = rng.choice(people, people // LOST, replace=False)
    left, right = graph.left_capacity.copy(), graph.right_capacity.copy()
    left[lost] = 0
    np.add.at(right, rng.choice(places, places // NEW + (places == PLACES)), 1)
    now, goals = _network(replace(graph, left_capacity=left, right_capacity=right))
    held = np.flatnonzero(left[before.pairs.left] > 0)
    pairs = before.pairs.take(held)
    gain = np.zeros((len(held), 3), np.int64)
    gain[:, 1] = 1
    first = FirstUnits(
        pairs.left.astype(np.intp),
        pairs.right.astype(np.intp),
        before.quantity[held],
        gain,
    )
    began, worked = time.perf_counter(), time.process_time()
    known = NO_LIMITS, None, _start(before), None, None if way == "anew" else first
    found = solve_network(now, goals, "auto", *known)
    return {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - worked,
        **_counted(before, found, places),
        "lost": len(lost),
        "lost_with_a_slot": int((left[before.pairs.left] == 0).sum()),
        "fill": found.value[0],
        "weight": found.value[-1],
        "proven": found.bound == found.value,
        "rounds": found.rounds,
    }


def _counted(before: Solution, found: Solution, places: int) -> dict[str, int]:
    """Pairs that are new, and pairs that are gone, both without those of people who dropped out."""
    was, now = (set(one.pairs.keys(places).tolist()) for one in (before, found))
    return {"held": len(was), "new": len(now - was), "gone": len(was - now)}


def city(scale: str, way: str) -> dict[str, Any]:
    """The generated city planned, changed and planned again, verified in either way."""
    problem = mk.datasets.city(scale, CITY_SEED)  # type: ignore[arg-type]
    before = mk.solve(problem)
    lost = {one.resource for one in before.assignments[::LOST]}
    left = [one for one in problem.resources if one.id not in lost]
    now = problem.model_copy(update={"resources": tuple(left)})
    began, worked = time.perf_counter(), time.process_time()
    plan = mk.solve(now) if way == "anew" else mk.replan(now, before)
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    was, has = (
        {(entry.resource, entry.requirement) for entry in one.assignments}
        for one in (before, plan)
    )
    return {
        "seconds": seconds,
        "cpu_seconds": cpu,
        "held": len(was),
        "new": len(has - was),
        "gone": len(was - has),
        "lost": len(lost),
        "fill": sum(one.quantity for one in plan.assignments),
        "weight": plan.outcome.value,
        "proven": plan.outcome.status == "optimal",
    }


def run(quick: bool) -> dict[str, Any]:
    """Every instance planned again in either way."""
    people, places = (1_400, 279) if quick else (PEOPLE, PLACES)
    found: dict[str, Any] = {
        name: {way: drawn(name, people, places, way) for way in WAYS}
        for name in NEAREST
    }
    scale = "district" if quick else CITY
    found[CITY] = {way: city(scale, way) for way in WAYS}
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run("quick" in sys.argv), indent=1) + "\n")
