"""simulate(): rounds of calls answered one by one, greedily and with hold-backs, against hindsight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from matchkit.answers.named import ChangeFaults
from matchkit.answers.simulation import (
    Policy,
    PricesFrom,
    SimulatedRun,
    Simulation,
)
from matchkit.arguments import is_whole
from matchkit.arrays import Float64
from matchkit.compile.instance import Instance
from matchkit.errors import Complaint, InputError, UnsupportedError
from matchkit.messages.message import Message
from matchkit.model import Arrivals, Problem
from matchkit.model.fault import A_PROBLEM, not_among, of_another_type
from matchkit.simulation.drawing import DrawnRound
from matchkit.solvers.arrivals.replay import HoldBack, replay
from matchkit.solvers.match import seed_refused

FROM = ("rates", "earlier rounds")
MOST_FUTURES = 1_000
DO = Message("simulation.do")


def simulate(
    problem: Problem,
    arrivals: Arrivals | Sequence[Arrivals],
    *,
    seed: int = 0,
    futures: int = 12,
    prices_from: PricesFrom = "rates",
) -> Simulation:
    """Rounds of calls, each answered one by one by two policies, and what hindsight would have made of it.

    A call of a demand asks for all that its requirements want, one requirement after another by id. A seat
    goes to an eligible person with a unit of capacity left; a filled seat counts the weight of its pair and
    the ``worth`` of its demand. *Greedy* asks who is worth most. *Hold-back* asks whose worth is furthest
    above their bid price, if it is not below: the mean, over ``futures`` sampled ones, of what a unit of that
    person would bring to the calls that may still come (half-way between what one more would bring and one
    less cost). Who refuses is passed over for that call. *Hindsight* is the best matching with all calls,
    refusals and drop-outs known: no policy is worth more. Every round begins with everybody.

    Futures are drawn from the round's own rates, or with ``prices_from="earlier rounds"`` from the mean
    number of calls in the rounds before it (of the first: from its rates); never from the calls that come.
    The same ``seed`` gives the same answer.

    Raises InputError for what is no problem, round or option, UnsupportedError for rules that tie pairs
    together and for goals of fairness, by name, and BudgetError for more calls than can be held.
    """
    rounds = [arrivals] if isinstance(arrivals, Arrivals) else arrivals
    faults = list(_faults(problem, rounds, seed, futures, prices_from))
    if faults:
        raise InputError(faults)
    instance = Instance(problem)
    refused = list(_refused(instance))
    if refused:
        raise UnsupportedError(refused)
    runs, counts, seconds = list[SimulatedRun](), list[Float64](), list[float]()
    capacity, renewal_seconds = instance.capacity, 0.0
    for number, one in enumerate(rounds):
        drawn = DrawnRound(instance, one, (int(seed), number))
        earlier = bool(counts) and prices_from == FROM[1]
        rates = np.mean(counts, axis=0) if earlier else drawn.rates
        counts.append(drawn.counts)
        stream, best = drawn.stream, drawn.stream.hindsight(capacity)
        greedy = replay(stream, capacity)
        held = replay(stream, capacity, HoldBack(partial(drawn.future, rates), futures))
        seconds += held.answer_seconds
        renewal_seconds += held.renewal_seconds
        told: tuple[tuple[Policy, int, int, int, int], ...] = (
            ("greedy", greedy.value, len(greedy.call), greedy.refused, 0),
            ("hold_back", held.value, len(held.call), held.refused, held.renewals),
            ("hindsight", best.value, best.filled, 0, 0),
        )
        seats = int(stream.calls.seats.sum())
        dropouts = int((stream.gone < len(stream.refused)).sum())
        runs += [
            SimulatedRun(
                round=number + 1,
                day=one.day,
                policy=policy,
                value=value,
                best=best.value,
                calls=int(drawn.counts.sum()),
                dropouts=dropouts,
                filled=filled,
                unmet=seats - filled,
                refusals=refusals,
                renewals=renewals,
            )
            for policy, value, filled, refusals, renewals in told
        ]
    return Simulation(
        seed=int(seed),
        prices_from=prices_from,
        runs=tuple(runs),
        answer_seconds=float(np.median(seconds or [0])),
        renewal_seconds=renewal_seconds,
    )


def _faults(
    problem: Problem,
    rounds: Sequence[Arrivals],
    seed: int,
    futures: int,
    prices_from: str,
) -> Iterator[Complaint]:
    """What is wrong with the arguments."""
    do = Message("simulation.arrivals.do")
    wrong = of_another_type("problem", problem, Problem, A_PROBLEM)
    if not isinstance(rounds, list | tuple) or not rounds:
        wrong.append(Complaint("arrivals", Message("simulation.arrivals"), do))
        rounds = ()
    for number, one in enumerate(rounds):
        wrong += of_another_type(f"arrivals[{number}]", one, Arrivals, do)
    yield from wrong + seed_refused(seed) + not_among("prices_from", prices_from, FROM)
    if not is_whole(futures, 1, MOST_FUTURES):
        yield Complaint.of("futures", "simulation.futures", most=MOST_FUTURES)
    if wrong:
        return
    if prices_from == FROM[1] and len({len(one.rates[0].calls) for one in rounds}) > 1:
        yield Complaint.of("arrivals", "simulation.periods")
    faults, known = ChangeFaults(), frozenset(one.id for one in problem.demands)
    for number, one in enumerate(rounds):
        for place, rate in enumerate(one.rates):
            faults.known(
                f"arrivals[{number}].rates[{place}]", "demand", rate.demand, known
            )
    yield from faults.found


def _refused(instance: Instance) -> Iterator[Complaint]:
    """What a call that is answered by itself cannot see."""
    for one in instance.coupled:
        yield Complaint(one.parts[0], one.parts[1], DO)
    for rule in instance.problem.rules:
        if rule.in_flow and not rule.in_eligibility:
            where = Message.of("where.rule", id=rule.label)
            yield Complaint(where, Message("simulation.rule"), DO)
    objective = instance.problem.objective
    if objective.aims or objective.fair or objective.even or objective.chooses:
        yield Complaint(Message("where.objective"), Message("simulation.goals"), DO)
