"""check_solution() accepts right proofs and refuses tampered ones: by hand, by every kind of tampering, and
at random.

What each test would catch in the code under test (checked by changing the line and seeing the test fail):

| line | test |
| --- | --- |
| certificate ``flow_broken``: quantity, node capacity, cap, value | ``test_a_tampered_flow_is_refused`` |
| certificate ``_bound``: any of its seven ``add`` lines | ``test_the_bound_by_hand``, ``test_nested_caps_by_hand`` |
| certificate ``solution.value > solution.bound`` | ``test_a_value_above_its_bound_is_refused`` |
| certificate ``_candidates_wrong``, ``_beaten_cells`` | ``test_a_pair_that_beats_its_prices_is_found`` (lists and matrices) |
| ``chosen``: pair unknown, other weight or capacity, twice | ``test_a_pair_that_is_no_candidate_is_refused`` |
| loop ``_raised`` (``short``), keys ``step``, bound ``stated`` | test_differential: ``test_a_plan_that_stops_early...`` |
| loop ``_raised`` (``dearest``, ``behind``), keys ``settled`` | test_differential: campaign (caps of 0) |
| loop ``closed``, ``next_pairs``; pricing ``_pairs``, ``_matrix`` | test_differential: ``starved`` tests |
| words ``radix``; stages ``free``, ``_any_prices`` | test_differential: several words, wrong guess |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pinned
import pytest
from graph_cases import Caps, Case, graph_case, matrix_of, network_case, network_of

from matchkit.graph.network import CapTree, Goals, Network
from matchkit.messages.message import Message
from matchkit.solvers.flow import certificate
from matchkit.solvers.flow.certificate import check_solution
from matchkit.solvers.flow.solution import Solution
from matchkit.solvers.flow.subnetwork import Pairs
from matchkit.solvers.match import solve_network


def _solved(case: Case) -> tuple[Any, Any, Solution]:
    network, goals = network_of(case)
    return network, goals, solve_network(network, goals, "auto")


def _vectors(*rows: tuple[int, ...]) -> Any:
    return np.array(rows, np.int64)


def _pairs(*pairs: tuple[int, int, int, int]) -> Pairs:
    columns = [np.array(column) for column in zip(*pairs, strict=True)]
    return Pairs(
        columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2], columns[3]
    )


NO_CAPS = Caps((-1, -1), (), ())
# Two people, two places: 5 3 / 4 1. The best is 3 + 4 = 7. With U = (2, 1) and V = (3, 1) every pair is paid
# for (2+3=5, 2+1=3, 1+3=4, 1+1=2>1), and the prices add up to 7.
SQUARE = Case(
    ((0, 0, 5, 1), (0, 1, 3, 1), (1, 0, 4, 1), (1, 1, 1, 1)),
    ((1, 0), (1, 0)),
    ((1, 0), (1, 0)),
    NO_CAPS,
    NO_CAPS,
    ("weight",),
    (-1, -1),
    (-1, -1),
    (-1, -1),
    -1,
    True,
    "weight",
)
NONE = np.zeros((0, 1), np.int64)
BY_HAND = Solution(
    _pairs((0, 1, 3, 1), (1, 0, 4, 1)),
    np.array([1, 1]),
    (7,),
    (7,),
    _vectors((2,), (1,)),
    _vectors((3,), (1,)),
    NONE,
    NONE,
    "proved",
    "hand",
    1,
    2,
)


def _check(solution: Solution, matrix: bool = False, case: Case = SQUARE) -> str | None:
    network, goals = network_of(case)
    if matrix:
        network = replace(network, pairs=matrix_of(case, "int8").pairs)
    return _wrong(network, goals, solution)


def _wrong(network: Network, goals: Goals, solution: Solution) -> str | None:
    wrong = check_solution(network, goals, solution)
    return None if wrong is None else wrong.text()


@pytest.mark.parametrize("matrix", [False, True])
def test_a_proof_on_paper_is_accepted(matrix: bool) -> None:
    assert _check(BY_HAND, matrix) is None


FLOWS: dict[str, tuple[dict[str, Any], str]] = {
    "value above": ({"value": (8,)}, pinned.text("matching.wrong.value")),
    "value below": ({"value": (6,)}, pinned.text("matching.wrong.value")),
    "no units": (
        {"quantity": np.array([0, 1])},
        pinned.text("matching.wrong.units"),
    ),
    "negative units": (
        {"quantity": np.array([-1, 1])},
        pinned.text("matching.wrong.units"),
    ),
    "two units": (
        {"quantity": np.array([2, 1])},
        pinned.text("matching.wrong.units"),
    ),
    "left node full twice": (
        {"pairs": _pairs((0, 0, 5, 1), (0, 1, 3, 1)), "value": (8,)},
        pinned.text("matching.wrong.node_full", side=Message("graph.side.left")),
    ),
    "right node full twice": (
        {"pairs": _pairs((0, 0, 5, 1), (1, 0, 4, 1)), "value": (9,)},
        pinned.text("matching.wrong.node_full", side=Message("graph.side.right")),
    ),
    "one pair less": (
        {"pairs": _pairs((0, 1, 3, 1)), "quantity": np.array([1])},
        pinned.text("matching.wrong.value"),
    ),
}


@pytest.mark.parametrize("name", FLOWS)
def test_a_tampered_flow_is_refused(name: str) -> None:
    changes, message = FLOWS[name]
    assert _check(replace(BY_HAND, **changes)) == message


CHOSEN: dict[str, tuple[dict[str, Any], str]] = {
    "other weight": (
        {"pairs": _pairs((0, 1, 6, 1), (1, 0, 4, 1)), "value": (10,), "bound": (10,)},
        pinned.text("matching.wrong.stated", pair="(0, 1)"),
    ),
    "other capacity": (
        {"pairs": _pairs((0, 1, 3, 2), (1, 0, 4, 1)), "bound": (7,)},
        pinned.text("matching.wrong.stated", pair="(0, 1)"),
    ),
    "twice": (
        {"pairs": _pairs((0, 1, 3, 1), (0, 1, 3, 1)), "value": (6,)},
        pinned.text("matching.wrong.order"),
    ),
    "unsorted": (
        {"pairs": _pairs((1, 0, 4, 1), (0, 1, 3, 1))},
        pinned.text("matching.wrong.order"),
    ),
    "no such left node": (
        {"pairs": _pairs((0, 1, 3, 1), (2, 0, 4, 1))},
        pinned.text("matching.wrong.node"),
    ),
    "no such right node": (
        {"pairs": _pairs((0, 1, 3, 1), (1, -1, 4, 1))},
        pinned.text("matching.wrong.node"),
    ),
}


@pytest.mark.parametrize("matrix", [False, True])
@pytest.mark.parametrize("name", CHOSEN)
def test_a_pair_that_is_no_candidate_is_refused(name: str, matrix: bool) -> None:
    changes, message = CHOSEN[name]
    assert _check(replace(BY_HAND, **changes), matrix) == message


@pytest.mark.parametrize("matrix", [False, True])
@pytest.mark.parametrize("proof", [True, False])
def test_an_absent_pair_is_refused_even_where_prices_allow_it(
    matrix: bool, proof: bool
) -> None:
    without = replace(SQUARE, pairs=SQUARE.pairs[:1] + SQUARE.pairs[2:])
    claimed = (
        BY_HAND
        if proof
        else replace(BY_HAND, bound=None, left_price=None, right_price=None)
    )
    assert _check(claimed, matrix, without) == pinned.text(
        "matching.wrong.candidate", pair="(0, 1)"
    )


PROOFS: dict[str, tuple[dict[str, Any], str]] = {
    "bound above": ({"bound": (8,)}, pinned.text("matching.wrong.bound")),
    "bound below": ({"bound": (6,)}, pinned.text("matching.wrong.bound")),
    "a dearer left node": (
        {"left_price": _vectors((3,), (1,))},
        pinned.text("matching.wrong.bound"),
    ),
    # One less for a node, one more for the full pair there: the bound is still 7, but 5 > 1 + 3 and 5 > 2 +
    # 2.
    "a cheaper left node": (
        {"left_price": _vectors((1,), (1,))},
        pinned.text("matching.wrong.beaten", pair="(0, 0)"),
    ),
    "a dearer right node": (
        {"right_price": _vectors((3,), (2,))},
        pinned.text("matching.wrong.bound"),
    ),
    "a cheaper right node": (
        {"right_price": _vectors((2,), (1,))},
        pinned.text("matching.wrong.beaten", pair="(0, 0)"),
    ),
    "no left prices": ({"left_price": None}, pinned.text("matching.wrong.no_prices")),
    "no right prices": ({"right_price": None}, pinned.text("matching.wrong.no_prices")),
    "no prices of left caps": (
        {"left_cap_price": None},
        pinned.text("matching.wrong.no_prices"),
    ),
    "no prices of right caps": (
        {"right_cap_price": None},
        pinned.text("matching.wrong.no_prices"),
    ),
    "prices that overflow": (
        {"left_price": _vectors((2**62,), (1,))},
        pinned.text("matching.wrong.price_large"),
    ),
    "prices that overflow below": (
        {"right_price": _vectors((3,), (-(2**63),))},
        pinned.text("matching.wrong.price_large"),
    ),
    # The prices still add up to 7, but a full pair now pays 1 beside them.
    "left prices exchanged": (
        {"left_price": _vectors((1,), (2,))},
        pinned.text("matching.wrong.bound"),
    ),
    "right prices exchanged": (
        {"right_price": _vectors((1,), (3,))},
        pinned.text("matching.wrong.bound"),
    ),
}


@pytest.mark.parametrize("matrix", [False, True])
@pytest.mark.parametrize("name", PROOFS)
def test_a_tampered_proof_is_refused(name: str, matrix: bool) -> None:
    changes, message = PROOFS[name]
    assert _check(replace(BY_HAND, **changes), matrix) == message


def test_what_is_below_a_cap_counts_for_every_cap_above_it() -> None:
    """Four caps, each within the one before."""
    tree = CapTree(
        np.array([3, 1], np.int32), np.array([-1, 0, 1, 2], np.int32), np.full(4, 9)
    )
    assert certificate._below(tree, np.array([5, 2])).tolist() == [7, 7, 5, 5]


def test_a_value_above_its_bound_is_refused() -> None:
    # U = (0, 0), V = (3, 2): every price and the bound of 5 add up, the value of 7 shows that a pair beats
    # them.
    cheap = replace(
        BY_HAND,
        left_price=_vectors((0,), (0,)),
        right_price=_vectors((0,), (0,)),
        bound=(7,),
    )
    assert _check(cheap) == pinned.text("matching.wrong.beaten", pair="(0, 0)"), (
        "full pairs pay 3 + 4"
    )
    without_full = replace(
        SQUARE, pairs=tuple((i, j, w, 2) for i, j, w, _ in SQUARE.pairs)
    )
    flow = replace(cheap, pairs=_pairs((0, 1, 3, 2), (1, 0, 4, 2)), bound=(0,))
    assert _check(flow, case=without_full) == pinned.text(
        "matching.wrong.above_bound", value="(7,)", bound="(0,)"
    )


@pytest.mark.parametrize("matrix", [False, True])
def test_a_pair_that_beats_its_prices_is_found(matrix: bool) -> None:
    for i, j in ((0, 0), (1, 1)):  # the two that are not chosen
        dearer = tuple(
            (a, b, 100 if (a, b) == (i, j) else w, c) for a, b, w, c in SQUARE.pairs
        )
        assert (
            _check(BY_HAND, matrix, replace(SQUARE, pairs=dearer))
            == f"pair ({i}, {j}) beats its prices"
        )


@pytest.mark.parametrize("matrix", [False, True])
def test_what_is_no_pair_needs_no_price(matrix: bool) -> None:
    without = replace(
        SQUARE, pairs=SQUARE.pairs[:3]
    )  # as a matrix, the absent cell holds 127
    assert _check(BY_HAND, matrix, without) is None


def test_a_pair_behind_a_node_without_capacity_needs_no_price() -> None:
    closed = replace(SQUARE, left=((1, 0), (0, 0)))
    one = replace(
        BY_HAND,
        pairs=_pairs((0, 0, 5, 1)),
        quantity=np.array([1]),
        value=(5,),
        bound=(5,),
    )
    fits = replace(
        one, left_price=_vectors((5,), (-100,)), right_price=_vectors((0,), (0,))
    )
    assert _check(fits, case=closed) is None
    assert _check(fits) == pinned.text("matching.wrong.beaten", pair="(1, 0)")


def test_the_bound_by_hand() -> None:
    # One helper who can give 5 and should give 2; a place that wants 4, of which 1 is its minimum; a pair of
    # capacity 3 and weight 10. Goals: minimums, all units, weight. Best: 3 units, 2 + 1 minimums, weight 30.
    case = Case(
        ((0, 0, 10, 3),),
        ((5, 2),),
        ((4, 1),),
        Caps((-1,), (), ()),
        Caps((-1,), (), ()),
        ("minimum", "cardinality", "weight"),
        (0,),
        (0,),
        (-1,),
        1,
        True,
        "cardinality then weight",
    )
    proof = Solution(
        _pairs((0, 0, 10, 3)),
        np.array([3]),
        (3, 3, 30),
        (3, 3, 30),
        _vectors((0, 0, 0)),
        _vectors((0, -1, 0)),
        np.zeros((0, 3), np.int64),
        np.zeros((0, 3), np.int64),
        "proved",
        "hand",
        1,
        1,
    )
    # U = 0 and V = (0, -1, 0): minimums 2 x (1, 0, 0) + 1 x ((1, 1, 0) + V); beyond: 3 x ((0, 1, 0) + V) = 0;
    # the full pair 3 x ((0, 0, 10) - U - V) = 3 x (0, 1, 10). In all (3, 3, 30).
    assert _check(proof, case=case) is None
    for side, price in (
        ("left_price", (0, 0, 1)),
        ("left_price", (-1, 0, 0)),
        ("right_price", (0, 0, 0)),
        ("right_price", (0, -1, 1)),
    ):
        assert _check(
            replace(proof, **{side: _vectors(price)}), case=case
        ) == pinned.text("matching.wrong.bound")


def test_nested_caps_by_hand() -> None:
    # Three helpers of one unit that gives 2 in all, of which a team of the first two gives 1; one place that
    # takes all. Weights 7, 5, 4. Best: helpers 0 and 2, 11. Prices: U = 7, 5, 4 for the helpers, 7 for the
    # team above them (so that their own time costs nothing) and 4 for the unit: team 1 x (7 - 4) + unit 2 x 4
    # = 11.
    case = Case(
        ((0, 0, 7, 1), (1, 0, 5, 1), (2, 0, 4, 1)),
        ((1, 0),) * 3,
        ((3, 0),),
        Caps((1, 1, 0), (-1, 0), (2, 1)),
        Caps((-1,), (), ()),
        ("weight",),
        (-1,) * 3,
        (-1,),
        (-1,),
        -1,
        True,
    )
    proof = Solution(
        _pairs((0, 0, 7, 1), (2, 0, 4, 1)),
        np.array([1, 1]),
        (11,),
        (11,),
        _vectors((7,), (5,), (4,)),
        _vectors((0,)),
        _vectors((4,), (7,)),
        NONE,
        "proved",
        "hand",
        1,
        3,
    )
    assert _check(proof, case=case) is None
    for dearer in (
        _vectors((5,), (7,)),
        _vectors((4,), (8,)),
    ):  # 1 x 2 + 2 x 5 and 1 x 4 + 2 x 4: 12 each
        assert _check(replace(proof, left_cap_price=dearer), case=case) == pinned.text(
            "matching.wrong.bound"
        )
    # A cheaper cap leaves 1 to the helper below it, so that the bound stays 11: another proof, as good.
    assert (
        _check(replace(proof, left_cap_price=_vectors((4,), (6,))), case=case) is None
    )
    assert (
        _check(replace(proof, left_cap_price=_vectors((3,), (7,))), case=case) is None
    )
    network, goals = network_of(case)
    for most in ((1, 1), (2, 0)):
        tight = replace(
            network,
            left_tree=CapTree(
                np.array([1, 1, 0], np.int32),
                np.array([-1, 0], np.int32),
                np.array(most, np.int64),
            ),
        )
        assert _wrong(tight, goals, proof) == pinned.text(
            "matching.wrong.cap", side=Message("graph.side.left")
        )
    # The same turned round.
    other = Network(
        _turned(case),
        network.right_capacity,
        network.left_capacity,
        network.right_tree,
        network.left_tree,
    )
    mirrored = replace(
        proof,
        pairs=_pairs((0, 0, 7, 1), (0, 2, 4, 1)),
        left_price=_vectors((0,)),
        right_price=proof.left_price,
        left_cap_price=NONE,
        right_cap_price=_vectors((4,), (7,)),
    )
    goals = replace(goals, left=goals.right, right=goals.left)
    assert check_solution(other, goals, mirrored) is None
    tight_tree = CapTree(
        np.array([1, 1, 0], np.int32),
        np.array([-1, 0], np.int32),
        np.array([1, 1], np.int64),
    )
    assert _wrong(
        replace(other, right_tree=tight_tree), goals, mirrored
    ) == pinned.text("matching.wrong.cap", side=Message("graph.side.right"))
    told = _wrong(other, goals, replace(mirrored, right_cap_price=_vectors((5,), (7,))))
    assert told == pinned.text("matching.wrong.bound")


def _turned(case: Case) -> Any:
    from graph_cases import graph_of

    turned = replace(
        case,
        pairs=tuple((j, i, w, c) for i, j, w, c in case.pairs),
        left=case.right,
        right=case.left,
    )
    return graph_of(turned).pairs


TAMPERINGS: dict[str, Callable[[Solution, int, int], Solution]] = {
    "value": lambda s, goal, by: replace(
        s, value=(*s.value[:goal], s.value[goal] + by, *s.value[goal + 1 :])
    ),
    "bound": lambda s, goal, by: replace(
        s,
        bound=(
            *(s.bound or ())[:goal],
            (s.bound or ())[goal] + by,
            *(s.bound or ())[goal + 1 :],
        ),
    ),
    "value and bound": lambda s, goal, by: TAMPERINGS["value"](
        TAMPERINGS["bound"](s, goal, by), goal, by
    ),
    "quantity": lambda s, _, by: replace(s, quantity=s.quantity + by),
    "weight": lambda s, _, by: replace(
        s, pairs=replace(s.pairs, weight=s.pairs.weight + by)
    ),
}


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_random_solutions_are_refused_after_any_tampering(kind: str) -> None:
    refused = 0
    for seed in range(120):
        case = network_case(seed) if seed % 2 else graph_case(seed)
        network, goals, solution = _solved(case)
        assert check_solution(network, goals, solution) is None
        if kind in ("quantity", "weight") and not len(solution.pairs):
            continue
        for goal in range(len(case.names)):
            for by in (-1, 1, 1000):
                assert (
                    check_solution(network, goals, TAMPERINGS[kind](solution, goal, by))
                    is not None
                ), seed
                refused += 1
    assert refused > 500


def test_prices_of_other_nodes_prove_nothing_unless_they_are_as_good() -> None:
    """A changed price is refused, or the bound it gives is still the same and every pair still paid for."""
    refused = accepted = 0
    for seed in range(120):
        case = graph_case(seed)
        network, goals, solution = _solved(case)
        assert solution.left_price is not None
        assert solution.right_price is not None
        for name, price in (
            ("left_price", solution.left_price),
            ("right_price", solution.right_price),
        ):
            for place in np.ndindex(*price.shape):
                changed = price.copy()
                changed[place] += 1 if seed % 2 else -1
                told = check_solution(
                    network, goals, replace(solution, **{name: changed})
                )
                still = _proves(case, solution, **{name: changed})
                assert (told is None) == still, (seed, name, place, told)
                refused, accepted = refused + (not still), accepted + still
    assert refused > 200
    assert accepted > 20, "a price of a node without capacity, say, may be anything"


def _proves(case: Case, solution: Solution, **prices: Any) -> bool:
    """The theorem in plain Python, written apart from certificate.py (see price_proof)."""
    from types import SimpleNamespace

    from graph_campaign import flow_of
    from price_proof import proof_broken

    shown = {
        "left_price": solution.left_price,
        "right_price": solution.right_price,
    } | prices
    sign = -1 if case.minimise else 1
    one = len(case.names) == 1

    def as_told(price: Any) -> Any:
        turned = price.copy()
        turned[:, -1] *= sign if case.weighted else 1
        return turned[:, 0] if one else turned

    bounds = list(solution.bound or ())
    bounds[-1] *= sign if case.weighted else 1
    told = SimpleNamespace(
        left_price=as_told(shown["left_price"]),
        right_price=as_told(shown["right_price"]),
        goals=[(None, None, b) for b in bounds],
    )
    places = (list(range(len(case.left))), list(range(len(case.right))))
    return proof_broken(case, flow_of(case, solution), told, places) is None  # type: ignore[arg-type]
