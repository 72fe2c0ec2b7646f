"""Bid prices: what a unit of a person's time is worth to calls to come, as the mean over sampled futures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.errors import BudgetError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.solvers.match import match

NEVER = -(2**60)
"""The weight of a pair that is not eligible."""
CLOSED = 2**60
"""The price of a person who has no unit left."""
HEAVIEST = 2**40
"""No weight is further from 0, so that sums over futures stay exact."""


class BestAnswers(NamedTuple):
    """The best answers to calls that are all known: ``value``, seats ``filled``, and ``prices``, int64
    (people,): the least and the greatest optimal price of each person, added up.
    """

    value: int
    filled: int
    prices: Int64


@dataclass(frozen=True, slots=True, eq=False)
class CallSequence:
    """Calls in the order in which they arrive.

    ``kind``, intp (calls,), is a call's row of ``weight``; ``weight``, int64 (kinds, people), what a seat is
    worth, NEVER where the pair is not eligible; ``seats``, int64 (calls,), how many people a call asks for.
    ``shared``, bool (people,), may take several seats of one call, as goods do; all others take one at most.
    """

    kind: Intp
    weight: Int64
    seats: Int64
    shared: Mask

    def best(self, capacity: Int64) -> BestAnswers:
        """The best answers of people with ``capacity``, int64 (people,), by ``match``. Raises BudgetError for
        weights beyond HEAVIEST.
        """
        # Calls of one kind are one node. A person takes at most one seat of each of them; where all ask for
        # as many, any such numbers can be dealt to the calls in turn: the node is no looser than its calls.
        rows, node = np.unique(self.kind, return_inverse=True)
        wanted = np.bincount(node, self.seats, len(rows)).astype(np.int64)
        call, person = np.nonzero((self.weight[rows] != NEVER) & (capacity > 0))
        weight = self.weight[rows[call], person]
        if weight.size and int(np.abs(weight).max()) > HEAVIEST:
            raise BudgetError(Message.of("arrivals.heavy", most=HEAVIEST))
        times = np.bincount(node, minlength=len(rows))
        most = np.where(self.shared[person], wanted[call], times[call])
        graph = BipartiteGraph.from_arrays(
            person,
            call,
            weight,
            edge_capacity=most,
            left_capacity=capacity,
            right_capacity=wanted,
        )
        found = match(graph)
        flow = np.asarray(found.flow)
        people, calls = (person, capacity), (call, wanted)
        least = _least_prices(*people, *calls, weight, flow, most)[0]
        greatest = _least_prices(*calls, *people, weight, flow, most)[1]
        prices = least + np.where(capacity > 0, greatest, 0)
        return BestAnswers(int(found.value), int(flow.sum()), prices)


def _least_prices(
    one: Intp,
    units: Int64,
    other: Intp,
    others: Int64,
    weight: Int64,
    flow: Int64,
    most: Int64,
) -> tuple[Int64, Int64]:
    """The least optimal prices of one side and the greatest of the other, each given as the nodes that pairs
    end at and what these may carry: complementary slackness as a fixed point, from below. Optimal prices are
    a lattice (Shapley and Shubik 1971); docs/mathematics.md (Calls one by one) has the proof.
    """
    full = np.bincount(other, flow, len(others)) == others
    room, used = np.flatnonzero(flow < most), np.flatnonzero((flow > 0) & full[other])
    taker, seat, left_over = one[room], other[room], weight[room]
    holder, held, earned = one[used], other[used], weight[used]
    price = np.zeros(len(units), np.int64)
    while True:
        # A full node asks all that the least of its units earns; any other has a free unit and asks 0.
        asked = np.where(full, CLOSED, 0)
        np.minimum.at(asked, held, earned - price[holder])
        raised = price.copy()
        np.maximum.at(raised, taker, left_over - asked[seat])
        if (raised == price).all():
            return price, asked
        price = raised
