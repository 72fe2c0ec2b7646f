"""Small networks that change, drawn by a seed: a plain description, the same for a full solve, and the events
that change both the description and the arrays that are kept optimal.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from matchkit.graph.candidates import PairList
from matchkit.graph.network import CapTree, Goals, Network, UnitSteps
from matchkit.solvers.live.network import LiveNetwork, LiveNodes, LivePairs
from matchkit.solvers.live.search import FlowMending, NoPathError, perform
from matchkit.solvers.match import solve_network

Vector = tuple[int, ...]
GOALS = ("first minimum", "first", "second minimum", "second", "shared", "weight")


def added(one: Vector, other: Vector, times: int = 1) -> Vector:
    return tuple(a + times * b for a, b in zip(one, other, strict=True))


def unit(goal: int, amount: int = 1) -> Vector:
    return tuple(amount * (place == goal) for place in range(len(GOALS)))


@dataclass
class Node:
    """A node or cap: the cap above it (None: the root), capacity, and what its first units gain."""

    up: int | None
    capacity: int
    steps: list[tuple[int, Vector]] = field(default_factory=list)

    def within(self) -> list[tuple[int, Vector]]:
        """The steps as far as the capacity reaches."""
        found, room = [], self.capacity
        for many, vector in self.steps:
            found.append((min(many, room), vector))
            room -= min(many, room)
        return [one for one in found if one[0]]

    def gain(self, units: int) -> Vector:
        total = (0,) * len(GOALS)
        for many, vector in self.steps:
            total = added(total, vector, min(units, many))
            units -= min(units, many)
        return total


@dataclass
class Case:
    """Nodes by number within their kind, and pairs: weight, what each may carry and must."""

    kinds: dict[str, list[Node]]
    pairs: dict[tuple[int, int], list[int]]


KINDS = ("left", "right", "left_caps", "right_caps")


def wanted_steps(rng: random.Random, wanted: int) -> list[tuple[int, Vector]]:
    tier = rng.choice((0, 2))
    least = rng.choice((0, 0, rng.randint(0, wanted)))
    steps = [(least, unit(tier)), (wanted - least, unit(tier + 1))]
    return [one for one in steps if one[0]]


def even_steps(rng: random.Random, many: int) -> list[tuple[int, Vector]]:
    first = rng.randint(1, 4)
    return [(1, unit(4, max(0, first - k))) for k in range(many)]


def drawn(rng: random.Random) -> Case:
    """A case with a few nodes, caps and pairs."""
    kinds: dict[str, list[Node]] = {}
    for side in ("left", "right"):
        many = rng.randint(0, 3)
        caps = [
            Node(rng.choice([None, *range(k)]), rng.randint(0, 6)) for k in range(many)
        ]
        for cap in caps:
            if rng.random() < 0.4:
                cap.steps = even_steps(rng, rng.randint(1, 4))
        kinds[f"{side}_caps"] = caps
    kinds["left"], kinds["right"] = [], []
    case = Case(kinds, {})
    for _ in range(rng.randint(2, 6)):
        kinds["left"].append(new_left(rng, case))
    for _ in range(rng.randint(2, 6)):
        kinds["right"].append(new_right(rng, case))
    for left in range(len(kinds["left"])):
        for right in range(len(kinds["right"])):
            if rng.random() < 0.6:
                case.pairs[left, right] = new_pair(rng)
    return case


def above(rng: random.Random, case: Case, kind: str) -> int | None:
    return rng.choice([None, *range(len(case.kinds[kind]))])


def new_left(rng: random.Random, case: Case) -> Node:
    found = Node(above(rng, case, "left_caps"), rng.choice((0, 1, 1, 1, 2, 4)))
    if rng.random() < 0.2:
        found.steps = [(1, unit(4, -k - 1)) for k in range(found.capacity)]
    return found


def new_right(rng: random.Random, case: Case) -> Node:
    wanted = rng.randint(1, 4)
    return Node(above(rng, case, "right_caps"), wanted, wanted_steps(rng, wanted))


def new_pair(rng: random.Random) -> list[int]:
    """Weight, capacity and lock."""
    return [rng.randint(-5, 30), rng.choice((1, 1, 1, 3)), 0]


# -- the full solve ----------------------------------------------------------------------------------


def solved(case: Case) -> Vector | None:
    """The best value there is; None where locks take more than there is."""
    locked = {pair: entry[2] for pair, entry in case.pairs.items() if entry[2]}
    used = {kind: Counter[int]() for kind in KINDS}
    value = (0,) * len(GOALS)
    for (left, right), units in locked.items():
        value = added(value, unit(5, case.pairs[left, right][0]), units)
        for side, node in (("left", left), ("right", right)):
            used[side][node] += units
            here = case.kinds[side][node].up
            while here is not None:
                used[f"{side}_caps"][here] += units
                here = case.kinds[f"{side}_caps"][here].up
    for kind, counts in used.items():
        for node, units in counts.items():
            if units > case.kinds[kind][node].capacity:
                return None
            value = added(value, case.kinds[kind][node].gain(units))
    network, goals = as_network(case, used)
    solution = solve_network(network, goals, "flow")
    assert solution.optimal
    return added(value, solution.value)


def as_network(case: Case, used: dict[str, Counter[int]]) -> tuple[Network, Goals]:
    sizes = {kind: len(case.kinds[kind]) for kind in KINDS}
    capacity = {
        kind: np.array(
            [node.capacity - used[kind][k] for k, node in enumerate(case.kinds[kind])],
            np.int64,
        )
        for kind in KINDS
    }
    steps = {}
    for kind in KINDS:
        entries = [
            (k, many, vector)
            for k, node in enumerate(case.kinds[kind])
            for many, vector in node.within()
        ]
        whole = UnitSteps(
            np.array([entry[0] for entry in entries], np.int32),
            np.array([entry[1] for entry in entries], np.int64),
            np.array([entry[2] for entry in entries], np.int64).reshape(
                len(entries), len(GOALS)
            ),
        )
        gone = np.array([used[kind][k] for k in range(sizes[kind])], np.int64)
        steps[kind] = whole.without(gone)
    listed = sorted(
        (pair, entry) for pair, entry in case.pairs.items() if entry[1] > entry[2]
    )
    left = np.array([pair[0] for pair, _ in listed], np.int64)
    weights = [entry[0] for _, entry in listed]
    pairs = PairList(
        sizes["left"],
        sizes["right"],
        np.searchsorted(left, np.arange(sizes["left"] + 1)).astype(np.int64),
        np.array([pair[1] for pair, _ in listed], np.int32),
        np.array(weights, np.int64),
        np.array([entry[1] - entry[2] for _, entry in listed], np.int64),
        None,
        (min(weights, default=0), max(weights, default=0)),
    )

    def ups(kind: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        found = [-1 if node.up is None else node.up for node in case.kinds[kind]]
        return np.array(found, np.int32)

    trees = [
        CapTree(ups(side), ups(f"{side}_caps"), capacity[f"{side}_caps"])
        for side in ("left", "right")
    ]
    network = Network(pairs, capacity["left"], capacity["right"], trees[0], trees[1])
    goals = Goals(
        GOALS,
        True,
        steps["left"],
        steps["right"],
        steps["left_caps"],
        steps["right_caps"],
    )
    return network, goals


# -- the arrays ----------------------------------------------------------------------------------------


class Kept:
    """A case in arrays that are kept optimal: an empty flow at first, mended."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.number: dict[tuple[str, int], int] = {}
        self.place: dict[tuple[int, int], int] = {}
        for kind in ("left", "right"):
            for k in range(len(case.kinds[kind])):
                self.number[kind, k] = len(self.number)
        self.root = len(self.number)
        count = self.root + 1
        for kind in ("left_caps", "right_caps"):
            for k in range(len(case.kinds[kind])):
                self.number[kind, k] = count
                count += 1
        up, left = np.full(count, -1), np.zeros(count, np.bool_)
        capacity, none = np.zeros(count, np.int64), np.zeros(count, np.int64)
        node, units, gain = [], [], []
        for (kind, k), number in self.number.items():
            record = case.kinds[kind][k]
            up[number] = self.hub(kind, record)
            left[number] = kind.startswith("left")
            capacity[number] = record.capacity
            for many, vector in record.steps:
                node.append(number)
                units.append(many)
                gain.append(vector)
        steps = UnitSteps(
            np.array(node, np.int32),
            np.array(units, np.int64),
            np.array(gain, np.int64).reshape(len(gain), len(GOALS)),
        )
        listed = sorted(case.pairs)
        self.place = {pair: place for place, pair in enumerate(listed)}
        zero = np.zeros(len(listed), np.int64)
        self.net = LiveNetwork(
            LiveNodes(up.astype(np.int64), left, capacity, none, none, steps),
            LivePairs(
                np.array([self.number["left", a] for a, _ in listed], np.int32),
                np.array([self.number["right", b] for _, b in listed], np.int32),
                np.array([case.pairs[pair][0] for pair in listed], np.int64),
                zero,
                zero,
                zero,
            ),
            np.zeros((count, len(GOALS)), np.int64),
        )

        def begin(repair: FlowMending) -> None:
            for (kind, _), number in self.number.items():
                if kind.endswith("caps"):
                    repair.link(number)
            for pair, place in self.place.items():
                self.net.set_pairs("most", np.array([place]), case.pairs[pair][1])
            for (kind, _), number in self.number.items():
                if not kind.endswith("caps"):
                    repair.node(number)

        self.perform(begin)

    def perform(self, change: Callable[[FlowMending], None]) -> None:
        perform(self.net, change)

    def hub(self, kind: str, record: Node) -> int:
        if record.up is None:
            return self.root
        return self.number[f"{kind.split('_')[0]}_caps", record.up]


def wrong(kept: Kept) -> str:
    """What is wrong with the arrays: the flow, or a price that an arc beats; "" for nothing."""
    net, case = kept.net, kept.case
    carried = Counter[int]()
    for pair, place in kept.place.items():
        units = int(net.units[place])
        if pair not in case.pairs:
            if units:
                return f"{pair} is no pair"
            continue
        _, most, least = case.pairs[pair]
        if not least <= units <= most:
            return f"{pair} carries {units}"
        for side, node in zip(("left", "right"), pair, strict=True):
            carried[kept.number[side, node]] += units
            here = case.kinds[side][node].up
            while here is not None:
                carried[kept.number[f"{side}_caps", here]] += units
                here = case.kinds[f"{side}_caps"][here].up
    prices = [tuple(row) for row in net.prices().tolist()]
    zero = (0,) * len(GOALS)

    def cost(tail: int, head: int, gain: Vector) -> Vector:
        return added(added(prices[head], prices[tail], -1), gain, -1)

    base = Counter[int]()
    for (left, right), entry in case.pairs.items():
        for side, node in (("left", left), ("right", right)):
            base[kept.number[side, node]] += entry[2]
            here = case.kinds[side][node].up
            while here is not None:
                base[kept.number[f"{side}_caps", here]] += entry[2]
                here = case.kinds[f"{side}_caps"][here].up
    for (kind, k), number in kept.number.items():
        record = case.kinds[kind][k]
        units, hub = carried[number], kept.hub(kind, record)
        if units != int(net.carried[number]) or units > record.capacity:
            return f"{kind} {k} carries {units}, {net.carried[number]} stated"
        ends = (hub, number) if kind.startswith("left") else (number, hub)
        more = added(record.gain(units + 1), record.gain(units), -1)
        less = added(record.gain(units), record.gain(units - 1), -1)
        if units < record.capacity and cost(*ends, more) < zero:
            return f"{kind} {k} could carry more"
        if units > base[number] and cost(*ends, less) > zero:
            return f"{kind} {k} could carry less"
    for (left, right), (weight, most, least) in case.pairs.items():
        units = int(net.units[kept.place[left, right]])
        ends = kept.number["left", left], kept.number["right", right]
        beyond = cost(*ends, unit(5, weight))
        if (units < most and beyond < zero) or (units > least and beyond > zero):
            return f"{(left, right)} beats its prices by {beyond}"
    return ""


def value(kept: Kept) -> Vector:
    """What the flow reaches."""
    net, total = kept.net, (0,) * len(GOALS)
    for (kind, k), number in kept.number.items():
        total = added(total, kept.case.kinds[kind][k].gain(int(net.carried[number])))
    for pair, place in kept.place.items():
        if net.units[place]:
            total = added(
                total, unit(5, kept.case.pairs[pair][0]), int(net.units[place])
            )
    return total


# -- events ----------------------------------------------------------------------------------------


def event(rng: random.Random, kept: Kept) -> tuple[str, bool]:
    """Draw an event and make it on both sides: its kind, and whether it was possible."""
    case, net = kept.case, kept.net
    kind = rng.choice(
        ("left", "left", "wanted", "cap", "pair", "pair", "lock", "unlock", "new left", "new right", "other pairs")
    )  # fmt: skip
    pairs = sorted(case.pairs)
    if kind == "left":
        k = rng.randrange(len(case.kinds["left"]))
        record, number = case.kinds["left"][k], kept.number["left", k]
        record.capacity = rng.choice((0, 1, 1, 2, 3))
        if record.steps:
            record.steps = [(1, unit(4, -j - 1)) for j in range(record.capacity)]

        def change(repair: FlowMending) -> None:
            many, gain = zip(*record.steps, strict=True) if record.steps else ((), ())
            if number in net.steps:
                net.set_steps(number, np.cumsum(many).tolist(), gain)
            net.set_link(number, capacity=record.capacity)
            repair.link(number)

    elif kind == "wanted":
        k = rng.randrange(len(case.kinds["right"]))
        record, number = case.kinds["right"][k], kept.number["right", k]
        record.capacity = rng.randint(1, 5)
        record.steps = wanted_steps(rng, record.capacity)

        def change(repair: FlowMending) -> None:
            many, gain = zip(*record.steps, strict=True)
            net.set_steps(number, np.cumsum(many).tolist(), gain)
            net.set_link(number, capacity=record.capacity)
            repair.link(number)

    elif kind == "cap":
        side = rng.choice(("left_caps", "right_caps"))
        if not case.kinds[side]:
            return kind, False
        k = rng.randrange(len(case.kinds[side]))
        number = kept.number[side, k]
        case.kinds[side][k].capacity = rng.randint(0, 7)

        def change(repair: FlowMending) -> None:
            net.set_link(number, capacity=case.kinds[side][k].capacity)
            repair.link(number)

    elif kind == "pair":
        left = rng.randrange(len(case.kinds["left"]))
        right = rng.randrange(len(case.kinds["right"]))
        if (left, right) in case.pairs:
            most = max(case.pairs[left, right][2], rng.choice((0, 1, 2)))
            case.pairs[left, right][1] = most
            place = kept.place[left, right]

            def change(repair: FlowMending) -> None:
                net.set_pairs("most", np.array([place]), most)
                repair.pair(place)

        else:
            return kind, False

    elif kind in ("lock", "unlock"):
        chosen = [
            pair for pair in pairs if bool(case.pairs[pair][2]) == (kind == "unlock")
        ]
        if not chosen:
            return kind, False
        pair = rng.choice(chosen)
        place, units = kept.place[pair], 0
        if kind == "lock":
            units = rng.randint(0, case.pairs[pair][1])
        by = units - case.pairs[pair][2]
        case.pairs[pair][2] = units

        def change(repair: FlowMending) -> None:
            net.set_pairs("least", np.array([place]), units)
            repair.pair(place)
            for side, node in zip(("left", "right"), pair, strict=True):
                here = kept.number[side, node]
                while here != kept.root:
                    net.set_link(here, base=int(net.base[here]) + by)
                    repair.link(here)
                    here = int(net.up[here])

    elif kind in ("new left", "new right"):
        side = kind.split()[1]
        other = "right" if side == "left" else "left"
        record = (new_left if side == "left" else new_right)(rng, case)
        k = len(case.kinds[side])
        case.kinds[side].append(record)
        mine = [n for n in range(len(case.kinds[other])) if rng.random() < 0.6]
        new = [(k, n) if side == "left" else (n, k) for n in mine]
        for pair in new:
            case.pairs[pair] = new_pair(rng)

        def change(repair: FlowMending) -> None:
            number = net.add_node(
                kept.hub(side, record), left=side == "left", capacity=record.capacity
            )
            kept.number[side, k] = number
            if record.steps:
                many, gain = zip(*record.steps, strict=True)
                net.set_steps(number, np.cumsum(many).tolist(), gain)
            add(kept, new)
            repair.node(number)

    else:
        side = rng.choice(("left", "right"))
        k = rng.randrange(len(case.kinds[side]))
        other = "right" if side == "left" else "left"
        number = kept.number[side, k]
        new = []
        gone = []
        for n in range(len(case.kinds[other])):
            pair = (k, n) if side == "left" else (n, k)
            if pair in case.pairs and rng.random() < 0.4 and not case.pairs[pair][2]:
                case.pairs[pair][1] = 0
                gone.append(kept.place[pair])
            elif pair not in case.pairs and rng.random() < 0.5:
                case.pairs[pair] = new_pair(rng)
                new.append(pair)

        def change(repair: FlowMending) -> None:
            net.set_pairs("most", np.array(gone, np.int64), 0)
            add(kept, new)
            repair.node(number)
            for place in gone:
                repair.pair(place)

    try:
        kept.perform(change)
    except NoPathError:
        return kind, False
    return kind, True


def add(kept: Kept, new: list[tuple[int, int]]) -> None:
    left = np.array([kept.number["left", a] for a, _ in new], np.int64)
    right = np.array([kept.number["right", b] for _, b in new], np.int64)
    gain = np.array([kept.case.pairs[pair][0] for pair in new], np.int64)
    most = np.array([kept.case.pairs[pair][1] for pair in new], np.int64)
    places = kept.net.add_pairs(left, right, gain, most)
    kept.place.update(zip(new, places.tolist(), strict=True))
