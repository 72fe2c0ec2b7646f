"""Every flow of a small instance, tried at once: the optimum goal after goal, with no idea of networks or
prices.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from graph_cases import Case

Whole = npt.NDArray[np.int64]


def optimum(case: Case) -> tuple[int, ...]:
    """The goals of the best flow, compared one after another. For ``minimise`` the last goal is as small as
    possible.
    """
    count = len(case.pairs)
    room = [most + 1 for *_, most in case.pairs]
    flows = (
        np.indices(room, np.int64).reshape(count, -1).T
        if count
        else np.zeros((1, 0), np.int64)
    )
    out, into = (_carried(case, flows, side) for side in (0, 1))
    fits = np.ones(len(flows), np.bool_)
    for carried, nodes, caps in (
        (out, case.left, case.left_caps),
        (into, case.right, case.right_caps),
    ):
        fits &= (carried <= np.array([most for most, _ in nodes], np.int64)).all(1)
        for inside, most in caps.sets():
            fits &= carried[:, sorted(inside)].sum(1) <= most
    flows, out, into = flows[fits], out[fits], into[fits]
    best, left = [], np.ones(len(flows), np.bool_)
    for number in range(len(case.names)):
        last = case.weighted and number == len(case.names) - 1
        total = _goal(case, number, flows, out, into, last)
        sign = -1 if last and case.minimise else 1
        top = int((sign * total[left]).max())
        left &= sign * total == top
        best.append(sign * top)
    return tuple(best)


def _carried(case: Case, flows: Whole, side: int) -> Whole:
    carried = np.zeros((len(flows), len(case.right if side else case.left)), np.int64)
    for column, pair in enumerate(case.pairs):
        carried[:, pair[side]] += flows[:, column]
    return carried


def _goal(
    case: Case, number: int, flows: Whole, out: Whole, into: Whole, last: bool
) -> Whole:
    total = np.zeros(len(flows), np.int64)
    for carried, nodes, goal in (
        (out, case.left, case.left_goal),
        (into, case.right, case.right_goal),
    ):
        for node, (_, least) in enumerate(nodes):
            if goal[node] == number:
                total += np.minimum(carried[:, node], least)
    for node, (_, least) in enumerate(case.right):
        if case.right_rest[node] == number:
            total += np.maximum(into[:, node] - least, 0)
    if case.least and number == 0:
        total += np.minimum(flows, np.array(case.least, np.int64)).sum(1)
    if case.every == number:
        total += flows.sum(1)
    if last:
        total += flows @ np.array([w for _, _, w, _ in case.pairs], np.int64)
    return total
