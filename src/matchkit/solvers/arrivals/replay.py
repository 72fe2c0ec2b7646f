"""A stream of calls answered one by one, by a policy that does not see what comes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.solvers.arrivals.bid_prices import (
    CLOSED,
    MOST_CELLS,
    NEVER,
    BestAnswers,
    CallSequence,
    Sampler,
    bid_prices,
)


@dataclass(frozen=True, slots=True, eq=False)
class CallStream:
    """What happens, whatever the policy: the ``calls``; who would refuse which of them, bool (calls,
    people); and the call before which a person drops out, intp (people,), the number of calls for who stays.
    """

    calls: CallSequence
    refused: Mask
    gone: Intp

    def hindsight(self, capacity: Int64) -> BestAnswers:
        """The best answers of who knows all calls, refusals and drop-outs. No policy has a greater value."""
        calls, number = self.calls, np.arange(len(self.calls))
        if self.refused.size > MOST_CELLS:
            cells = {"cells": self.refused.size, "most": MOST_CELLS}
            raise BudgetError(Message.of("arrivals.cells", **cells))
        weight = calls.weight[calls.kind]
        weight[self.refused | (number[:, None] >= self.gone)] = NEVER
        return replace(calls, kind=number, weight=weight).best(capacity)


class HoldBack(NamedTuple):
    """The policy of bid prices: ``futures`` are sampled, and prices made anew after ``every`` calls or when a
    ``share`` of the capacity then left is used up.
    """

    sample: Sampler
    futures: int = 12
    every: int = 16
    share: float = 0.1


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """How a policy answered: ``call`` and ``person``, intp (answers,), in their order; ``value``, the sum of
    their weights; seats ``unmet``; how often people ``refused``; ``renewals`` of prices and the seconds that
    they took; and ``answer_seconds``, one a call.
    """

    call: Intp
    person: Intp
    value: int
    unmet: int
    refused: int
    renewals: int
    renewal_seconds: float
    answer_seconds: list[float]


def replay(
    stream: CallStream, capacity: Int64, hold_back: HoldBack | None = None
) -> Replay:
    """The stream answered by bid prices, or greedily without them: each seat by the person whose weight is
    furthest above the price, if it is not below; who refuses is passed over for that call. Of equals the
    first by number is asked. ``capacity`` is int64 (people,).
    """
    run = _Run(stream, capacity, hold_back)
    for number in range(len(stream.calls)):
        run.meet(number)
    return run.result()


class _Run:
    """One run: what is left of everybody, and prices."""

    def __init__(
        self, stream: CallStream, capacity: Int64, hold_back: HoldBack | None
    ) -> None:
        self._stream, self._hold_back = stream, hold_back
        self._left = capacity.copy()
        weight, times = stream.calls.weight, 2 * hold_back.futures if hold_back else 1
        # Prices are sums over both ends of every future, so weights count as often: whole numbers, compared
        # exactly.
        self._worth = np.where(weight == NEVER, NEVER, weight * times)
        self._price = np.where(capacity > 0, 0, CLOSED)
        self._excess = np.zeros(len(capacity), np.int64)
        self._answers: list[tuple[int, int]] = []
        self._unmet = self._refused = self._renewals = 0
        self._renewal_seconds, self._seconds = 0.0, list[float]()
        self._due, self._low = 0, 0

    def meet(self, number: int) -> None:
        """Drop-outs before a call, prices where they are due, and the answer."""
        stream, left = self._stream, self._left
        gone = stream.gone == number
        left[gone], self._price[gone] = 0, CLOSED
        if self._hold_back is not None:
            units = int(left.sum())
            if number >= self._due or units <= self._low:
                self._renew(self._hold_back, number, units)
        calls, excess, refused = stream.calls, self._excess, stream.refused[number]
        began = time.perf_counter()
        np.subtract(self._worth[calls.kind[number]], self._price, out=excess)
        for seat in range(int(calls.seats[number])):
            person = int(excess.argmax())
            while excess[person] >= 0 and refused[person]:
                self._refused += 1
                excess[person] = NEVER
                person = int(excess.argmax())
            if excess[person] < 0:
                self._unmet += int(calls.seats[number]) - seat
                break
            self._answers.append((number, person))
            left[person] -= 1
            if not left[person]:
                self._price[person] = CLOSED
            if not left[person] or not calls.shared[person]:
                excess[person] = NEVER
        self._seconds.append(time.perf_counter() - began)

    def _renew(self, policy: HoldBack, number: int, units: int) -> None:
        began = time.perf_counter()
        futures = (policy.sample(number, one) for one in range(policy.futures))
        self._price = bid_prices(futures, self._left)
        self._renewals += 1
        self._due = number + policy.every
        self._low = units - max(1, int(policy.share * units)) if units else -1
        self._renewal_seconds += time.perf_counter() - began

    def result(self) -> Replay:
        """What came of it."""
        calls = self._stream.calls
        pairs = np.array(self._answers, np.intp).reshape(-1, 2)
        call, person = pairs[:, 0], pairs[:, 1]
        value = int(calls.weight[calls.kind[call], person].sum())
        return Replay(
            call, person, value, self._unmet, self._refused,
            self._renewals, self._renewal_seconds, self._seconds,
        )  # fmt: skip
