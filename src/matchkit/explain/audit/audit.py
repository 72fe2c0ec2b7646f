"""audit(): what a table breaks, what it is worth, how far from the best plan it is, and what would help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matchkit.answers.audit import (
    Audit,
    Behind,
    DistanceToBest,
    GoalReached,
    PairUnits,
    SoundPart,
    TableScore,
    Without,
)
from matchkit.compile.instance import Instance
from matchkit.deadline import Deadline
from matchkit.errors import (
    BudgetError,
    ContradictionError,
    EngineError,
    InputError,
    MatchkitError,
    StoppedError,
)
from matchkit.explain.audit.improve import improvements_of
from matchkit.explain.audit.part import largest_part, units_of
from matchkit.explain.audit.table import HandMadeTable, faults_of, table_of
from matchkit.explain.ranked import refuse_ranked
from matchkit.messages.message import Message
from matchkit.model import Problem
from matchkit.model.base import collector_at_rest
from matchkit.plan import Plan
from matchkit.plan.arguments import no_plan, no_problem, no_whole
from matchkit.solvers.flow.solution import Listener
from matchkit.solvers.match import limits_refused
from matchkit.solving.solve import solve
from matchkit.verification.checks import Tallies, Tally, TallyEntry, verify

WITHOUT: dict[type[MatchkitError], Without] = {
    ContradictionError: "contradiction",
    StoppedError: "stopped",
    BudgetError: "budget",
}
"""Why there is no plan, by the error that says so."""
PART_SECONDS = 60.0
"""How long the largest sound part is looked for where no limit is given."""


@collector_at_rest()
def audit(
    problem: Problem,
    table: Sequence[object] | Plan,
    *,
    improvements: int = 5,
    time_limit: float | None = None,
    best: Plan | None = None,
    progress: Listener | None = None,
) -> Audit:
    """Everything that can be said of a table of pairs: its faults, its score, its distance to the best plan,
    and what would help.

    ``table`` is a list of pairs (resource id, requirement id[, quantity[, start]]), of records with these
    fields, or a Plan; of a Plan, what it says of itself is checked too. Ids that nobody knows, rows given
    twice, quantities of 0 and whatever else a hand may write are findings. ``best`` is the best plan where
    that is known already; else the problem is solved, for at most ``time_limit`` seconds (the largest sound
    part and the improvements are given as much again; without a limit the part has a minute).
    ``improvements`` is how many single changes are given, 0 to 1,000; ``progress`` is told of the solve's
    steps.

    Returns an Audit. Raises InputError for what is no Problem, no table or no such option, BudgetError for
    more than a million rows and BrokenPlanError where ``best`` is no plan of the problem.
    """
    wrong = no_problem(problem) + limits_refused(time_limit, 0.0)
    wrong += no_whole("improvements", improvements, 0, 1000)
    wrong += [] if best is None else no_plan(best, "best")
    InputError.raise_if(wrong)
    refuse_ranked(problem)
    given = table_of(table)
    tallies = Tallies(problem, [aim.name for aim in Instance(problem).aims])
    tally = tallies.of(given.entries)
    # Of a plan, every violation there is; of another table those of its pairs.
    violations = (
        verify(problem, table).violations
        if isinstance(table, Plan)
        else tally.violations
    )
    sound = not given.faults and not tally.violations
    plan, unsolved = _best(problem, best, time_limit, progress)
    part, unknown = (
        (None, None) if sound else _part(problem, tallies, given.entries, time_limit)
    )
    deadline = Deadline.within(time_limit)
    found = improvements_of(
        problem, tallies, given.entries, tally, improvements, deadline
    )
    return Audit(
        rows=given.rows,
        sound=sound,
        faults=(*given.faults, *faults_of(violations, given, problem)),
        score=_score(tallies, tally, given),
        distance=None if plan is None else _distance(tally, plan, sound=sound),
        unsolved=unsolved,
        part=part,
        part_unknown=unknown,
        improvements=found.found,
        tried=found.tried,
        exhaustive=found.exhaustive,
    )


def _reached(tallies: Tallies, values: Sequence[int]) -> tuple[GoalReached, ...]:
    return tuple(
        GoalReached(goal=name, value=value)
        for name, value in zip(tallies.goals.names, values, strict=True)
    )


def _known(tallies: Tallies, entry: TallyEntry) -> bool:
    return (
        entry.resource in tallies.world.resources
        and entry.requirement in tallies.world.roles
    )


def _score(tallies: Tallies, tally: Tally, table: HandMadeTable) -> TableScore:
    counted = [
        number
        for number, entry in zip(table.numbers, table.entries, strict=True)
        if _known(tallies, entry)
    ]
    return TableScore(
        goals=_reached(tallies, tally.values),
        terms=tuple(tally.terms.items()),
        payments=tally.payments,
        units=sum(entry.quantity for entry in table.entries if _known(tallies, entry)),
        left_out=tuple(sorted(set(range(1, table.rows + 1)) - set(counted))),
    )


def _best(
    problem: Problem,
    best: Plan | None,
    time_limit: float | None,
    progress: Listener | None,
) -> tuple[Plan | None, Without | None]:
    """The plan to compare with, or why there is none."""
    if best is not None:
        verify(problem, best).raise_if_broken()
        return best, None
    try:
        return solve(problem, time_limit=time_limit, progress=progress), None
    except tuple(WITHOUT) as error:
        return None, WITHOUT[type(error)]


def _distance(tally: Tally, plan: Plan, *, sound: bool) -> DistanceToBest:
    goals = tuple(
        Behind(
            goal=goal.name,
            table=value,
            best=goal.value,
            bound=goal.bound,
            tolerance=goal.tolerance,
        )
        for goal, value in zip(plan.outcome.goals, tally.values, strict=True)
    )
    return DistanceToBest(
        comparable=sound, status=plan.outcome.status, gap=plan.outcome.gap, goals=goals
    )


def _part(
    problem: Problem,
    tallies: Tallies,
    entries: Sequence[TallyEntry],
    time_limit: float | None,
) -> tuple[SoundPart | None, Without | None]:
    """The largest part that is a plan, or why there is none."""
    try:
        found = largest_part(
            problem,
            entries,
            Deadline.within(PART_SECONDS if time_limit is None else time_limit),
        )
    except tuple(WITHOUT) as error:
        return None, WITHOUT[type(error)]
    if found is None:
        return None, "none"
    kept = [
        TallyEntry(each.resource, each.requirement, each.quantity, each.start)
        for each in found.assignments
    ]
    tally = tallies.of(kept)
    if tally.violations:
        raise EngineError(Message.of("defect.part", rule=tally.violations[0].rule))
    table, part = (
        units_of([entry for entry in entries if _known(tallies, entry)]),
        units_of(kept),
    )
    both = {pair: min(amount, part.get(pair, 0)) for pair, amount in table.items()}
    return SoundPart(
        units=found.kept,
        of=sum(table.values()),
        most=found.most,
        proved=found.most == found.kept,
        kept=_pairs(both),
        dropped=_pairs({pair: amount - both[pair] for pair, amount in table.items()}),
        added=_pairs(
            {pair: amount - both.get(pair, 0) for pair, amount in part.items()}
        ),
        goals=_reached(tallies, tally.values),
    ), None


def _pairs(units: Mapping[tuple[str, str], int]) -> tuple[PairUnits, ...]:
    return tuple(
        PairUnits(resource=r, requirement=q, units=amount)
        for (r, q), amount in sorted(units.items())
        if amount
    )
