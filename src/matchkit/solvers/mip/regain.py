"""A plan without some of its left nodes, brought back to what it was worth: by neighbourhoods of what takes
place at about one time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchkit.arrays import Int64, Intp, Mask, sums_by
from matchkit.deadline import Deadline
from matchkit.engines.program import MipEngine
from matchkit.engines.reduce import reduced
from matchkit.graph.network import GoalValues
from matchkit.solvers.mip.formulation import Formulation, Formulator, GoalRow
from matchkit.solvers.mip.improve import improve_neighbourhood
from matchkit.solvers.mip.packing import Packed, Packing

NODES = 80
"""Right nodes in one neighbourhood, to begin with."""
LEAST_NODES = 20
WORK = 0.1
"""Deterministic work for one word of goals of one neighbourhood."""
AT_ONCE, MORE = 10_000, 1.0
"""Up to so many pairs all right nodes are tried at once before anything else, with so much work: that ends it
where they are few, and where no more can be reached.
"""
PATIENCE = 200
"""So many neighbourhoods in a row that brought no goal closer, after which it ends."""
NOISE, MOST_FAILED = 20, 9
"""Chance counts up to so much of a unit on a pair, and each failure at its right node so much more, up to so
many of them.
"""


@dataclass(frozen=True, slots=True)
class Regaining:
    """Large-neighbourhood search in which all pairs of some right nodes near in time are free.

    Where left nodes are busy nearly all the time, a gap closes only if many of them change at one time; a
    change of a few whole days seldom helps. Plans as good are taken too, and a right node that was in vain
    counts more from then on, so that others are missing, for which there may be a place (penalty counters of
    an ejection pool; Nagata and Bräysy 2009). ``place``, intp, says which pairs of the formulator those of
    the packing are.
    """

    formulator: Formulator
    packing: Packing
    place: Intp
    engine: MipEngine

    def run(
        self,
        quantity: Int64,
        goals: GoalValues,
        known: Int64,
        least: GoalValues,
        allowed: Mask,
        deadline: Deadline,
        random: np.random.Generator,
    ) -> Int64 | None:
        """Quantities, int64 (pairs of the packing,), that reach ``least`` in all goals before the cost of
        left nodes; None where none were found.

        ``quantity`` keeps the rules and reaches ``goals``; ``known`` is the plan to get even with; pairs that
        are ``allowed``, bool, may change.
        """
        packing, first = self.packing, self.packing.before
        need = packing.need[packing.right]
        wish = sums_by(need, known, int(packing.need.max(initial=-1)) + 1)
        failed = np.zeros(len(wish), np.int64)
        state, is_free = Packed(packing, quantity), allowed & (packing.held == 0)
        nodes, size, number, last = np.unique(packing.right[is_free]), NODES, 0, 0
        reached, least = goals[:first], least[:first]
        at_once = int(np.count_nonzero(is_free)) <= AT_ONCE
        while (
            reached < least
            and number - last < PATIENCE
            and len(nodes)
            and not deadline.over()
        ):
            number += 1
            lacking = np.flatnonzero(packing.missing(state.quantity, wish))
            right = int(random.choice(lacking if len(lacking) else nodes))
            window = nodes if at_once else self._window(nodes, right, size, random)
            pairs = np.sort(
                np.concatenate([packing.of_right[node] for node in window.tolist()])
            )
            pairs = pairs[is_free[pairs]]
            before = state.quantity[pairs]
            state.add(pairs, -before)
            kept = np.flatnonzero(state.quantity)
            fits = state.room(pairs) > 0
            pairs, before = pairs[fits], before[fits]
            selection = np.union1d(pairs, kept)
            free, fixed = np.searchsorted(selection, pairs), state.quantity[selection]
            start = fixed.copy()
            start[free], fixed[free] = before, -1
            noise = random.integers(NOISE, size=len(selection))
            noise += NOISE * np.minimum(failed[need[selection]], MOST_FAILED)
            found, now, done = improve_neighbourhood(
                _alone(
                    self.formulator.formulation(self.place[selection], fixed),
                    first,
                    noise,
                ),
                start,
                reached,
                deadline,
                work=MORE if at_once else WORK,
                seed=number,
                engine=self.engine,
                presolve=False,
            )
            as_good = found is not None and now[:first] >= reached
            state.add(pairs, found[free] if found is not None and as_good else before)
            if as_good and now[:first] > reached:
                reached, last = now[:first], number
            else:
                failed[packing.need[right]] += 1
            if done and len(window) == len(nodes):
                break
            if not at_once:
                size = (
                    size + size // 20 if done else max(LEAST_NODES, size - size // 10)
                )
            at_once = False
        return state.quantity if reached >= least else None

    def _window(
        self, nodes: Intp, right: int, size: int, random: np.random.Generator
    ) -> Intp:
        """So many of the right nodes, those nearest to a moment at which this one takes place, and itself."""
        begin, end = self.packing.begin, self.packing.end
        moment = random.uniform(begin[right], end[right])
        far = np.abs((begin + end)[nodes] / 2 - moment) + random.random(len(nodes))
        far[nodes == right] = -1.0
        return nodes[np.argsort(far, kind="stable")[:size]]


def _alone(formulation: Formulation, goals: int, noise: Int64) -> Formulation:
    """The first goals alone, then the noise, int64 (pairs,); what these leave free is fixed (whether left
    nodes are used).
    """
    program = formulation.program
    gain = np.zeros(program.size, np.int64)
    gain[: len(noise)] = noise
    rows = (*formulation.goals[:goals], GoalRow("", gain, 0, 0))
    for goal in reversed(rows):  # the sign of the first goal that counts a variable
        gain = np.where(goal.gain != 0, goal.gain, gain)
    _, free, value = reduced(replace(program, gain=gain))
    lower, upper = value.copy(), value
    lower[free], upper[free] = program.lower[free], program.upper[free]
    return replace(
        formulation, program=replace(program, lower=lower, upper=upper), goals=rows
    )
