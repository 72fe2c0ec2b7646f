"""Fewest blocking pairs, then the greatest size or weight, by an engine for integer programs.

First no pair may block, then one, then two, each on lists cut as far as that allows; only then is the number
itself minimised. In all cases met in practice the answer is 0 or 1 (Manlove, McBride and Trimble 2017).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matchkit.arrays import Int64, Mask
from matchkit.deadline import Deadline, never
from matchkit.engines.program import MipEngine, MipModel, MipResult
from matchkit.errors import EngineError, StoppedError
from matchkit.messages.message import Message
from matchkit.solvers.stable.chosen import ChoiceGoal
from matchkit.solvers.stable.couples import JointChoices
from matchkit.solvers.stable.formulation import StableProgram, feasible, stable_program
from matchkit.solvers.stable.ranked import RankedPairs
from matchkit.solvers.stable.scan import BlockingRule
from matchkit.solvers.stable.truncation import useful

STEPS = 3
"""Numbers of blocking pairs that are tried one by one, from 0 on."""
Counted = Callable[[Int64], int]
"""How many pairs and choices block units of all pairs."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: matchings of ``pairs`` that as few as possible block, of these that of the greatest
    sum of each of ``worth`` (name, int64 (pairs,)), one after another. ``start`` is a matching to begin with,
    int64 (pairs,), and where ``alike`` one that no pair blocks, as every other such matching fills right
    nodes as it does (the rural hospitals theorem, for strict lists).
    """

    pairs: RankedPairs
    stability: BlockingRule
    right_minimum: Int64
    joint: JointChoices
    worth: tuple[tuple[str, Int64], ...]
    alike: bool
    start: Int64

    @property
    def alone(self) -> Mask:
        """Pairs whose left node chooses alone, bool (pairs,)."""
        return self.joint.single(self.pairs)[self.pairs.left]


@dataclass(frozen=True, slots=True)
class Found:
    """The best units, int64 (pairs,), what is known of every goal, and how many programs were solved."""

    units: Int64
    goals: tuple[ChoiceGoal, ...]
    steps: int


@dataclass(frozen=True, slots=True)
class _Step:
    """A program at the engine, and the pairs (numbers, int64 (kept,)) that it is about."""

    model: MipModel
    program: StableProgram
    kept: Int64


class StableSearch:
    """One call: the goals in turn, each keeping what those before reached."""

    def __init__(
        self,
        sought: Sought,
        engine: MipEngine,
        deadline: Deadline,
        seed: int,
        counted: Counted,
        tell: Callable[[int], None],
    ) -> None:
        self._sought, self._engine, self._deadline = sought, engine, deadline
        self._seed, self._counted, self._steps = seed, counted, 0
        self._tell = tell

    def found(self) -> Found:
        """The best matching, as far as the deadline allows. Raises BudgetError for a program too large, and
        StoppedError where not even the minimums are settled in time.
        """
        sought, missing = self._sought, self._missing()
        # Where no stable matching misses as little as can be, at least one pair blocks.
        least = int(sought.alike and self._short(sought.start) > missing)
        for allowed in range(least, STEPS):
            step = self._step(allowed, missing)
            result = self._ask(step)
            if result.value is not None:
                return self._greatest(step, result, allowed, missing)
            if result.status != "infeasible":
                return self._answer(sought.start, missing, allowed, ())
        allowed = STEPS
        step = self._step(None, missing)
        result = self._ask(step)
        if result.value is None or result.objective is None:
            return self._answer(sought.start, missing, allowed, ())
        known = allowed if result.bound is None else max(allowed, -result.bound)
        if result.status != "optimal":
            return self._answer(self._units(step, result), missing, known, ())
        if sought.worth:
            gain = step.program.gain(sought.worth[0][1][step.kept])
            step.model.then(gain, result.objective)
            result = self._ask(step, self._units(step, result))
        return self._greatest(step, result, known, missing)

    def _greatest(
        self, step: _Step, result: MipResult, fewest: int, missing: int
    ) -> Found:
        """The greatest sums of worth after a first result of the first of them."""
        units = self._units(step, result)
        bounds: list[int] = []
        for number, (_, worth) in enumerate(self._sought.worth):
            if number:
                gain = step.program.gain(worth[step.kept])
                step.model.then(gain, bounds[-1])
                result = self._ask(step, units)
                if result.value is None:
                    break
                units = self._units(step, result)
            if result.bound is not None:
                bounds.append(result.bound)
            if result.status != "optimal":
                break
        if self._counted(units) > fewest:
            raise EngineError(Message("matching.search_broken"))
        return self._answer(units, missing, fewest, tuple(bounds))

    def _answer(
        self, units: Int64, missing: int, fewest: int, bounds: tuple[int, ...]
    ) -> Found:
        """Units with every goal; bounds are known of the first sums of worth."""
        sought, goals = self._sought, []
        if sought.right_minimum.any():
            carried = sought.pairs.carried(units)[1]
            reached = int(np.minimum(carried, sought.right_minimum).sum())
            most = int(sought.right_minimum.sum()) - missing
            goals.append(ChoiceGoal("minimum", reached, most))
        goals.append(ChoiceGoal("blocking", self._counted(units), fewest))
        for number, (name, worth) in enumerate(sought.worth):
            bound = bounds[number] if number < len(bounds) else None
            goals.append(ChoiceGoal(name, int((worth * units).sum()), bound))
        return Found(units, tuple(goals), self._steps)

    def _missing(self) -> int:
        """Units that right nodes lack of their minimums at least, whatever blocks."""
        sought = self._sought
        if not self._short(sought.start):
            return 0
        program = feasible(sought.pairs, sought.right_minimum, sought.joint)
        gain = program.gain(np.zeros(len(sought.pairs), np.int64))
        gain[program.short] = -1
        model = self._engine.model(program.builder.program(gain))
        every = np.arange(len(sought.pairs))
        result = self._ask(_Step(model, program, every))
        if result.status != "optimal" or result.objective is None:
            raise StoppedError(Message("stopped.search"))
        return -result.objective

    def _short(self, units: Int64) -> int:
        """Units that right nodes lack of their minimums."""
        carried = self._sought.pairs.carried(units)[1]
        return int(np.maximum(self._sought.right_minimum - carried, 0).sum())

    def _step(self, allowed: int | None, missing: int) -> _Step:
        """The program of matchings that at most so many pairs block (None: as few as can be)."""
        sought = self._sought
        single = sought.joint.single(sought.pairs)
        # A pair that can carry nothing, as one of a node without places, cannot block either.
        joint, keeps = sought.joint.within(sought.pairs, sought.pairs.room > 0)
        while allowed is not None:
            cut = useful(sought.pairs, keeps, allowed, single)
            joint, cut = sought.joint.within(sought.pairs, cut)
            if (cut == keeps).all():
                break
            keeps = cut
        kept = np.flatnonzero(keeps)
        program = stable_program(
            sought.pairs.only(kept),
            sought.stability,
            sought.right_minimum,
            joint,
            sought.alone[kept],
            may_block=allowed != 0,
        )
        if len(program.short):
            program.builder.row(program.short, 1, high=missing)
        gain = program.gain(np.zeros(len(kept), np.int64))
        if allowed is None:
            gain[program.blocks] = -1
        else:
            if allowed:
                program.builder.row(program.blocks, 1, high=allowed)
            if sought.worth:
                gain = program.gain(sought.worth[0][1][kept])
        model = self._engine.model(program.builder.program(gain))
        return _Step(model, program, kept)

    def _ask(self, step: _Step, start: Int64 | None = None) -> MipResult:
        self._steps += 1
        self._tell(self._steps)
        units = self._sought.start if start is None else start
        hint = np.full(step.program.builder.size, -1, np.int64)
        hint[: len(step.kept)] = units[step.kept]
        return step.model.solve(
            seconds=self._deadline.left(),
            stop=None if self._deadline.stop is never else self._deadline.stop,
            hint=hint,
            seed=self._seed,
        )

    def _units(self, step: _Step, result: MipResult) -> Int64:
        units = np.zeros(len(self._sought.pairs), np.int64)
        if result.value is not None:
            units[step.kept] = result.value[: len(step.kept)]
        return units
