"""A stream of calls answered one by one, by a policy that does not see what comes."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Int64, Intp, Mask
from matchkit.solvers.arrivals.bid_prices import (
    CLOSED,
    NEVER,
    BestAnswers,
    CallSequence,
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
        """The best answers, by ``capacity``, int64 (people,), of who knows all this. None are worth more."""
        calls, number = self.calls, np.arange(len(self.calls.kind))
        weight = calls.weight[calls.kind]
        weight[self.refused | (number[:, None] >= self.gone)] = NEVER
        return replace(calls, kind=number, weight=weight).best(capacity)


class HoldBack(NamedTuple):
    """The policy of bid prices (Talluri and van Ryzin 1998). ``sample`` makes a future: calls that may come
    after the call of the first number; the second tells futures apart. Prices are made anew after ``every``
    calls, or when a ``share`` of the units then left is used up.
    """

    sample: Callable[[int, int], CallSequence]
    futures: int = 12
    every: int = 16
    share: float = 0.1

    def prices(self, number: int, left: Int64) -> Int64:
        """The sum of both ends of prices over all futures: int64 (people,), CLOSED where nothing is left."""
        price = np.where(left > 0, 0, CLOSED)
        for which in range(self.futures):
            price += self.sample(number, which).best(left).prices
        return price


class Replay(NamedTuple):
    """How a policy answered: ``call`` and ``person``, intp (answers,), in their order; ``value``, the sum of
    weights; how often people ``refused``; ``renewals`` of prices, their seconds, and those of each answer.
    """

    call: Intp
    person: Intp
    value: int
    refused: int
    renewals: int
    renewal_seconds: float
    answer_seconds: list[float]


def replay(
    stream: CallStream, capacity: Int64, policy: HoldBack | None = None
) -> Replay:
    """The stream answered by bid prices, or greedily without them, by people of ``capacity``, int64
    (people,): each seat by the person whose weight is furthest above the price, if it is not below; who
    refuses is passed over for that call. Of equals the first by number is asked.
    """
    calls, left = stream.calls, capacity.copy()
    # Prices are sums over both ends of every future, so weights count as often: whole, compared exactly.
    times = 2 * policy.futures if policy else 1
    worth = np.where(calls.weight == NEVER, NEVER, calls.weight * times)
    price = np.where(left > 0, 0, CLOSED)
    answers, seconds = list[tuple[int, int]](), list[float]()
    refused = renewals = due = 0
    renewing = low = 0.0
    for number, kind in enumerate(calls.kind.tolist()):
        gone = stream.gone == number
        left[gone], price[gone] = 0, CLOSED
        units = int(left.sum())
        if policy and units and (number >= due or units <= low):
            began = time.perf_counter()
            price = policy.prices(number, left)
            due, low = number + policy.every, units * (1 - policy.share)
            renewing, renewals = renewing + time.perf_counter() - began, renewals + 1
        began = time.perf_counter()
        excess = worth[kind] - price
        for _ in range(int(calls.seats[number]) if units else 0):
            person = int(excess.argmax())
            while excess[person] >= 0 and stream.refused[number, person]:
                excess[person], refused = NEVER, refused + 1
                person = int(excess.argmax())
            if excess[person] < 0:
                break
            answers.append((number, person))
            left[person] -= 1
            if not left[person]:
                price[person] = CLOSED
            if not left[person] or not calls.shared[person]:
                excess[person] = NEVER
        seconds.append(time.perf_counter() - began)
    call, who = np.array(answers, np.intp).reshape(-1, 2).T
    value = int(calls.weight[calls.kind[call], who].sum())
    return Replay(call, who, value, refused, renewals, renewing, seconds)
