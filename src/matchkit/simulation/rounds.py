"""simulate(): rounds of calls answered one by one, greedily and with hold-backs, against hindsight."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from matchkit.answers.simulation import (
    PolicyFigures,
    PricesFrom,
    RoundFigures,
    Simulation,
)
from matchkit.arguments import is_number, is_whole
from matchkit.arrays import Float64
from matchkit.errors import Complaint, InputError
from matchkit.messages.message import Message
from matchkit.model import Arrivals, Problem
from matchkit.model.fault import A_PROBLEM, not_among, of_another_type
from matchkit.simulation.drawing import DrawnRound
from matchkit.simulation.kinds_of_calls import check_demands, kinds_of
from matchkit.solvers.arrivals.bid_prices import MOST_FUTURES
from matchkit.solvers.arrivals.replay import HoldBack, Replay, replay
from matchkit.solvers.match import seed_refused

FROM = ("rates", "earlier rounds")
MOST_EVERY = 1_000_000


def simulate(
    problem: Problem,
    arrivals: Arrivals | Sequence[Arrivals],
    *,
    seed: int = 0,
    futures: int = 12,
    every: int = 16,
    share: float = 0.1,
    prices_from: PricesFrom = "rates",
) -> Simulation:
    """Rounds of calls, each answered one by one by two policies, and what hindsight would have made of it.

    A call of a demand asks for all that its requirements want, one requirement after another by id. A seat
    goes to an eligible person with a unit of capacity left; a filled seat counts the weight of its pair and
    the ``worth`` of its demand. *Greedy* asks who is worth most. *Hold-back* asks whose worth is furthest
    above their bid price, if it is not below: the mean, over ``futures`` sampled ones, of what a unit of that
    person would bring to the calls that may still come (half-way between what one more would bring and one
    less cost). Prices are made anew after ``every`` calls,
    or when a ``share`` of the units then left is used up. Who refuses is passed over for that call.
    *Hindsight* is the best matching with all calls, refusals and drop-outs known: no policy is worth more.
    Every round begins with everybody.

    Futures are drawn from the round's own rates, or with ``prices_from="earlier rounds"`` from the mean
    number of calls in the rounds before it (of the first: from its rates); never from the calls that come.
    The same ``seed`` gives the same answer.

    Raises InputError for what is no problem, round or option, UnsupportedError for rules that tie pairs
    together and for goals of fairness, by name, and BudgetError for more calls than can be held.
    """
    rounds = [arrivals] if isinstance(arrivals, Arrivals) else arrivals
    _check(problem, rounds, seed, futures, every, share, prices_from)
    kinds = kinds_of(problem)
    check_demands(kinds, rounds)
    figures, counts = list[RoundFigures](), list[Float64]()
    seconds, renewal_seconds = list[float](), 0.0
    for number, one in enumerate(rounds):
        drawn = DrawnRound(kinds, one, int(seed), number)
        earlier = bool(counts) and prices_from == FROM[1]
        rates = np.mean(counts, axis=0) if earlier else drawn.rates

        stream, capacity = drawn.stream, kinds.capacity
        policy = HoldBack(partial(drawn.future, rates), futures, every, share)
        greedy, held = replay(stream, capacity), replay(stream, capacity, policy)
        best = stream.hindsight(capacity)
        counts.append(drawn.calls.counts(one.periods, len(kinds.demands)))
        seats = int(stream.calls.seats.sum())
        filled = int(best.flow.sum())
        figures.append(
            RoundFigures(
                number=number + 1,
                date=one.date,
                calls=len(drawn.calls.demand),
                seats=seats,
                dropouts=int((stream.gone < len(stream.calls)).sum()),
                greedy=_figures(greedy),
                hold_back=_figures(held),
                hindsight=PolicyFigures(
                    value=best.value, filled=filled, unmet=seats - filled
                ),
            )
        )
        seconds += held.answer_seconds
        renewal_seconds += held.renewal_seconds
    return Simulation(
        seed=int(seed),
        prices_from=prices_from,
        rounds=tuple(figures),
        answer_seconds=float(np.median(seconds)) if seconds else None,
        renewal_seconds=renewal_seconds,
    )


def _figures(run: Replay) -> PolicyFigures:
    return PolicyFigures(
        value=run.value,
        filled=len(run.call),
        unmet=run.unmet,
        refusals=run.refused,
        renewals=run.renewals,
    )


def _check(
    problem: Problem,
    rounds: Sequence[Arrivals],
    seed: int,
    futures: int,
    every: int,
    share: float,
    prices_from: str,
) -> None:
    """Raise InputError for arguments that are none."""
    found = of_another_type("problem", problem, Problem, A_PROBLEM) + seed_refused(seed)
    do = Message("simulation.arrivals.do")
    if not isinstance(rounds, list | tuple) or not rounds:
        found.append(Complaint("arrivals", Message("simulation.arrivals"), do))
    else:
        for number, one in enumerate(rounds):
            found += of_another_type(f"arrivals[{number}]", one, Arrivals, do)
    for name, value, most in (
        ("futures", futures, MOST_FUTURES),
        ("every", every, MOST_EVERY),
    ):
        if not is_whole(value, 1, most):
            fact = Message.of("simulation.whole", most=most)
            found.append(Complaint(name, fact, Message("simulation.whole.do")))
    if not is_number(share, 0, 1):
        found.append(
            Complaint(
                "share", Message("simulation.share"), Message("simulation.share.do")
            )
        )
    found += not_among("prices_from", prices_from, FROM)
    if (
        not found
        and prices_from == FROM[1]
        and len({one.periods for one in rounds}) > 1
    ):
        fact, do = Message("simulation.periods"), Message("simulation.periods.do")
        found.append(Complaint("arrivals", fact, do))
    if found:
        raise InputError(found)
