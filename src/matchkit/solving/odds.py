"""lottery(): the best odds over the matchings of a graph, or over the plans of a problem, under caps."""

from __future__ import annotations

import time
from collections.abc import Callable
from inspect import signature
from typing import Any, ParamSpec, Protocol, cast, overload

import numpy as np

from matchkit.answers.lottery import (
    OddsGoal,
    OddsShortage,
    PairOdds,
    PublishedLottery,
)
from matchkit.arguments import with_keywords_of
from matchkit.compile.compiler import Compiled, compile_problem, flow_obstacles
from matchkit.compile.decode import goal_values
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.engines import EngineChoice
from matchkit.errors import Complaint, InputError, UnsupportedError
from matchkit.graph.bipartite import BipartiteGraph
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.solvers.flow.solution import Limits, Listener, Solution, stated_bounds
from matchkit.solvers.lottery.answer import Lottery
from matchkit.solvers.lottery.caps import parts_refused
from matchkit.solvers.lottery.gains import UNIT
from matchkit.solvers.lottery.network import LotteryNetwork
from matchkit.solvers.lottery.odds import lottery as odds_of_graph
from matchkit.solvers.lottery.odds import slope_of, solved
from matchkit.solvers.lottery.witness import CapWitness, shortage_of
from matchkit.solvers.match import limits_refused
from matchkit.solving.digest import digest
from matchkit.solving.drawing import ProblemLottery
from matchkit.solving.odds_caps import CapOfGroups, CapOfPairs, OddsCaps, odds_caps
from matchkit.solving.odds_entries import entries_of
from matchkit.solving.odds_network import (
    most_by_number,
    odds_by_number,
    odds_network,
)
from matchkit.solving.request import Budget, records_within

DEFAULT = Budget()
GraphArguments = ParamSpec("GraphArguments")
ProblemArguments = ParamSpec("ProblemArguments")


def _of_problem(
    graph: Problem,
    *,
    cap: CapOfPairs = 1.0,
    parts: int = 1024,
    unit_cap: CapOfGroups = None,
    community_cap: CapOfGroups = None,
    group_cap: CapOfGroups = None,
    perturbation: float = 0.0,
    engine: EngineChoice = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    progress: Listener | None = None,
) -> ProblemLottery:
    found = limits_refused(time_limit, gap) + parts_refused(parts)
    if progress is not None and not callable(progress):
        found.append(Complaint.of("progress", "option.progress"))
    InputError.raise_if(found)
    problem = graph
    records_within(DEFAULT, problem)
    deadline, parts = Deadline(time.monotonic() + DEFAULT.limit(time_limit)), int(parts)
    instance = Instance(problem)
    caps = odds_caps(instance, parts, cap, unit_cap, community_cap, group_cap)
    compiled = drawable(instance, deadline)
    limits = Limits(gap, deadline)
    built = odds_network(instance, compiled, caps, parts)
    slope = slope_of(perturbation, built, minimize=False)
    solution = solved(built, slope, engine, limits, progress)
    shortage = _shortage(instance, compiled, built, solution, limits)
    published = _published(instance, compiled, built, solution, caps, slope, shortage)
    return ProblemLottery(problem, published)


class _OfGraphOrProblem(Protocol[GraphArguments, ProblemArguments]):
    """What takes the arguments of either, and returns what that one does."""

    @overload
    def __call__(
        self, *args: GraphArguments.args, **kwargs: GraphArguments.kwargs
    ) -> Lottery: ...

    @overload
    def __call__(
        self, *args: ProblemArguments.args, **kwargs: ProblemArguments.kwargs
    ) -> ProblemLottery: ...


def _either(
    of_graph: Callable[GraphArguments, Lottery],
    of_problem: Callable[ProblemArguments, ProblemLottery],
) -> Callable[
    [Callable[..., Any]], _OfGraphOrProblem[GraphArguments, ProblemArguments]
]:
    """Gives a function the keywords of both, for whoever reads its signature and for type checkers."""

    def with_both(
        function: Callable[..., Any],
    ) -> _OfGraphOrProblem[GraphArguments, ProblemArguments]:
        made = with_keywords_of(of_graph, function, of_problem)
        return cast("_OfGraphOrProblem[GraphArguments, ProblemArguments]", made)

    return with_both


@_either(odds_of_graph, _of_problem)
def lottery(
    graph: BipartiteGraph | Problem, **options: Any
) -> Lottery | ProblemLottery:
    """The best odds of the pairs of a graph or a problem under caps, and the lottery over matchings or plans
    that has exactly these odds.

    Odds are whole numbers of 1 / ``parts``, a power of two up to 2**20.

    Of a *graph*: no pair carries more than ``cap``, a share from 0 to 1 of what it may carry (one number for
    all, or one a pair, in the order given or as a matrix); it is rounded down to parts, and
    ``Lottery.pairs.most`` has the caps that were used. ``left_group`` and ``right_group`` are groups of nodes
    as in ``match``: at each right node the pairs with left nodes of one group carry at most
    ``left_group_cap`` units on average (one number, or one a group), and the other way round. Capacities and
    minimums hold for every matching of the lottery; so does a cap of a group that is whole, and any other up
    to the next whole number (Budish, Che, Kojima and Milgrom 2013). ``perturbation`` B, a number from 0 to
    0.5 that is rounded to a 1024th, spreads odds over more pairs: a pair of odds x counts its weight times
    ``x - B x^2`` (perturbed maximisation; Xu, Jecmen, Song and Fang 2023). It is for pairs of capacity 1 and
    weights from 0 on. ``objective``, ``minimize``, ``engine``, ``time_limit``, ``gap`` and ``progress`` are
    as in ``match``, of averages over all draws. Units that cannot be had because of the caps are told with a
    Hall set in ``Lottery.shortage``.

    Of a *problem*: the goals are the problem's, of averages over all draws. ``cap`` is one share for all
    pairs, or a share for each pair named as ``(resource, requirement)``; ``unit_cap`` is the most units that
    the resources of one unit give to one requirement on average, ``community_cap`` the most that one resource
    gives to the requirements of one community; one number for all, or one for each that is named by id.
    ``group_cap``, in place of ``unit_cap``, is that of groups of resources (``Resource.groups``). What is
    locked is in every draw and uses up caps first. Every plan of the lottery keeps the problem's rules, and
    any cap up to the next whole number. ``perturbation`` spreads odds as in a graph: it is for weights from 0
    on and for resources that are not divisible.

    Raises InputError for what is no cap, group or option, and for a graph with ``consumption`` or
    ``edge_minimum``; UnsupportedError for a problem with rules that no flow can express, or that asks for
    fair coverage or even loads, by name; ContradictionError where locks break other rules; BudgetError for
    numbers too large to be exact with.
    """
    made = _of_problem if isinstance(graph, Problem) else odds_of_graph
    others = options.keys() - signature(made).parameters.keys()
    if others:
        fact = Message(
            f"lottery.option_of.{'graph' if made is _of_problem else 'problem'}"
        )
        raise InputError(
            [
                Complaint(name, fact, Message("lottery.perturbed.do"))
                for name in sorted(others)
            ]
        )
    return made(graph, **options)  # type: ignore[arg-type]


def drawable(instance: Instance, deadline: Deadline | None = None) -> Compiled:
    """The problem as a flow. Raises UnsupportedError for what no lottery is drawn of, by name."""
    do = Message("lottery.problem.do")
    obstacles = [
        Complaint(*one.parts[:2], do) for one in flow_obstacles(instance, deadline)
    ]
    if instance.is_shared or instance.worst is not None:
        where = "objective.aims" if instance.problem.objective.aims else "objective"
        obstacles.append(Complaint(where, Message("lottery.shares"), do))
    if instance.problem.objective.chooses:
        obstacles.append(Complaint("objective", Message("lottery.ranks"), do))
    UnsupportedError.raise_if(obstacles)
    return compile_problem(instance, deadline)


def _published(
    instance: Instance,
    compiled: Compiled,
    built: LotteryNetwork,
    solution: Solution,
    caps: OddsCaps,
    slope: int,
    shortage: OddsShortage | None,
) -> PublishedLottery:
    """The record of a solved network, with what is locked."""
    odds = odds_by_number(instance, built, solution)
    bounds, _ = stated_bounds(solution.value, solution.bound)
    none = (np.zeros(0, np.int64),) * 3
    earned = [built.parts * amount for amount in goal_values(compiled, *none)]
    if slope:
        earned[-1] *= UNIT * built.parts
    goals = (
        OddsGoal(
            name=name, value=value + fixed, bound=None if most is None else most + fixed
        )
        for name, value, most, fixed in zip(
            compiled.goals.names, solution.value, bounds, earned, strict=True
        )
    )
    one, other = instance.resource_ids, instance.requirement_ids
    most = most_by_number(instance, built, odds)
    return PublishedLottery(
        problem=digest(instance.problem),
        parts=built.parts,
        perturbation=slope,
        cap=caps.cap,
        caps=caps.named(instance),
        goals=tuple(goals),
        left=entries_of(
            instance, compiled, built, solution, caps, odds, is_right=False
        ),
        right=entries_of(
            instance, compiled, built, solution, caps, odds, is_right=True
        ),
        pairs=tuple(
            PairOdds(resource=one[r], requirement=other[q], most=most[r, q], odds=parts)
            for (r, q), parts in sorted(odds.items())
        ),
        shortage=shortage,
    )


def _shortage(
    instance: Instance,
    compiled: Compiled,
    built: LotteryNetwork,
    solution: Solution,
    limits: Limits,
) -> OddsShortage | None:
    """The Hall set that keeps slots empty which could be filled without caps on odds, of the first tiers for
    which there is one; None too where the odds are not proven to fill the most, or a limit ends the search.
    """
    if solution.bound is None or not solution.optimal:
        return None
    short = (
        built.network.right_capacity if not built.right.split else built.right.capacity
    )
    carried = np.zeros(len(short), np.int64)
    chosen = built.right.leaf[built.order[built.places(solution)]]
    np.add.at(carried, built.right.node[chosen], solution.quantity)
    ids = compiled.resource_ids, compiled.requirement_ids
    for tier in np.unique(instance.tier[carried < short]).tolist():
        if limits.deadline.over():
            return None
        among = instance.tier <= tier
        found = shortage_of(
            built, compiled.network, ids, Limits(deadline=limits.deadline), among
        )
        if found is not None:
            return _named(found, tier)
    return None


def _named(found: CapWitness, tier: int) -> OddsShortage:
    return OddsShortage(
        tier=tier,
        kind="requirement" if found.side == "right" else "resource",
        ids=tuple(map(str, found.ids)),
        wanted=found.wanted,
        partners=tuple(map(str, found.partners)),
        room=found.room,
        possible=found.possible,
    )
