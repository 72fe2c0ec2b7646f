"""Three other ways to the best goals: every plan tried, CP-SAT and HiGHS, the last two one goal after
another.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from stated import Pair, Row, Stated, Vector

MOST_PLANS = 4_000
"""Brute force gives up beyond so many plans."""
EFFORT = 0.5
"""CP-SAT's own measure of work, which does not depend on the machine."""


def by_brute_force(stated: Stated) -> Vector | None:
    """The greatest value over all plans that keep the rules; None where there are too many or none at all."""
    pairs = list(stated.own)
    size = 1
    for pair in pairs:
        size *= stated.own[pair] + 1 - stated.locks.get(pair, 0)
    if size > 400_000:
        return None
    rows_of = {
        pair: [number for number, row in enumerate(stated.rows) if pair in row.pairs]
        for pair in pairs
    }
    room = [row.most for row in stated.rows]
    best: Vector | None = None

    def leaves(place: int, chosen: dict[Pair, int]) -> Iterator[dict[Pair, int]]:
        if place == len(pairs):
            yield chosen
            return
        pair = pairs[place]
        for amount in range(stated.own[pair] + 1):
            if any(room[number] < amount for number in rows_of[pair]):
                break
            if amount < stated.locks.get(pair, 0):
                continue
            for number in rows_of[pair]:
                room[number] -= amount
            yield from leaves(place + 1, {**chosen, pair: amount} if amount else chosen)
            for number in rows_of[pair]:
                room[number] += amount

    for tried, plan in enumerate(leaves(0, {})):
        if tried >= MOST_PLANS:
            return None
        value = stated.value(plan)
        best = value if best is None else max(best, value)
    return best


class _Columns:
    """Columns of a model: one a pair, then one a requirement for what counts towards its minimum."""

    def __init__(self, stated: Stated) -> None:
        self.pairs, self.needs = (
            list(stated.own),
            [q for q, (_, need) in stated.roles.items() if need.minimum],
        )
        self.number = {pair: place for place, pair in enumerate(self.pairs)}
        self.least = {q: len(self.pairs) + place for place, q in enumerate(self.needs)}
        self.low = [stated.locks.get(pair, 0) for pair in self.pairs] + [0] * len(
            self.needs
        )
        self.high = [stated.own[pair] for pair in self.pairs] + [
            stated.roles[q][1].minimum for q in self.needs
        ]
        row = lambda entry: (  # noqa: E731 - one expression, used below
            {self.number[pair]: 1 for pair in entry.pairs if pair in self.number},
            entry.most,
        )
        self.rows: list[tuple[dict[int, int], int]] = [
            row(entry) for entry in stated.rows if isinstance(entry, Row)
        ]
        for q in self.needs:  # no more counts towards a minimum than is assigned
            self.rows.append(
                (
                    {
                        self.least[q]: 1,
                        **{
                            self.number[pair]: -1 for pair in self.pairs if pair[1] == q
                        },
                    },
                    0,
                )
            )
        self.goals: list[dict[int, int]] = []
        for name in stated.names[:-1]:
            goal: dict[int, int] = {}
            for q, (demand, _) in stated.roles.items():
                if name == f"tier {demand.tier} minimum" and q in self.least:
                    goal[self.least[q]] = 1
                elif name == f"tier {demand.tier}":
                    goal.update(
                        {self.number[pair]: 1 for pair in self.pairs if pair[1] == q}
                    )
                    goal.update({self.least[q]: -1} if q in self.least else {})
            self.goals.append(goal)
        self.goals.append(
            {self.number[pair]: stated.weight(pair) for pair in self.pairs}
        )


def by_cp_sat(stated: Stated) -> Vector | None:
    """The best goals by OR-Tools CP-SAT, one goal after another; None where it proves no optimum with a fair
    effort.
    """
    columns, model = _Columns(stated), cp_model.CpModel()
    x = [
        model.new_int_var(low, high, "")
        for low, high in zip(columns.low, columns.high, strict=True)
    ]
    total = lambda entry: sum(  # noqa: E731 - one expression, used below
        (factor * x[place] for place, factor in entry.items()),
        start=model.new_constant(0),
    )
    for row, most in columns.rows:
        model.add(total(row) <= most)
    found = []
    for goal in columns.goals:
        model.maximize(total(goal))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_deterministic_time = EFFORT
        if solver.solve(model) != cp_model.OPTIMAL:
            return None
        values = [solver.value(variable) for variable in x]
        found.append(sum(factor * values[place] for place, factor in goal.items()))
        model.add(total(goal) == found[-1])
    return tuple(found)


def by_highs(stated: Stated) -> Vector:
    """The best goals by scipy's HiGHS, one goal after another."""
    columns = _Columns(stated)
    width = len(columns.low)
    if width == 0:
        return (0,) * len(columns.goals)
    bounds, rows, found = Bounds(columns.low, columns.high), list(columns.rows), []
    most = [float(limit) for _, limit in rows]
    least = [-np.inf] * len(rows)
    for goal in columns.goals:
        at = [
            (number, place, factor)
            for number, (row, _) in enumerate(rows)
            for place, factor in row.items()
        ]
        numbers, places, factors = (
            (np.array(part) for part in zip(*at, strict=True))
            if at
            else (np.zeros(0, int),) * 3
        )
        matrix = csr_array((factors, (numbers, places)), shape=(len(rows), width))
        cost = np.zeros(width)
        for place, factor in goal.items():
            cost[place] = -factor
        answer = milp(
            cost,
            integrality=np.ones(width),
            bounds=bounds,
            constraints=LinearConstraint(matrix, least, most),
        )
        assert answer.status == 0, answer.message
        whole = [round(value) for value in answer.x]
        found.append(sum(factor * whole[place] for place, factor in goal.items()))
        rows.append((goal, found[-1]))
        most.append(found[-1])
        least.append(found[-1])
    return tuple(found)
