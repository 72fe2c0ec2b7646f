"""Preemptive goal programming: one goal after another by an exact engine, each held while the next is raised.

Goal k is maximized, then the row "goal k is at least its value, less its tolerance" is added, and goal k + 1
follows. One sum of all goals would need numbers beyond what engines are exact with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import mul

import numpy as np

from matchkit.arrays import Int64
from matchkit.deadline import Deadline
from matchkit.engines import DEFAULT_MIP
from matchkit.engines.program import MipEngine, MipModel, MipResult, Program
from matchkit.engines.reduce import reduced
from matchkit.errors import EngineError
from matchkit.messages.message import Message
from matchkit.solvers.mip.formulation import Formulation, GoalRow, joined


@dataclass(frozen=True, slots=True)
class LexicographicResult:
    """How far it came: the pairs' quantities, int64 (pairs,) (None: none known), value and bound by goal.

    A goal's bound holds for all values of the program that reach at least this in every goal before (less its
    tolerance).
    """

    quantity: Int64 | None
    goals: tuple[int, ...] | None
    bounds: tuple[int, ...]
    infeasible: bool = False


@dataclass(frozen=True, slots=True)
class Effort:
    """The engine and how hard it tries: deterministic work a goal (None: no limit), presolve, a seed, and the
    gap that is enough; rounds of its levels: the first of them, and the one before which it ends (None: no
    end). ``beside`` is an engine of another kind, which gets a turn on larger programs after the first round.
    """

    work: float | None = None
    first: int = 0
    rounds: int | None = None
    presolve: bool = True
    seed: int = 0
    gap: float = 0.0
    engine: MipEngine = DEFAULT_MIP
    beside: MipEngine | None = None


PLAIN = Effort()
LARGE = 4_000
"""Smaller programs are solved goal by goal: there one more solve costs less than larger numbers do."""
LARGEST, BEFORE, TURN = 60_000, 0.05, 0.9
"""Beyond so many variables no engine of another kind gets a turn. The share of the time that the first round
has before its turn, and that of the time then left which the turn has.
"""
WORD = 2**25
"""Goals are joined in words below this: an engine's work for a word is that for one goal, as long as its
numbers are small; and bounds in floating point are close enough to be whole.
"""
ROUND, GROWTH = 2.0, 4.0
"""Deterministic work of the first round of each level (of larger programs in proportion), and the factor from
round to round.
"""
CONTRADICTION = Message("matching.contradiction")
Relink = Callable[[Int64, tuple[int, ...], Deadline], tuple[Int64, tuple[int, ...]]]
"""Quantities and goals, and the time there is, to quantities and goals that are no worse."""


def lexicographic_solve(
    formulation: Formulation,
    deadline: Deadline,
    effort: Effort = PLAIN,
    *,
    start: Int64 | None = None,
    reached: Sequence[int] | None = None,
    known: Sequence[int] | None = None,
    relink: Relink | None = None,
) -> LexicographicResult:
    """The best quantities, goal after goal.

    ``start`` are quantities of the pairs, int64 (pairs,), to begin with; ``reached`` says that they keep the
    program, and what they reach. ``known`` is a bound by goal that holds where all goals before are at theirs
    (a vector, in order). An engine that raises one goal is careless of those after it; ``relink`` makes the
    most of what it found.
    """
    program, value = formulation.program, None
    hint = None if start is None else formulation.hint(start)
    if start is not None and reached is None:  # it may keep the program all the same
        tried = _completed(program, start, deadline, effort.engine)
        hint, value = (tried, tried) if program.keeps(tried) else (hint, None)

    def in_hand() -> tuple[int, ...] | None:
        """What the plan in hand reaches: of ``value``, all variables, or else of ``start``."""
        if value is not None:
            return formulation.values(value)
        return None if reached is None else tuple(reached)

    bounds: list[int] = []
    words = joined(
        formulation, WORD if effort.presolve and program.size >= LARGE else 0
    )
    # Invariant: ``program`` holds the goals before this word at what the plan in hand reaches, so that plan
    # keeps it.
    for number, word in enumerate(words):
        begin, end = len(bounds), len(bounds) + len(word.goals)
        most = tuple(goal.most for goal in word.goals)
        goals = in_hand()
        here = None if goals is None else goals[begin:end]
        # A vector in order bounds this word where all goals before are at theirs.
        if known is not None and (goals or ())[:begin] == tuple(known[:begin]):
            most = min(most, tuple(known[begin:end]))
        if here is None or here < most:
            whole = replace(program, gain=word.gain)
            if value is None and start is not None and reached is not None:
                # An engine begins from a hint only if it is whole.
                hint = _completed(whole, start, deadline, effort.engine)
            found = _solved(
                whole,
                deadline.share(_part(number, len(words))),
                effort,
                hint,
                sum(map(mul, word.digits.digits, most)),
            )
            if found.status == "infeasible":
                if here is not None:
                    raise EngineError(CONTRADICTION)
                return LexicographicResult(None, None, (), infeasible=True)
            bound = most if found.bound is None else word.digits.bounds(found.bound)
            if here is not None and bound < min(here, most):
                raise EngineError(CONTRADICTION)
            most = min(most, bound)
            if found.value is not None and (
                here is None or formulation.values(found.value)[begin:end] > here
            ):
                hint = value = found.value
                if relink is not None and end < len(formulation.goals):
                    found_goals = formulation.values(value)
                    better = relink(value[: formulation.pairs], found_goals, deadline)
                    if better[1] >= found_goals:
                        (start, reached), value = better, None
                        hint = formulation.hint(start)
                here = (in_hand() or ())[begin:end]
            if here is None:
                return LexicographicResult(None, None, ())
        bounds.extend(bounds_in_order(here, max(most, here), word.goals))
        # The hold: later goals may cost this one no more than its tolerance.
        for goal, amount in zip(word.goals, here, strict=True):
            program = program.held(goal.gain, amount - goal.tolerance)
    quantity = start if value is None else value[: formulation.pairs]
    return LexicographicResult(quantity, in_hand(), tuple(bounds))


def _completed(
    program: Program, start: Int64, deadline: Deadline, engine: MipEngine
) -> Int64:
    """All variables at their best for the quantities of the pairs; -1 for those not known."""
    found = _solved(program.with_first(start), deadline, Effort(engine=engine), None)
    return (
        found.value
        if found.value is not None
        else np.concatenate([start, np.full(program.size - len(start), -1)])
    )


def bounds_in_order(
    here: tuple[int, ...], most: tuple[int, ...], goals: Sequence[GoalRow]
) -> list[int]:
    """A bound of several goals in order as one of each: behind the first that is open, what no values
    exceed.
    """
    found, is_open = [], False
    for value, bound, goal in zip(here, most, goals, strict=True):
        found.append(goal.most if is_open else bound)
        is_open = is_open or value != bound
    return found


def _part(number: int, goals: int) -> float:
    """The share of the time left that a goal gets: half of it, the last one all. What is not used is left for
    those after it.
    """
    return 1.0 if number + 1 == goals else 0.5


def _solved(
    program: Program,
    deadline: Deadline,
    effort: Effort,
    hint: Int64 | None,
    enough: int | None = None,
) -> MipResult:
    if effort.presolve:
        core, free, fixed = reduced(program)
    else:
        core, free = program.free_part()
        fixed = program.fixed()
    if core is None:
        return MipResult("infeasible", None, None, None)
    base = program.objective(fixed)
    found = _by_levels(
        core,
        deadline,
        effort,
        None if hint is None else hint[free],
        None if enough is None else enough - base,
    )
    value = None
    if found.value is not None:
        value = fixed.copy()
        value[free] = found.value
    objective = None if found.objective is None else found.objective + base
    return MipResult(
        found.status,
        value,
        objective,
        None if found.bound is None else found.bound + base,
    )


def _by_levels(
    program: Program,
    deadline: Deadline,
    effort: Effort,
    hint: Int64 | None,
    enough: int | None = None,
) -> MipResult:
    """The engine's levels in turn, in rounds of growing deterministic work, until one of them is done; large
    programs begin with the cheapest.

    Which level proves a bound depends on the rows (runs of days together with counts a day need CP-SAT's
    level 2), and no property of a program says it beforehand; but bounds after equal work do: a level whose
    bound was not as close as another's is left out from then on. Nor does any say whether branch and bound on
    linear programs ends sooner: it has a turn. Each round starts from the best values so far and keeps the
    best bound. Rounds grow geometrically, so that all of them together take a few times
    the work of the level that ends it alone.
    """
    levels, model = (
        effort.engine.levels[:: 1 if program.size < LARGE else -1],
        effort.engine.model(program),
    )
    if effort.work is not None:
        return _engine(model, deadline, effort, hint, effort.work, None, enough)
    work = ROUND * max(1.0, len(program.column) / LARGE) * GROWTH**effort.first
    best = MipResult("unknown", None, None, None, interrupted=True)
    # Invariant: ``best`` holds the best values and the closest bound of all rounds so far.
    number, other = effort.first, effort.beside
    has_turn = other is not None and deadline.moment is not None
    has_turn &= LARGE <= program.size <= LARGEST
    while True:
        number += 1
        bounds = {}
        little = deadline.share(BEFORE) if has_turn else deadline
        for level in levels:
            found = _engine(model, little, effort, hint, work, level, enough)
            bounds[level] = found.bound
            best = _joined(best, found)
            if not best.interrupted or deadline.over() or _reaches(best, enough):
                return best
            hint = hint if best.value is None else best.value
        known = [bound for bound in bounds.values() if bound is not None]
        if known:
            levels = tuple(level for level in levels if bounds[level] == min(known))
        if has_turn and other is not None:
            has_turn, turn = False, deadline.share(TURN)
            found = _engine(
                other.model(program), turn, effort, hint, None, None, enough
            )
            # What rounding leaves open is for the exact engine.
            is_open = found.status not in ("optimal", "infeasible")
            best = _joined(best, replace(found, interrupted=is_open))
            if not best.interrupted or deadline.over() or _reaches(best, enough):
                return best
            hint = hint if best.value is None else best.value
        if number == effort.rounds:
            return best
        work *= GROWTH


def _reaches(found: MipResult, enough: int | None) -> bool:
    return (
        found.objective is not None and enough is not None and found.objective >= enough
    )


def _joined(one: MipResult, other: MipResult) -> MipResult:
    """Of two searches of one program the better values and the closer bound; done where either was, or where
    both meet.

    Raises EngineError where one contradicts the other.
    """
    if other.status == "infeasible":
        if one.value is not None:
            raise EngineError(CONTRADICTION)
        return other
    better = (
        other
        if one.objective is None
        or (other.objective is not None and other.objective > one.objective)
        else one
    )
    bound = min(
        (bound for bound in (one.bound, other.bound) if bound is not None), default=None
    )
    if bound is not None and better.objective is not None and better.objective > bound:
        raise EngineError(CONTRADICTION)
    met = bound is not None and better.objective == bound
    return replace(
        better,
        bound=bound,
        status="optimal" if met else better.status,
        interrupted=other.interrupted and not met,
    )


def _engine(
    model: MipModel,
    deadline: Deadline,
    effort: Effort,
    hint: Int64 | None,
    work: float | None,
    level: int | None,
    enough: int | None,
) -> MipResult:
    return model.solve(
        seconds=deadline.left(),
        work=work,
        hint=hint,
        stop=deadline.stop,
        gap=effort.gap,
        presolve=effort.presolve,
        level=level,
        seed=effort.seed,
        enough=enough,
    )
