"""Bid prices: what a unit of a person's time would bring to calls to come, as the mean of sampled futures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.errors import BudgetError, EngineError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.solvers.match import match

NEVER = -(2**60)
"""The weight of a pair that is not eligible."""
CLOSED = 2**60
"""The price of a person who has no unit left."""
HEAVIEST = 2**40
"""No weight is further from 0, so that sums over futures stay exact."""
MOST_FUTURES = 1_000
MOST_CELLS = 50_000_000
"""Calls times people."""


@dataclass(frozen=True, slots=True, eq=False)
class CallSequence:
    """Calls in the order in which they arrive.

    ``kind``, intp (calls,), is the row of ``weight`` that holds for a call; ``weight``, int64 (kinds,
    people), what a seat filled by a person is worth, NEVER where the pair is not eligible; ``seats``, int64
    (calls,), how many people a call asks for. ``shared``, bool (people,), says who may take several seats of
    one call, as goods do; all others take at most one.
    """

    kind: Intp
    weight: Int64
    seats: Int64
    shared: Mask

    def __len__(self) -> int:
        """Number of calls."""
        return len(self.kind)

    def best(self, capacity: Int64) -> BestAnswers:
        """The greatest value with all calls known, by ``match``; capacity is int64 (people,)."""
        rows, of_call = np.unique(self.kind, return_inverse=True)
        wanted, times = (np.zeros(len(rows), np.int64) for _ in range(2))
        np.add.at(wanted, of_call, self.seats)
        np.add.at(times, of_call, 1)
        # Calls of one kind are one node. A person takes at most one seat of each of them; where all ask for
        # as many, any such numbers can be dealt to the calls in turn: the node is no looser than its calls.
        call, person = np.nonzero((self.weight[rows] != NEVER) & (capacity > 0))
        weight = self.weight[rows[call], person]
        if weight.size and int(np.abs(weight).max()) > HEAVIEST:
            raise BudgetError(Message.of("arrivals.heavy", most=HEAVIEST))
        most = np.where(self.shared[person], wanted[call], times[call])
        graph = BipartiteGraph.from_arrays(
            person, call, weight, edge_capacity=np.minimum(most, capacity[person]),
            left_capacity=capacity, right_capacity=wanted,
        )  # fmt: skip
        found = match(graph)
        if found.flow is None or found.value != found.bound:
            raise EngineError(Message.of("defect.plan", reason="hindsight"))
        return BestAnswers(
            int(found.value), person, call, weight, found.flow, most, wanted, capacity
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class BestAnswers:
    """The best answers to calls that are all known: their ``value``, and by pair of a ``person`` and a node
    ``call``: ``weight``, units carried (``flow``) and ``most``, int64 (pairs,); ``wanted``, int64 (nodes,),
    and ``capacity``, int64 (people,).
    """

    value: int
    person: Intp
    call: Intp
    weight: Int64
    flow: Int64
    most: Int64
    wanted: Int64
    capacity: Int64

    def price_ends(self) -> tuple[Int64, Int64]:
        """What one more unit of each person would bring, and one less cost: the least and the greatest
        optimal prices, int64 (people,) both. docs/mathematics.md (Calls one by one) has the proof.
        """
        person, call = (self.person, self.capacity), (self.call, self.wanted)
        least, _ = self._least(*person, *call)
        _, greatest = self._least(*call, *person)
        return least, np.where(self.capacity > 0, greatest, 0)

    def _least(
        self, one: Intp, units: Int64, other: Intp, others: Int64
    ) -> tuple[Int64, Int64]:
        """The least optimal prices of one side and the greatest of the other, each given as the nodes that
        pairs end at and what these may carry: complementary slackness as a fixed point, from below. Optimal
        prices are a lattice (Shapley and Shubik 1971), so there is one.
        """
        room = self.flow < self.most
        full = np.bincount(other, self.flow, len(others)) == others
        used = (self.flow > 0) & full[other]
        price = np.zeros(len(units), np.int64)
        while True:
            # A full node asks all that the least of its units earns; any other has a free unit and asks 0.
            asked = np.where(full, CLOSED, 0)
            earned = self.weight[used] - price[one[used]]
            np.minimum.at(asked, other[used], earned)
            raised = price.copy()
            left_over = self.weight[room] - asked[other[room]]
            np.maximum.at(raised, one[room], left_over)
            if (raised == price).all():
                return price, asked
            price = raised


Sampler: TypeAlias = Callable[[int, int], CallSequence]
"""Makes a future: the calls that may come after the call of the first number; the second tells futures apart.
It knows nothing of the calls that come.
"""


def bid_prices(futures: Iterable[CallSequence], capacity: Int64) -> Int64:
    """The sum over futures of both ends of each person's prices: int64 (people,); CLOSED where a person has
    no unit left. Their mean is a bid price (Talluri and van Ryzin 1998).
    """
    total = np.zeros(len(capacity), np.int64)
    for future in futures:
        if len(future):
            least, greatest = future.best(capacity).price_ends()
            total += least + greatest
    total[capacity == 0] = CLOSED
    return total
