"""Streams of calls drawn by a stated arrival model: the same seed gives the same stream on every machine."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

import numpy as np

from matchkit.arrays import Float64, Intp
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Arrivals
from matchkit.simulation.kinds_of_calls import KindsOfCalls
from matchkit.solvers.arrivals.bid_prices import MOST_CELLS, CallSequence
from matchkit.solvers.arrivals.replay import CallStream

MOST_CALLS = 1_000_000
"""Most calls of demands that a round is expected to have."""
CALLS, REFUSALS, DROPOUTS, FUTURES = range(4)
"""What is drawn, each from numbers of its own."""


class DrawnCalls(NamedTuple):
    """Calls of demands: ``time``, float64 (calls,), ascending, in periods; ``demand``, intp (calls,)."""

    time: Float64
    demand: Intp

    def counts(self, periods: int, demands: int) -> Float64:
        """How many there were, by period and demand: float64 (periods, demands)."""
        found = np.zeros((periods, demands))
        np.add.at(found, (self.time.astype(np.intp), self.demand), 1)
        return found


def uniforms(seed: tuple[int, ...], count: int) -> Float64:
    """Numbers from 0 to below 1: float64 (count,).

    Only the raw numbers of PCG64 are used, which numpy keeps the same in every version (NEP 19).
    """
    raw = np.random.PCG64(np.random.SeedSequence(seed)).random_raw(count)
    found: Float64 = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return found


def drawn_calls(rates: Float64, seed: tuple[int, ...]) -> DrawnCalls:
    """Calls of independent Poisson processes with ``rates``, float64 (periods, demands), in a unit of time
    each. Raises BudgetError where too many are expected.
    """
    total = rates.sum(1)
    if total.sum() > MOST_CALLS:
        counted = {"calls": round(total.sum()), "most": MOST_CALLS}
        raise BudgetError(Message.of("simulation.calls", **counted))
    times, demands = [np.zeros(0)], [np.zeros(0, np.intp)]
    for period in np.flatnonzero(total > 0).tolist():
        # One process of the whole rate: exponential gaps, and whose call it is by shares of the rate. So many
        # gaps are beyond the period but for a chance far below 1e-20.
        mean = float(total[period])
        count = int(mean + 12 * mean**0.5 + 40)
        gap, share = uniforms((*seed, period), 2 * count).reshape(2, count)
        time = np.cumsum(-np.log1p(-gap)) / mean
        kept = time < 1
        ends = np.cumsum(rates[period])
        demand = np.searchsorted(ends, share[kept] * ends[-1], "right")
        times.append(period + time[kept])
        demands.append(np.minimum(demand, np.flatnonzero(rates[period])[-1]))
    return DrawnCalls(np.concatenate(times), np.concatenate(demands).astype(np.intp))


class DrawnRound:
    """A round of a problem: ``rates``, float64 (periods, demands), as its record states them; the
    ``calls`` that come, and as a ``stream`` what happens.
    """

    def __init__(
        self, kinds: KindsOfCalls, arrivals: Arrivals, seed: int, number: int
    ) -> None:
        self._seed = seed, number
        place = {name: number for number, name in enumerate(kinds.demands)}
        self.rates = np.zeros((arrivals.periods, len(place)))
        worth = np.zeros(len(place), np.int64)
        for rate in arrivals.rates:
            self.rates[:, place[rate.demand]] = [
                float(Fraction(one)) for one in rate.calls
            ]
            worth[place[rate.demand]] = rate.worth
        if arrivals.calls is None:
            self.calls = drawn_calls(self.rates, (*self._seed, CALLS))
        else:
            listed = [
                (period + (at + 0.5) / len(called), place[demand])
                for period, called in enumerate(arrivals.calls)
                for at, demand in enumerate(called)
            ]
            times = np.array([time for time, _ in listed])
            self.calls = DrawnCalls(
                times, np.array([one for _, one in listed], np.intp)
            )
        self._kinds = kinds.with_worth(worth)
        sequence, self._owner = self._kinds.sequence(self.calls.demand)
        people, calls = len(kinds.capacity), len(sequence)
        if people * calls > MOST_CELLS:
            cells = {"cells": people * calls, "most": MOST_CELLS}
            raise BudgetError(Message.of("arrivals.cells", **cells))
        refusal, dropout = (
            float(Fraction(share)) for share in (arrivals.refusal, arrivals.dropout)
        )
        refused = np.zeros((calls, people), np.bool_)
        for call in range(calls if refusal else 0):
            refused[call] = uniforms((*self._seed, REFUSALS, call), people) < refusal
        whether, when = uniforms((*self._seed, DROPOUTS), 2 * people).reshape(2, people)
        moment = np.where(whether < dropout, when * arrivals.periods, arrivals.periods)
        gone = np.searchsorted(self.calls.time[self._owner], moment)
        self.stream = CallStream(sequence, refused, gone)

    def future(self, rates: Float64, number: int, which: int) -> CallSequence:
        """A future after a call by ``rates``, float64 (periods, demands): drawn from numbers of its own, with
        nothing known but the moment.
        """
        seed = (*self._seed, FUTURES, number, which)
        drawn, now = drawn_calls(rates, seed), self.calls.time[self._owner[number]]
        return self._kinds.sequence(drawn.demand[drawn.time > now])[0]
