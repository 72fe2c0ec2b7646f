"""The theorem of docs/architecture.md ("The certificate") in plain Python, for what match() gives out: no
caps, own words.
"""

from __future__ import annotations

from graph_cases import Case

from matchkit.solvers.matching import Matching


def proof_broken(
    case: Case, flow: list[int], found: Matching, places: tuple[list[int], list[int]]
) -> str | None:
    """Why prices do not prove the bounds of the goals, or None: weak duality over vectors, compared goal
    after goal.

    ``places`` says where the price of each left and each right node stands.
    """
    goals, zero = len(case.names), (0,) * len(case.names)
    sign = -1 if case.minimise and case.weighted else 1
    if found.left_price is None or found.right_price is None:
        return "no prices"

    def vectors(price: list[int] | list[list[int]]) -> list[tuple[int, ...]]:
        rows = [[entry] if goals == 1 else entry for entry in price]
        return [(*row[:-1], sign * row[-1]) for row in rows]

    left, right = (
        vectors([price.tolist()[place] for place in order])
        for price, order in zip(
            (found.left_price, found.right_price), places, strict=True
        )
    )
    bound = [0] * goals

    def pay(vector: tuple[int, ...], units: int) -> None:
        if vector > zero:
            for goal in range(goals):
                bound[goal] += vector[goal] * units

    def one(goal: int, every: int = -1) -> list[int]:
        return [(goal == number) + (every == number) for number in range(goals)]

    for (most, least), price, goal in zip(case.left, left, case.left_goal, strict=True):
        pay(tuple(g + p for g, p in zip(one(goal), price, strict=True)), least)
        pay(price, most - least)
    for (most, least), price, goal, rest in zip(
        case.right, right, case.right_goal, case.right_rest, strict=True
    ):
        pay(
            tuple(g + p for g, p in zip(one(goal, case.every), price, strict=True)),
            least,
        )
        pay(
            tuple(g + p for g, p in zip(one(rest, case.every), price, strict=True)),
            most - least,
        )
    for units, (i, j, weight, most), least in zip(
        flow, case.pairs, case.least or (0,) * len(flow), strict=True
    ):
        worth = [0] * (goals - 1) + [sign * weight if case.weighted else 0]
        beyond = tuple(
            w - u - v for w, u, v in zip(worth, left[i], right[j], strict=True)
        )
        pay(tuple(g + b for g, b in zip(one(0), beyond, strict=True)), least)
        if units == most:
            pay(beyond, most - least)
        elif beyond > zero and case.left[i][0] and case.right[j][0]:
            return f"pair ({i}, {j}) has room and beats its prices"
    bound[-1] *= sign
    told = tuple(value for *_, value in found.goals)
    return (
        None
        if told == tuple(bound)
        else f"the prices give the bound {tuple(bound)}, not {told}"
    )
