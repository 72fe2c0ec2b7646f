"""How the optimum moves when an instance changes: the relations of matching that hold, on random instances.

Some that sound as true are false and therefore asserted nowhere: a constant added to all weights changes
which matching is best; splitting a place that wants h into two changes what one person may fill; splitting a
person changes how much one pair may carry; and with the weight as the goal, more people can mean fewer places
filled.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from graph_cases import AIMS, Case, graph_case, graph_of, values

import matchkit as mk
from matchkit.solvers.matching import Matching

SEEDS = range(20_000, 20_150)


def _cases() -> Iterator[tuple[int, Case, tuple[int, ...]]]:
    """Instances without minimise, so that more is better, and what match() makes of them."""
    for seed in SEEDS:
        case = graph_case(seed)
        if not case.minimise:
            yield seed, case, _best(case)


def _match(case: Case) -> Matching:
    return mk.match(graph_of(case), case.objective, minimize=case.minimise)  # type: ignore[arg-type]


def _best(case: Case) -> tuple[int, ...]:
    found = _match(case)
    assert found.status == "optimal"
    return tuple(value for _, value, _ in found.goals)


def _rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - tests want the same instances every time


def _without_minimums(case: Case) -> Case:
    """The objective alone, where a relation speaks of one number."""
    goals = tuple(name for name in case.names if name != "minimum")
    every = goals.index("cardinality") if "cardinality" in goals else -1
    return replace(
        case,
        left=tuple((most, 0) for most, _ in case.left),
        right=tuple((most, 0) for most, _ in case.right),
        names=goals,
        left_goal=(-1,) * len(case.left),
        right_goal=(-1,) * len(case.right),
        every=every,
    )


def _with_lefts(
    case: Case,
    left: tuple[tuple[int, int], ...],
    pairs: tuple[tuple[int, int, int, int], ...],
) -> Case:
    goal = case.left_goal[0] if case.left_goal else -1
    return replace(
        case,
        left=left,
        pairs=pairs,
        left_goal=(goal,) * len(left),
        left_caps=replace(case.left_caps, of=(-1,) * len(left)),
    )


def test_numbering_nodes_otherwise_changes_nothing() -> None:
    for seed, case, best in _cases():
        rng = _rng(seed)
        order = [
            rng.sample(range(len(side)), len(side)) for side in (case.left, case.right)
        ]
        new = [{node: place for place, node in enumerate(part)} for part in order]
        pairs = [(new[0][i], new[1][j], w, c) for i, j, w, c in case.pairs]
        rng.shuffle(pairs)
        left, right = (
            tuple(side[node] for node in part)
            for side, part in zip((case.left, case.right), order, strict=True)
        )
        assert (
            _best(replace(case, pairs=tuple(pairs), left=left, right=right)) == best
        ), seed


def test_swapping_the_sides_changes_nothing() -> None:
    for seed, case, best in _cases():
        swapped = replace(
            case,
            pairs=tuple((j, i, w, c) for i, j, w, c in case.pairs),
            left=case.right,
            right=case.left,
            left_caps=case.right_caps,
            right_caps=case.left_caps,
            left_goal=case.right_goal,
            right_goal=case.left_goal,
            right_rest=(-1,) * len(case.left),
        )
        assert _best(swapped) == best, seed


def test_another_person_never_lowers_the_goals() -> None:
    for seed, case, best in _cases():
        rng, one = _rng(seed), len(case.left)
        more = tuple((one, j, rng.randint(-5, 50), 1) for j in range(len(case.right)))
        assert (
            _best(_with_lefts(case, (*case.left, (2, 0)), case.pairs + more)) >= best
        ), seed


def test_another_pair_never_lowers_the_goals() -> None:
    added = 0
    for seed, case, best in _cases():
        missing = [
            (i, j)
            for i in range(len(case.left))
            for j in range(len(case.right))
            if (i, j) not in {pair[:2] for pair in case.pairs}
        ]
        for i, j in missing[:2]:
            assert _best(replace(case, pairs=(*case.pairs, (i, j, 3, 1)))) >= best, seed
            added += 1
    assert added > 50


@pytest.mark.parametrize("side", ["left", "right"])
def test_one_unit_more_gains_between_nothing_and_the_greatest_weight(side: str) -> None:
    for seed, case, _ in _cases():
        plain = _without_minimums(
            replace(case, objective="weight", weighted=True, names=("weight",))
        )
        before = _best(plain)[0]
        nodes = getattr(plain, side)
        for node, (most, _) in enumerate(nodes):
            roomier = (*nodes[:node], (most + 1, 0), *nodes[node + 1 :])
            gain = _best(replace(plain, **{side: roomier}))[0] - before
            top = max(
                (w for *ends, w, _ in plain.pairs if ends[side == "right"] == node),
                default=0,
            )
            assert 0 <= gain <= max(0, top), (seed, node)


def test_a_price_bounds_what_one_unit_more_of_a_node_gains() -> None:
    for seed, case, _ in _cases():
        plain = _without_minimums(
            replace(case, objective="weight", weighted=True, names=("weight",))
        )
        found = _match(plain)
        assert found.left_price is not None
        for node, (most, _) in enumerate(plain.left):
            if most:
                roomier = (*plain.left[:node], (most + 1, 0), *plain.left[node + 1 :])
                assert _best(replace(plain, left=roomier))[0] - found.value <= max(
                    0, found.left_price[node]
                ), (seed, node)


@pytest.mark.parametrize("by", [3, 1000])
def test_weights_times_k_are_worth_k_times_as_much(by: int) -> None:
    for seed, case, best in _cases():
        scaled = _best(
            replace(case, pairs=tuple((i, j, w * by, c) for i, j, w, c in case.pairs))
        )
        assert scaled == ((*best[:-1], best[-1] * by) if case.weighted else best), seed


def test_two_copies_side_by_side_are_worth_double() -> None:
    for seed, case, best in _cases():
        shift = len(case.left), len(case.right)
        twin = tuple((i + shift[0], j + shift[1], w, c) for i, j, w, c in case.pairs)
        double = replace(
            case,
            pairs=case.pairs + twin,
            left=case.left * 2,
            right=case.right * 2,
            left_goal=case.left_goal * 2,
            right_goal=case.right_goal * 2,
            right_rest=case.right_rest * 2,
        )
        assert _best(double) == tuple(2 * value for value in best), seed


def test_a_person_who_does_nothing_can_leave() -> None:
    left_over = 0
    for seed, case, best in _cases():
        found = _match(case)
        busy = found.pairs.left.tolist()
        idle = [
            node
            for node, (_, least) in enumerate(case.left)
            if node not in busy and not least
        ]
        for node in idle:
            pairs = tuple(
                (i - (i > node), j, w, c) for i, j, w, c in case.pairs if i != node
            )
            assert (
                _best(
                    _with_lefts(case, case.left[:node] + case.left[node + 1 :], pairs)
                )
                == best
            ), seed
            left_over += 1
    assert left_over > 50


def _forced(case: Case, pair: int, units: int) -> tuple[int, ...]:
    """The best with so many units on a pair for sure: they are taken from both ends, and the rest is
    matched.
    """
    i, j, weight, most = case.pairs[pair]
    rest = replace(
        case,
        pairs=(
            *case.pairs[:pair],
            (i, j, weight, most - units),
            *case.pairs[pair + 1 :],
        ),
        left=tuple((c - units * (n == i), m) for n, (c, m) in enumerate(case.left)),
        right=tuple((c - units * (n == j), m) for n, (c, m) in enumerate(case.right)),
    )
    found = _match(rest)
    assert found.flow is not None
    flow = found.flow.tolist()
    flow[pair] += units
    return values(case, flow)


def test_locking_a_pair_of_the_optimum_keeps_it_and_locking_any_never_gains() -> None:
    kept = lower = 0
    for seed, given, _ in _cases():
        case = _without_minimums(given)
        found, best = _match(case), _best(case)
        assert found.flow is not None
        for pair, (i, j, _, most) in enumerate(case.pairs):
            if not min(most, case.left[i][0], case.right[j][0]):
                continue
            forced = _forced(case, pair, 1)
            assert forced <= best, (seed, pair)
            lower += forced < best
            if found.flow[pair]:
                assert forced == best, (seed, pair)
                kept += 1
    assert kept > 50
    assert lower > 50


def test_forbidding_a_pair_never_gains() -> None:
    lower = 0
    for seed, case, best in _cases():
        for pair in range(len(case.pairs)):
            without = _best(
                replace(case, pairs=case.pairs[:pair] + case.pairs[pair + 1 :])
            )
            assert without <= best, (seed, pair)
            lower += without < best
    assert lower > 50


def test_adding_a_constant_shifts_the_weight_by_it_where_cardinality_comes_first() -> (
    None
):
    for seed, case, best in _cases():
        if case.objective != "cardinality then weight":
            continue
        shifted = _best(
            replace(case, pairs=tuple((i, j, w + 17, c) for i, j, w, c in case.pairs))
        )
        units = best[case.every]
        assert shifted == (*best[:-1], best[-1] + 17 * units), seed


def test_the_least_is_minus_the_greatest_of_weights_turned_round() -> None:
    for seed, case, best in _cases():
        if case.weighted:
            assert _best(case.flipped()) == (*best[:-1], -best[-1]), seed


def test_wider_objectives_bound_narrower_ones() -> None:
    for seed, case, _ in _cases():
        plain = _without_minimums(case)
        found = {}
        for aim in AIMS:
            names = {"weight": ("weight",), "cardinality": ("cardinality",)}.get(
                aim, ("cardinality", "weight")
            )
            found[aim] = _best(
                replace(
                    plain,
                    objective=aim,
                    names=names,
                    weighted=aim != "cardinality",
                    every=-1 if aim == "weight" else 0,
                )
            )
        assert found["cardinality then weight"][0] == found["cardinality"][0], seed
        assert found["cardinality then weight"][1] <= found["weight"][0], seed
