"""Checks a matching with floors, and the prices that prove its bounds, in plain Python numbers.

Theorem: docs/mathematics.md, "Floors". Shares no step with what made them: pairs come from the candidates of
the network, a block at a time, and everything is added up in whole numbers of any size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from matchkit.graph.candidates import MatrixBlock
from matchkit.graph.node_ids import side_name
from matchkit.messages.message import Message
from matchkit.solvers.floors.instance import FloorProblem
from matchkit.solvers.floors.priced import FloorPrices
from matchkit.solvers.flow.chosen import listed_wrong, stated_wrong
from matchkit.solvers.flow.solution import Solution


def floors_wrong(
    problem: FloorProblem,
    solution: Solution,
    worst: FloorPrices | None,
    total: FloorPrices | None,
) -> Message | None:
    """What is wrong with a solution, or with prices that bound its last two goals; None if nothing is."""
    network, pairs = problem.network, solution.pairs
    broken = listed_wrong(
        pairs, len(network.left_capacity), len(network.right_capacity)
    )
    if broken is None:
        block = network.pairs.block(0, network.pairs.left_count)
        broken = stated_wrong(block, pairs) or _flow_wrong(problem, solution)
    if broken is not None:
        return broken
    earlier = len(problem.goals.names) - 1
    for proof in (worst, total):
        if proof is not None:
            broken = prices_wrong(problem, proof, solution.value[:earlier])
            if broken is not None:
                return broken
    goals = solution.value[earlier:]
    if worst is not None and goals[0] > worst.bound:
        return _above(goals[0], worst.bound)
    if total is not None and len(goals) > 1:
        if total.price.any() and goals[0] < total.least:
            return Message("matching.wrong.floor")
        if goals[1] > total.bound:
            return _above(goals[1], total.bound)
    return None


def _above(value: int, bound: int) -> Message:
    return Message.of("matching.wrong.above_bound", value=str(value), bound=str(bound))


def _flow_wrong(problem: FloorProblem, solution: Solution) -> Message | None:
    pairs = solution.pairs
    given, taken = defaultdict[int, int](int), defaultdict[int, int](int)
    scores = {
        group: 0 for group, counts in enumerate(problem.counted.tolist()) if counts
    }
    group = problem.group.tolist()
    weight = 0
    for left, right, worth, room, units in zip(
        pairs.left.tolist(),
        pairs.right.tolist(),
        pairs.weight.tolist(),
        pairs.capacity.tolist(),
        solution.quantity.tolist(),
        strict=True,
    ):
        if not 1 <= units <= room:
            return Message("matching.wrong.units")
        given[left] += units
        taken[right] += units
        weight += worth * units
        scores[group[right]] = scores.get(group[right], 0) + worth * units
    value = [0] * (len(problem.goals.names) - 1)
    for side, carried, most, steps in (
        ("left", given, problem.network.left_capacity, problem.goals.left),
        ("right", taken, problem.network.right_capacity, problem.goals.right),
    ):
        capacity = most.tolist()
        for node, units in carried.items():
            if units > capacity[node]:
                return Message.of("matching.wrong.node_full", side=side_name(side))
        for node, units, gain in zip(
            steps.node.tolist(), steps.units.tolist(), steps.gain.tolist(), strict=True
        ):
            used = min(units, carried[node])
            carried[node] -= used
            value = [have + used * one for have, one in zip(value, gain, strict=False)]
    value += [min(scores.values(), default=0), weight]
    if solution.value != tuple(value[: len(solution.value)]):
        return Message("matching.wrong.value")
    return None


def prices_wrong(
    problem: FloorProblem, proof: FloorPrices, reached: tuple[int, ...]
) -> Message | None:
    """Whether prices do not prove the bound they state, for all matchings that reach as much in the goals
    before; None if they do.

    Weak duality, arc by arc, goal after goal as tuples: units of a node count what its steps say beyond its
    price, units of a pair its priced weight beyond its two prices, where that is more than nothing.
    """
    goals = problem.goals
    sides = (
        (proof.left_price, problem.network.left_capacity, goals.left),
        (proof.right_price, problem.network.right_capacity, goals.right),
    )
    zero = (0,) * len(goals.names)
    total = list(zero)

    def add(gain: tuple[int, ...], units: int) -> None:
        if gain > zero:
            for goal, one in enumerate(gain):
                total[goal] += one * units

    price = [int(one) for one in proof.price.tolist()]
    if proof.scale < 0 or min(price, default=0) < 0 or len(price) != problem.groups:
        return Message("matching.wrong.floor_price")
    if any(
        one and not counts
        for one, counts in zip(price, problem.counted.tolist(), strict=True)
    ):
        return Message("matching.wrong.floor_price")
    for prices, capacity, steps in sides:
        if prices.shape != (len(capacity), len(zero)):
            return Message("matching.wrong.no_prices")
        nodes = [tuple(row) for row in prices.tolist()]
        rest = capacity.tolist()
        for node, units, gain in zip(
            steps.node.tolist(), steps.units.tolist(), steps.gain.tolist(), strict=True
        ):
            rest[node] -= units
            add(tuple(a + b for a, b in zip(gain, nodes[node], strict=True)), units)
        for node, units in enumerate(rest):
            add(nodes[node], units)
    left, right = (prices.tolist() for prices, _, _ in sides)
    factor = [proof.scale + price[group] for group in problem.group.tolist()]
    last = len(zero) - 1
    earlier = range(last)
    plain = not any(any(row[:last]) for row in left + right)
    for one, other, weight, room in _every_pair(problem):
        beyond = weight * factor[other] - left[one][last] - right[other][last]
        if plain:
            if beyond > 0:
                total[last] += beyond * room
            continue
        before = tuple(-left[one][goal] - right[other][goal] for goal in earlier)
        add((*before, beyond), room)
    if tuple(total[:last]) != reached:
        return Message.of(
            "matching.wrong.floor_goals", value=str(reached), bound=str(tuple(total))
        )
    if proof.scale:
        most = (total[last] - sum(price) * proof.least) // proof.scale
    elif sum(price):
        most = total[last] // sum(price)
    else:
        return Message("matching.wrong.floor_price")
    if most > proof.bound:
        return Message.of("matching.wrong.bound_stated", bound=most, stated=proof.bound)
    return None


def _every_pair(problem: FloorProblem) -> Iterator[tuple[int, int, int, int]]:
    """Left and right node, weight and capacity of every candidate whose nodes have any capacity."""
    candidates = problem.network.pairs
    open_left = (problem.network.left_capacity > 0).tolist()
    open_right = (problem.network.right_capacity > 0).tolist()
    step = max(1, candidates.rows_per_block)
    for start in range(0, candidates.left_count, step):
        block = candidates.block(start, min(start + step, candidates.left_count))
        if isinstance(block, MatrixBlock):
            absent = None if block.absent is None else block.absent.tolist()
            for row, weights in enumerate(block.weight.tolist()):
                if not open_left[start + row]:
                    continue
                for column, weight in enumerate(weights):
                    if open_right[column] and not (absent and absent[row][column]):
                        yield start + row, column, weight, 1
            continue
        ends = block.first.tolist()
        right, weight = block.right.tolist(), block.weight.tolist()
        room = [1] * len(right) if block.capacity is None else block.capacity.tolist()
        for row in range(len(ends) - 1):
            if open_left[start + row]:
                for k in range(ends[row], ends[row + 1]):
                    if open_right[right[k]]:
                        yield start + row, right[k], weight[k], room[k]
