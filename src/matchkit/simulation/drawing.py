"""Streams of calls drawn by a stated arrival model: the same seed gives the same stream on every machine."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from matchkit.arrays import Float64, Intp
from matchkit.compile.instance import Instance
from matchkit.compile.ragged import grouped, spread
from matchkit.errors import BudgetError
from matchkit.messages.message import Message
from matchkit.model import Arrivals
from matchkit.solvers.arrivals.bid_prices import NEVER, CallSequence
from matchkit.solvers.arrivals.replay import CallStream

MOST_PAIRS = 50_000_000
"""Most pairs of a person and a requirement, or a call that is expected."""
CALLS, REFUSALS, DROPOUTS, FUTURES = range(4)
"""What is drawn, each from numbers of its own."""


def uniforms(seed: tuple[int, ...], count: int) -> Float64:
    """Numbers from 0 to below 1: float64 (count,). Only the raw numbers of PCG64 are used, which numpy keeps
    the same in every version (NEP 19).
    """
    raw = np.random.PCG64(np.random.SeedSequence(seed)).random_raw(count)
    found: Float64 = (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
    return found


def drawn_calls(rates: Float64, seed: tuple[int, ...]) -> tuple[Float64, Intp]:
    """Calls of Poisson processes with ``rates``, float64 (periods, demands): their moments in periods from 0,
    ascending, float64 (calls,), and demands, intp (calls,).
    """
    times, demands = [np.zeros(0)], [np.zeros(0, np.intp)]
    for period in np.flatnonzero(rates.any(1)).tolist():
        # One process of the whole rate: exponential gaps, and whose call it is by shares of the rate. That
        # many gaps do not fill the period has a chance far below 1e-20.
        ends = np.cumsum(rates[period])
        mean = float(ends[-1])
        gap, share = uniforms(
            (*seed, period), 2 * int(mean + 12 * mean**0.5 + 40)
        ).reshape(2, -1)
        time = np.cumsum(-np.log1p(-gap)) / mean
        times.append(period + time[time < 1])
        found = np.searchsorted(ends, share[time < 1] * mean, "right")
        demands.append(np.minimum(found, np.flatnonzero(rates[period])[-1]))
    return np.concatenate(times), np.concatenate(demands).astype(np.intp)


class DrawnRound:
    """A round of a problem: ``stream``, what happens; ``rates`` as its record states them, and ``counts`` of
    the calls that come, float64 (periods, demands) both, demands ascending by id.

    Raises BudgetError where there are too many calls or pairs.
    """

    def __init__(
        self, instance: Instance, arrivals: Arrivals, seed: tuple[int, ...]
    ) -> None:
        self._instance, self._seed = instance, seed
        ids = sorted({one.id for one in instance.demands})
        place, people = (
            {name: at for at, name in enumerate(ids)},
            len(instance.capacity),
        )
        of = np.array([place[demand.id] for demand in instance.demands], np.intp)
        self._first, self._needs = grouped(of, len(ids))
        self.rates = np.zeros((len(arrivals.rates[0].calls), len(ids)))
        worth = np.zeros(len(ids), np.int64)
        for rate in arrivals.rates:
            at = place[rate.demand]
            worth[at] = rate.worth
            self.rates[:, at] = [float(Fraction(one)) for one in rate.calls]
        calls = arrivals.calls or ()
        listed = np.array([place[name] for each in calls for name in each], np.intp)
        often = np.maximum(self.rates.sum(0), np.bincount(listed, minlength=len(ids)))
        pairs = max(1, people) * max(len(of), round(often[of].sum()))
        if pairs > MOST_PAIRS:
            message = Message.of("simulation.pairs", count=pairs, most=MOST_PAIRS)
            raise BudgetError(message)
        self._weight = np.full((len(of), people), NEVER, np.int64)
        weight = instance.weight + worth[of[instance.right]]
        self._weight[instance.right, instance.left] = weight
        if arrivals.calls is None:
            moments, demands = drawn_calls(self.rates, (*seed, CALLS))
        else:
            parts = [
                n + np.arange(len(each)) / max(1, len(each))
                for n, each in enumerate(calls)
            ]
            moments, demands = np.concatenate(parts), listed
        self.counts = np.zeros_like(self.rates)
        np.add.at(self.counts, (moments.astype(np.intp), demands), 1)
        sequence, owner = self._sequence(demands)
        self._moments = moments[owner]
        refused = np.zeros((len(owner), people), np.bool_)
        for call in range(len(owner) if arrivals.refusal != "0" else 0):
            drawn = uniforms((*seed, REFUSALS, call), people)
            refused[call] = drawn < float(Fraction(arrivals.refusal))
        whether, when = uniforms((*seed, DROPOUTS), 2 * people).reshape(2, people)
        drops = whether < float(Fraction(arrivals.dropout))
        gone = np.searchsorted(
            self._moments, np.where(drops, when, 1) * len(self.rates)
        )
        self.stream = CallStream(sequence, refused, gone)

    def _sequence(self, demands: Intp) -> tuple[CallSequence, Intp]:
        """The calls of demands, one for each requirement, and which demand's call each is part of."""
        owner, at = spread(self._first, demands)
        kind, one = self._needs[at], self._instance
        return CallSequence(kind, self._weight, one.wanted[kind], one.divisible), owner

    def future(self, rates: Float64, number: int, which: int) -> CallSequence:
        """A future after a call by ``rates``, float64 (periods, demands), from numbers of its own: of the
        stream nothing is known but the moment.
        """
        moments, demands = drawn_calls(rates, (*self._seed, FUTURES, number, which))
        return self._sequence(demands[moments > self._moments[number]])[0]
