"""The exact curve of weight against fairness: the order of units is stopped after its first steps.

Plans that are fairest in the first steps are those of a face of the plans that fill most, and each further
step leaves a face of that one. So the best weight falls from step to step, one flow a point, and where it is
the same at two of them it is the same between.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Unpack, get_args

from matchkit.answers.fairness_price import FairnessPrice, PricePoint
from matchkit.compile.goals import aims_of, goal_of
from matchkit.compile.instance import Instance
from matchkit.compile.levels import levels_of
from matchkit.compile.numbering import Numbering
from matchkit.compile.shares import coverage_of
from matchkit.errors import Complaint, InputError
from matchkit.explain.fairness import covered, figures_of
from matchkit.explain.ranked import refuse_ranked
from matchkit.messages.message import Message
from matchkit.model import Aim, Objective, Part, Problem
from matchkit.model.objective import FAIR_BETWEEN, FairBetween, FairOf
from matchkit.plan.arguments import no_problem, no_whole
from matchkit.solvers.choice import option_refused
from matchkit.solving.solve import SolveOptions, solve, with_solve_options

MOST_POINTS, MOST_AIMS = 1_000, 50


@with_solve_options
def fairness_price(
    problem: Problem,
    of: FairBetween = "communities",
    *,
    points: int = 20,
    **options: Unpack[SolveOptions],
) -> FairnessPrice:
    """What fairness between communities (demands, requirements, communities at a depth) costs in weight: at
    most ``points`` points from the best plan by weight to the fairest, each a solve with the options of
    ``solve``.

    The ends are the plans of the problem without and with ``Objective(fair=of)``. Points are looked for where
    the weight falls most. Where rules tie pairs together, a step is a level. Raises InputError for wrong
    arguments and for a problem with aims of its own, UnsupportedError where ranks choose the plan, and what
    ``solve`` raises.
    """
    return _Curve(problem, of, points, options).found()


class _Curve:
    def __init__(
        self, problem: Problem, of: FairBetween, points: int, options: SolveOptions
    ) -> None:
        wrong = no_problem(problem)
        if not (isinstance(of, str) and FAIR_BETWEEN.fullmatch(of)):
            known = (*get_args(FairOf), "depth 1")
            wrong.append(option_refused("of", of, known))
        wrong += no_whole("points", points, 2, MOST_POINTS)
        if not wrong and problem.objective.aims:
            wrong.append(Complaint.of("objective.aims", "fairness_price.aims"))
        InputError.raise_if(wrong)
        refuse_ranked(problem)
        self._problem, self._of, self._limit = problem, of, points
        self._options = options
        self._fair = problem.objective.model_copy(update={"fair": of})
        self._plain = problem.objective.model_copy(update={"fair": None})
        self._tied = not Instance(problem).is_flow
        self._aims = aims_of(self._with(self._plain), tied=self._tied)
        asked = (aim.parts[0] for aim in aims_of(self._with(self._fair)))
        self._parts = list(
            dict.fromkeys(part.whole for part in asked if part.measure == "coverage")
        )
        self._steps = [self._steps_of(part) for part in self._parts]
        if len(self._aims) + len(self._parts) > MOST_AIMS:
            where = Message.of("trade_off.both", first="of", second="weight")
            many = len(self._aims) + len(self._parts)
            raise InputError.of(where, "trade_off.goals", goals=many, most=MOST_AIMS)

    def _with(self, objective: Objective) -> Problem:
        return self._problem.model_copy(update={"objective": objective})

    def _steps_of(self, part: Part) -> int:
        """How many steps the coverage of a tier has."""
        levels = levels_of(self._problem, part, tied=self._tied)
        gain = coverage_of(Numbering(self._problem), part).steps.gain
        return len(levels) or int(gain.max(initial=0))

    def found(self) -> FairnessPrice:
        """The curve: both ends, then ever again the middle of the two points between which most is lost."""
        last = sum(self._steps)
        found = {steps: self._point(steps) for steps in {0, last}}
        while len(found) < self._limit:
            apart = self._apart(found)
            if not apart:
                break
            _, one, other = max(apart)
            middle = (one + other) // 2
            found[middle] = self._point(middle)
        return FairnessPrice(
            of=self._of,
            steps=last,
            points=tuple(found[steps] for steps in sorted(found)),
            complete=not self._apart(found)
            and all(point.proven for point in found.values()),
        )

    @staticmethod
    def _apart(found: dict[int, PricePoint]) -> list[tuple[int, int, int]]:
        """Points next to each other between which the weight is not known: what it falls by, and their
        steps.
        """
        falls = (
            (found[one].weight - found[other].weight, one, other)
            for one, other in pairwise(sorted(found))
            if other - one > 1
        )
        return [each for each in falls if each[0]]

    def _objective(self, steps: int) -> Objective:
        """The goals, coverage as far as the first so many steps."""
        if steps == 0:
            return self._plain
        if steps == sum(self._steps):
            return self._fair
        aims, left = list[Aim](), steps
        for part, many in zip(self._parts, self._steps, strict=True):
            if left > 0:
                first = (
                    part if left >= many else part.model_copy(update={"steps": left})
                )
                aims.append(Aim(name=goal_of(part), parts=(first,)))
            left -= many
        fills = ("minimum", "filled", "broken")
        place = sum(aim.parts[0].measure in fills for aim in self._aims)
        whole = (*self._aims[:place], *aims, *self._aims[place:])
        return self._plain.model_copy(update={"aims": whole, "even": None})

    def _point(self, steps: int) -> PricePoint:
        objective = self._objective(steps)
        plan = solve(self._with(objective), **self._options)
        taken = Counter[str]()
        for entry in plan.assignments:
            taken[entry.requirement] += entry.quantity
        return PricePoint(
            steps=steps,
            weight=plan.outcome.goals[-1].value,
            shared=figures_of(covered(self._problem, self._of, taken)),
            proven=plan.outcome.status == "optimal",
            objective=objective,
            plan=plan,
        )
